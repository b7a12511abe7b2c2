import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { compose, type Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { badInput } from './bad-input.ts';
import { asBadInput } from './file-errors.ts';

/** One record of a CSV file. `line`: where it begins, counted from 1; the header is the first record. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** What csv-parse gives for each record with `info: true`. `lines`: lines read by the record's end. */
interface Parsed {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/**
 * The records of a CSV file (UTF-8, commas, quotes doubled within quotes) as they are read: memory stays flat however
 * long the file. Empty lines are passed over. Throws BadInput with the line of a broken record.
 */
export async function* readCsv(file: string): AsyncGenerator<CsvRecord> {
  let linesRead = 0;
  try {
    if (!(await stat(file)).isFile())
      throw badInput(
        file,
        null,
        'is no ordinary file, which is read twice; write the leads into a file first',
      );
    const parser = parse({
      bom: true,
      info: true,
      skip_empty_lines: true,
      on_record: (record, { lines }) => {
        linesRead = lines;
        return record;
      },
    });
    const records = compose(createReadStream(file), decode, parser) as Readable;
    for await (const { record, info } of records as AsyncIterable<Parsed>)
      yield { line: info.lines - lineBreaksIn(record), cells: record };
  } catch (error) {
    throw error instanceof CsvError
      ? broken(file, error, linesRead + 1)
      : asBadInput(inUtf8(error, file), file);
  }
}

/** Refuses bytes that are no UTF-8, where a lenient reader would garble names. */
async function* decode(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

const inUtf8 = (error: unknown, file: string): unknown =>
  (error as { code?: unknown }).code === 'ERR_ENCODING_INVALID_ENCODED_DATA'
    ? badInput(file, null, 'is not text in UTF-8; save it as CSV UTF-8')
    : error;

const lineBreaksIn = (cells: readonly string[]): number =>
  cells.reduce((sum, cell) => sum + (cell.includes('\n') ? cell.split('\n').length - 1 : 0), 0);

const REASONS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote is opened and never closed; close it, or double a quote that is meant',
  CSV_INVALID_CLOSING_QUOTE: 'a quote ends in the middle of a cell; double a quote that is meant',
  INVALID_OPENING_QUOTE: 'a quote begins in the middle of a cell; put the whole cell in quotes and double it',
};

/** `next`: the line after the last whole record, where one begins whose quote is never closed. */
const broken = (file: string, { code, message }: CsvError, next: number): Error => {
  const line = code === 'CSV_QUOTE_NOT_CLOSED' ? next : Number(/ line (\d+)/.exec(message)?.[1] ?? next);
  const [, expected, got] = /expect (\d+), got (\d+)/.exec(message) ?? [];
  const reason =
    expected === undefined
      ? (REASONS[code] ?? message)
      : `has ${got} cells where the header has ${expected}; put cells with commas in quotes`;
  return badInput(file, line, reason);
};
