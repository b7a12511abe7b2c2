import { parseSource } from '../sources.ts';
import type { FieldInfo } from './fields.ts';

/** Types whose values are numbers in JSON; Zoho refuses a text there. */
const NUMBERS = new Set(['integer', 'currency', 'double', 'percent', 'decimal']);

/** A text as the field's type wants it; undefined: it cannot be, and is left out. */
const typed = (text: string, type: string): string | number | boolean | readonly string[] | undefined => {
  if (type === 'boolean') return /^(true|1|yes)$/i.test(text);
  if (type === 'multiselectpicklist') return text.split(';');
  if (!NUMBERS.has(type)) return text;
  const number = Number(text);
  if (!Number.isFinite(number)) return undefined;
  return type === 'integer' ? Math.round(number) : number;
};

/** Values by source (`Lead.Country`) as values of the module's fields; fields it does not have are left out. */
export const typedValues = (
  values: Readonly<Record<string, string>>,
  fields: ReadonlyMap<string, FieldInfo>,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([source, text]) => {
      const name = parseSource(source)?.property ?? source;
      const info = fields.get(name);
      const value = info === undefined || text === '' ? undefined : typed(text, info.type);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
