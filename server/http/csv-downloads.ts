import { once } from 'node:events';
import { stringify } from 'csv-stringify/sync';
import type { RequestHandler } from 'express';
import { z } from 'zod';
import { LEDGER_COLUMNS, ledgerLines } from '../routing/ledger/ledger-lines.ts';
import { noSuchPool } from './api/get-pool-fairness.ts';
import { authenticate } from './authenticate.ts';
import { parseInput } from './parse-input.ts';
import type { HttpParts } from './ports.ts';
import { id } from './schemas/common.ts';

type Rows = readonly (readonly (string | number | null)[])[];

/** A table to download: its columns, and its rows as they are read. */
interface CsvDownload {
  readonly method: 'get';
  readonly path: string;
  readonly summary: string;
  readonly columns: readonly string[];
  readonly rows: (parts: HttpParts, tenantId: string, id: string) => AsyncIterable<Rows>;
}

const params = z.object({ id });

/** A pool's statement as a table: one line a member, amounts in millionths of a lead. */
const fairness: CsvDownload = {
  method: 'get',
  path: '/api/v1/pools/{id}/fairness.csv',
  summary: 'How fairly a pool shared its leads, one line a member',
  columns: ['rep', 'name', 'owed', 'received', 'lag', 'banked', 'worst_lag', 'worst_at'],
  rows: async function* ({ queries }, tenantId, poolId) {
    const { members } = (await queries.poolFairness(tenantId, poolId)) ?? noSuchPool(poolId);
    yield members.map(({ rep, owed, received, lag, banked, worstLag, worstAt }) => [
      ...[rep.id, rep.name, owed, received, lag, banked, worstLag, worstAt],
    ]);
  },
};

/** A pool's ledger as a table: what examples/verify-fairness adds up again. */
const entries: CsvDownload = {
  method: 'get',
  path: '/api/v1/pools/{id}/entries.csv',
  summary: 'A pool’s ledger, oldest first: one line for each rep that an entry touches',
  columns: LEDGER_COLUMNS,
  rows: async function* ({ queries }, tenantId, poolId) {
    let any = false;
    for await (const page of queries.poolEntries(tenantId, poolId)) {
      any = true;
      yield page.flatMap(ledgerLines);
    }
    if (!any && (await queries.poolFairness(tenantId, poolId)) === null) noSuchPool(poolId);
  },
};

export const CSV_DOWNLOADS: readonly CsvDownload[] = [fairness, entries];

/** Sends a table as it is read, no faster than it is taken. What is wrong is told before the first line. */
export const serveCsv =
  ({ columns, rows }: CsvDownload, parts: HttpParts): RequestHandler =>
  async (request, response) => {
    const { tenantId } = await authenticate(parts, request, 'read');
    await parts.limits.ofTenant(tenantId, 'expensive');
    const { id: asked } = parseInput(params, request.params, '/path');
    let text = stringify([columns], SPREADSHEETS);
    for await (const page of rows(parts, tenantId, asked)) {
      text += stringify(
        page.map((row) => [...row]),
        SPREADSHEETS,
      );
      if (!response.headersSent) response.writeHead(200, HEADERS);
      if (!response.write(text)) await once(response, 'drain');
      text = '';
    }
    if (!response.headersSent) response.writeHead(200, HEADERS);
    response.end(text);
  };

/**
 * A text that a spreadsheet would run as a formula is written with an apostrophe before it (OWASP, CSV injection);
 * numbers, also negative ones, stay as they are.
 */
const SPREADSHEETS = {
  cast: { string: (text: string) => (/^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(text) ? `'${text}` : text) },
};

const HEADERS = { 'content-type': 'text/csv; charset=utf-8; header=present', 'cache-control': 'no-store' };
