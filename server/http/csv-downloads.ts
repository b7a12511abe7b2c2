import { stringify } from 'csv-stringify/sync';
import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { AuditLine } from '../assignments/audit/audit-log.ts';
import { LEDGER_COLUMNS, ledgerLines } from '../routing/ledger/ledger-lines.ts';
import { noSuchPool } from './api/get-pool-fairness.ts';
import { authenticate } from './authenticate.ts';
import { parseInput } from './parse-input.ts';
import type { HttpParts } from './ports.ts';
import { auditFilter } from './schemas/audit.ts';
import { id } from './schemas/common.ts';
import { sendText } from './send-text.ts';

type Rows = readonly (readonly (string | number | null)[])[];

interface Asked<P, Q> {
  readonly params: P;
  readonly query: Q;
}

/** A table to download: its columns, and its rows as they are read. */
interface CsvDownload<P = unknown, Q = unknown> {
  readonly method: 'get';
  readonly path: string;
  readonly summary: string;
  readonly columns: readonly string[];
  readonly params?: z.ZodType<P>;
  readonly query?: z.ZodType<Q>;
  readonly rows: (parts: HttpParts, tenantId: string, asked: Asked<P, Q>) => AsyncIterable<Rows>;
}

/** Keeps a table's types together while it stands in a list with others. */
const defineCsv = <P = undefined, Q = undefined>(table: CsvDownload<P, Q>): CsvDownload =>
  table as unknown as CsvDownload;

const params = z.object({ id });

/** A pool's statement as a table: one line a member, amounts in millionths of a lead. */
const fairness = defineCsv({
  method: 'get',
  path: '/api/v1/pools/{id}/fairness.csv',
  summary: 'How fairly a pool shared its leads, one line a member',
  params,
  columns: ['rep', 'name', 'owed', 'received', 'lag', 'banked', 'worst_lag', 'worst_at'],
  rows: async function* ({ queries }, tenantId, { params: { id: poolId } }) {
    const { members } = (await queries.poolFairness(tenantId, poolId)) ?? noSuchPool(poolId);
    yield members.map(({ rep, owed, received, lag, banked, worstLag, worstAt }) => [
      ...[rep.id, rep.name, owed, received, lag, banked, worstLag, worstAt],
    ]);
  },
});

/** A pool's ledger as a table: what examples/verify-fairness adds up again. */
const entries = defineCsv({
  method: 'get',
  path: '/api/v1/pools/{id}/entries.csv',
  summary: 'A pool’s ledger, oldest first: one line for each rep that an entry touches',
  params,
  columns: LEDGER_COLUMNS,
  rows: async function* ({ queries }, tenantId, { params: { id: poolId } }) {
    let any = false;
    for await (const page of queries.poolEntries(tenantId, poolId)) {
      any = true;
      yield page.flatMap(ledgerLines);
    }
    if (!any && (await queries.poolFairness(tenantId, poolId)) === null) noSuchPool(poolId);
  },
});

const PAGE = 1_000;

/** The audit log as a table, newest first. */
const auditLines = defineCsv({
  method: 'get',
  path: '/api/v1/audit.csv',
  summary: 'Who changed what, newest first',
  query: auditFilter,
  columns: ['seq', 'at', 'who', 'action', 'subject', 'outcome'],
  rows: async function* ({ audit }, tenantId, { query }) {
    let before: number | null = null;
    do {
      const lines: readonly AuditLine[] = await audit.list(tenantId, query, { limit: PAGE, before });
      yield lines.map(({ seq, at, who, action, subject, outcome }) => [
        ...[seq, at, who, action, subject, outcome],
      ]);
      before = lines.length < PAGE ? null : lines.at(-1)!.seq;
    } while (before !== null);
  },
});

export const CSV_DOWNLOADS: readonly CsvDownload[] = [fairness, entries, auditLines];

/** Sends a table as it is read, no faster than it is taken. What is wrong is told before the first line. */
export const serveCsv =
  ({ columns, params, query, rows }: CsvDownload, parts: HttpParts): RequestHandler =>
  async (request, response) => {
    const { tenantId } = await authenticate(parts, request, 'read');
    await parts.limits.ofTenant(tenantId, 'expensive');
    const asked = {
      params: params && parseInput(params, request.params, '/path'),
      query: query && parseInput(query, request.query, '/query'),
    };
    await sendText(response, HEADERS, csvOf(columns, rows(parts, tenantId, asked)));
  };

/** The head stands with the first lines: before those nothing is sent. */
async function* csvOf(columns: readonly string[], pages: AsyncIterable<Rows>): AsyncGenerator<string> {
  let text = stringify([columns], SPREADSHEETS);
  for await (const page of pages) {
    yield text + stringify([...page], SPREADSHEETS);
    text = '';
  }
  if (text !== '') yield text;
}

/**
 * Where a spreadsheet would run a text as a formula it is written with an apostrophe before it (OWASP, CSV injection): at
 * the beginning, and behind what parts cells in other countries' settings. Numbers, also negative ones, stay as they are.
 */
const SPREADSHEETS = {
  cast: {
    string: (text: string) =>
      text.replaceAll(/(^|[;\t\r\n])(?=[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20])/g, "$1'"),
  },
};

const HEADERS = { 'content-type': 'text/csv; charset=utf-8; header=present', 'cache-control': 'no-store' };
