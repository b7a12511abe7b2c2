import { parseSource } from '../sources.ts';

/** Values by source as columns take them; what a column cannot hold is left out. */
export const columnValues = (
  values: Readonly<Record<string, string>>,
  known: ReadonlyMap<string, string>,
): Readonly<Record<string, string | number | boolean>> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([source, text]) => {
      const parsed = parseSource(source);
      const type = parsed?.objectType === 'lead' ? known.get(parsed.property) : undefined;
      const value = type === undefined ? undefined : typedValue(text, type);
      return parsed === null || value === undefined ? [] : [[parsed.property, value] as const];
    }),
  );

/** Dataverse's types whose values are numbers in a body. */
const NUMBERS: ReadonlySet<string> = new Set([
  'Integer',
  'BigInt',
  'Decimal',
  'Double',
  'Money',
  'Picklist',
  'State',
  'Status',
]);
const TEXTS: ReadonlySet<string> = new Set(['String', 'Memo', 'DateTime']);

/** A text as a column takes it; undefined: the column takes none like it. `type`: Dataverse's attribute type. */
const typedValue = (text: string, type: string): string | number | boolean | undefined => {
  if (TEXTS.has(type)) return text;
  if (type === 'Boolean')
    return text === 'true' || text === '1' ? true : text === 'false' || text === '0' ? false : undefined;
  if (!NUMBERS.has(type)) return undefined;
  const number = Number(text);
  return text.trim() !== '' && Number.isFinite(number) ? number : undefined;
};
