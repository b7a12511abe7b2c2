import type { CsvError, Options } from 'csv-parse';

/** One record of a CSV file. `line`: where it begins, counted from 1; the header is the first record. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** What csv-parse gives for each record with `info: true`. `lines`: lines read by the record's end. */
export interface ParsedRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** How a CSV file is read (commas, quotes doubled within quotes, empty lines passed over), and what is wrong with one. */
export const csvReading = () => {
  let linesRead = 0;
  const options: Options = {
    bom: true,
    info: true,
    skip_empty_lines: true,
    on_record: (record, { lines }) => {
      linesRead = lines;
      return record;
    },
  };
  return {
    options,
    toRecord: ({ record, info }: ParsedRecord): CsvRecord => ({
      line: info.lines - lineBreaksIn(record),
      cells: record,
    }),
    /** Where a record is broken, and the remedy. */
    problemOf: (error: CsvError): { readonly line: number; readonly reason: string } =>
      broken(error, linesRead + 1),
  };
};

const lineBreaksIn = (cells: readonly string[]): number =>
  cells.reduce((sum, cell) => sum + (cell.includes('\n') ? cell.split('\n').length - 1 : 0), 0);

const REASONS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote is opened and never closed; close it, or double a quote that is meant',
  CSV_INVALID_CLOSING_QUOTE: 'a quote ends in the middle of a cell; double a quote that is meant',
  INVALID_OPENING_QUOTE: 'a quote begins in the middle of a cell; put the whole cell in quotes and double it',
};

/** `next`: the line after the last whole record, where one begins whose quote is never closed. */
const broken = ({ code, message }: CsvError, next: number) => {
  const line = code === 'CSV_QUOTE_NOT_CLOSED' ? next : Number(/ line (\d+)/.exec(message)?.[1] ?? next);
  const [, expected, got] = /expect (\d+), got (\d+)/.exec(message) ?? [];
  const reason =
    expected === undefined
      ? (REASONS[code] ?? message)
      : `has ${got} cells where the header has ${expected}; put cells with commas in quotes`;
  return { line, reason };
};
