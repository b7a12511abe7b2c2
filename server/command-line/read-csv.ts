import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { compose, type Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { type CsvRecord, csvReading, type ParsedRecord } from '../csv/csv-reading.ts';
import { badInput } from './bad-input.ts';
import { asBadInput } from './file-errors.ts';

/**
 * The records of a CSV file (UTF-8, commas, quotes doubled within quotes) as they are read: memory stays flat however
 * long the file. Empty lines are passed over. Throws BadInput with the line of a broken record.
 */
export async function* readCsv(file: string): AsyncGenerator<CsvRecord> {
  const { options, toRecord, problemOf } = csvReading();
  try {
    if (!(await stat(file)).isFile())
      throw badInput(
        file,
        null,
        'is no ordinary file, which is read twice; write the leads into a file first',
      );
    const records = compose(createReadStream(file), decode, parse(options)) as Readable;
    for await (const record of records as AsyncIterable<ParsedRecord>) yield toRecord(record);
  } catch (error) {
    if (!(error instanceof CsvError)) throw asBadInput(inUtf8(error, file), file);
    const { line, reason } = problemOf(error);
    throw badInput(file, line, reason);
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
