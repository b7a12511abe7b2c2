import { eventField } from '../routing/conditions/scope.ts';
import type { LeadValues } from '../routing/lead.ts';
import type { Fields } from '../routing/policy/fields.ts';
import { readDatetime, readDatetimeJson } from '../routing/policy/read-moments.ts';
import { readValues } from '../routing/policy/read-values.ts';
import { Refusal } from '../routing/policy/refusal.ts';
import { nearest } from '../routing/policy/strict-object.ts';
import { BadInput, badInput, type InputProblem } from './bad-input.ts';
import { readCsv } from './read-csv.ts';

/** One row of a file of leads. */
export interface LeadRow {
  /** The `id` cell, or `lead-1` for the first row without one. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly arrivedAt: number;
  readonly values: LeadValues;
}

/** A row with what could not be read of it. */
interface ReadRow extends LeadRow {
  readonly problems: readonly InputProblem[];
}

/** Problems that are told one by one; the rest is a number. */
const TOLD = 20;

/** Reads a whole file of leads and keeps nothing: how many there are. Throws BadInput with what is wrong, by line. */
export const checkLeads = async (file: string, fields: Fields): Promise<number> => {
  const told: InputProblem[] = [];
  let rows = 0;
  let wrong = 0;
  for await (const { problems } of readRows(file, fields, 0)) {
    rows++;
    wrong += problems.length;
    told.push(...problems.slice(0, TOLD - told.length));
  }
  if (wrong > 0) throw new BadInput(told, wrong);
  return rows;
};

/** The leads of a file, in its order. `at`: when those without an `arrived_at` arrive, in epoch milliseconds. */
export async function* readLeads(file: string, fields: Fields, at: number): AsyncGenerator<LeadRow> {
  for await (const row of readRows(file, fields, at)) {
    if (row.problems.length > 0) throw new BadInput(row.problems);
    yield row;
  }
}

async function* readRows(file: string, fields: Fields, at: number): AsyncGenerator<ReadRow> {
  let columns: readonly string[] | null = null;
  let number = 0;
  for await (const { line, cells } of readCsv(file)) {
    if (columns === null) columns = columnsOf(file, line, cells, fields);
    else yield toRow(file, line, columns, cells, { fields, at, number: ++number });
  }
  if (columns === null) throw badInput(file, null, 'is empty; the first line names the columns');
}

/** The header's columns: declared fields, `id` and `arrived_at`, each once. */
const columnsOf = (
  file: string,
  line: number,
  cells: readonly string[],
  fields: Fields,
): readonly string[] => {
  const columns = cells.map((cell) => cell.trim());
  const known = ['id', 'arrived_at', ...Object.keys(fields)];
  const problems = columns.flatMap((column, i) => {
    if (columns.indexOf(column) < i) return [`column ${column} is there twice; remove one`];
    return known.includes(column) ? [] : [unknownColumn(column, known)];
  });
  if (problems.length > 0) throw new BadInput(problems.map((reason) => ({ file, line, reason })));
  return columns;
};

const unknownColumn = (column: string, known: readonly string[]): string => {
  if (column === '') return 'a column has no name; name it or remove it';
  if (/[;\t]/.test(column)) return 'the columns are not parted by commas; save the file with commas';
  const near = nearest(column, known);
  return near === null
    ? `column ${column} is no declared field; declare it under fields, or remove it. Known: ${known.join(', ')}`
    : `column ${column} is no declared field; did you mean ${near}?`;
};

const toRow = (
  file: string,
  line: number,
  columns: readonly string[],
  cells: readonly string[],
  { fields, at, number }: { readonly fields: Fields; readonly at: number; readonly number: number },
): ReadRow => {
  const raw: Record<string, string> = {};
  for (let i = 0; i < columns.length; i++) raw[columns[i]!] = cells[i]!;
  const { id = '', arrived_at = '', ...given } = raw;
  const { values, problems } = readValues(fields, given, 'text');
  const arrivedAt = arrived_at.trim() === '' ? at : readDatetime(arrived_at.trim());
  const reasons = problems.map(({ field, message }) => `${field}: ${message}`);
  reasons.push(...wrongInstants(values));
  if (arrivedAt instanceof Refusal) reasons.push(`arrived_at: ${arrivedAt.message}`);
  return {
    id: id.trim() || `lead-${number}`,
    arrivedAt: arrivedAt instanceof Refusal ? at : arrivedAt,
    values,
    problems: reasons.map((reason) => ({ file, line, reason })),
  };
};

/** Events stand in columns of their own, `events.webinar`, as instants parted by semicolons. */
const wrongInstants = (values: LeadValues): readonly string[] =>
  Object.entries(values)
    .filter(([name]) => name.startsWith(eventField('')))
    .flatMap(([name, instants]) =>
      (instants as readonly string[]).flatMap((text) => {
        const read = readDatetimeJson(text);
        return read instanceof Refusal ? [`${name}: ${read.message}`] : [];
      }),
    );
