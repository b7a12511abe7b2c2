import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { type CsvRecord, csvReading, type ParsedRecord } from './csv-reading.ts';

/** A text's records, or where it is broken. */
export type ParsedCsv =
  | { readonly ok: true; readonly records: readonly CsvRecord[] }
  | { readonly ok: false; readonly line: number; readonly reason: string };

/** The records of a CSV text. */
export const parseCsv = (text: string): ParsedCsv => {
  const { options, toRecord, problemOf } = csvReading();
  try {
    const parsed = parse(text, options) as unknown as readonly ParsedRecord[];
    return { ok: true, records: parsed.map(toRecord) };
  } catch (error) {
    if (error instanceof CsvError) return { ok: false, ...problemOf(error) };
    throw error;
  }
};
