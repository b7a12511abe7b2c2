import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ConnectionInfo } from '../../assignments/ports.ts';
import { asText } from '../as-text.ts';
import type { ChangedRecord, ChangeReader } from '../connector.ts';
import { goneSnapshot } from '../gone-snapshot.ts';
import { nextLook, readByTime, type TimedPage } from '../read-by-time.ts';
import type { Addresses } from './addresses.ts';
import type { CallZoho } from './client.ts';
import { FIELDS_LIMIT, MODIFIED, PAGE, PAGED_ROWS, PATHS } from './facts.ts';
import { readBody } from './failures.ts';
import { type Row, rows } from './query.ts';
import { recordUrl } from './record-url.ts';
import { factsOf, fieldsToRead, toSnapshot } from './to-snapshot.ts';

/** Looked at again each time: what is stored late carries the moment it began. Milliseconds. */
const OVERLAP_MS = 60_000;
/** What changed before an account was connected is no news. Milliseconds. */
const FIRST_LOOK_BACK_MS = 60_000;
/** Pages of one look; the rest is for the next. */
const MOST_PAGES = 50;
const OBJECT_TYPE = 'lead';

/** Up to when changed and deleted records were seen; epoch milliseconds, by Zoho's clock. */
const cursor = z.tuple([z.coerce.number(), z.coerce.number()]);

const deletedRows = z.object({
  data: z.array(z.object({ id: z.string(), deleted_time: z.string() })),
  info: z.object({ more_records: z.boolean().optional() }).optional(),
});

/** Finds leads that changed, were converted or were deleted: what no notification told, and those that were lost. */
export const createZohoChanges = (call: CallZoho, addresses: Addresses, everyMs: number): ChangeReader => ({
  everyMs,
  read: async (connection, { cursor: from, now, sources }) => {
    const begin = now - FIRST_LOOK_BACK_MS;
    const [changedSince, deletedSince] = cursor.safeParse(from?.split('/')).data ?? [begin, begin];
    const changed = await readChanged(call, connection, changedSince, sources);
    const deleted = await readDeleted(call, connection, deletedSince);
    const url = (recordId: string) => recordUrl(addresses, connection, refOf(connection, recordId));
    return {
      records: [
        ...changed.rows.map((row) => toChanged(row, connection, changed.whole ? sources : null, url)),
        ...deleted.map(({ id, at }) => toDeleted(connection, id, at)),
      ],
      cursor: `${nextOf(changedSince, changed, now)}/${Math.max(deletedSince, ...deleted.map(({ at }) => at - OVERLAP_MS))}`,
    };
  },
});

interface Changed {
  readonly rows: readonly Row[];
  /** Whether every field of a snapshot was read. */
  readonly whole: boolean;
  /** Where the next look begins where this one could not see all; epoch ms. */
  readonly goOn: number | null;
}

/** The header asks for what changed after it, in whole seconds. */
const fromOf = (row: Row | undefined): number => Date.parse(String(row?.[MODIFIED])) - 1_000;

const nextOf = (since: number, { rows: found, goOn }: Changed, now: number): number =>
  goOn ?? nextLook(since, fromOf(found.at(-1)), { now, overlapMs: OVERLAP_MS });

const instant = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}+00:00`;

/** Oldest first, two hundred to a call. */
const readChanged = async (
  call: CallZoho,
  connection: ConnectionInfo,
  since: number,
  sources: Readonly<Record<string, string>>,
): Promise<Changed> => {
  const wanted = fieldsToRead(OBJECT_TYPE, [sources]);
  const whole = wanted.length <= FIELDS_LIMIT;
  const fields = whole ? wanted : ['Owner', MODIFIED];
  const page = async (from: number, place: Place | null): Promise<TimedPage<Row, Place>> => {
    const { number, token } = place ?? { number: 1, token: null };
    const reply = await call(connection, {
      method: 'GET',
      path: PATHS.records(factsOf(OBJECT_TYPE).module),
      query: {
        fields: fields.join(','),
        converted: 'both',
        sort_by: MODIFIED,
        sort_order: 'asc',
        per_page: String(PAGE),
        ...(token === null ? { page: String(number) } : { page_token: token }),
      },
      headers: { 'if-modified-since': instant(from) },
      purpose: 'background',
    });
    const part = readBody(rows, reply);
    const next = { number: number + 1, token: part?.info?.next_page_token ?? null };
    return { rows: part?.data ?? [], next: part?.info?.more_records ? next : null };
  };
  const found = await readByTime(since, {
    page,
    idOf: (row) => asText(row.id) ?? '',
    from: fromOf,
    mostPages: MOST_PAGES,
  });
  return { ...found, whole };
};

/** Where a list goes on: by a page's number, or (past two thousand rows) by a token. */
interface Place {
  readonly number: number;
  readonly token: string | null;
}

/** Newest first. */
const readDeleted = async (call: CallZoho, connection: ConnectionInfo, since: number) => {
  const found: { readonly id: string; readonly at: number }[] = [];
  for (let page = 1; page <= PAGED_ROWS / PAGE; page++) {
    const reply = await call(connection, {
      method: 'GET',
      path: PATHS.deleted(factsOf(OBJECT_TYPE).module),
      query: { type: 'all', page: String(page), per_page: String(PAGE) },
      headers: { 'if-modified-since': instant(since) },
      purpose: 'background',
    });
    const part = readBody(deletedRows, reply);
    found.push(...(part?.data ?? []).map(({ id, deleted_time }) => ({ id, at: Date.parse(deleted_time) })));
    if (!part?.info?.more_records) break;
  }
  return found;
};

const refOf = ({ id }: ConnectionInfo, recordId: string) => ({
  connectionId: id,
  objectType: OBJECT_TYPE,
  recordId,
});

/** Two changes within a second have one time: the values tell them apart. */
const stampOf = (row: Row): string => {
  const digest = createHash('sha256').update(JSON.stringify(row)).digest('base64url').slice(0, 12);
  return `${row[MODIFIED]} ${digest}`;
};

const toChanged = (
  row: Row,
  connection: ConnectionInfo,
  sources: Readonly<Record<string, string>> | null,
  url: (recordId: string) => string,
): ChangedRecord => {
  const recordId = asText(row.id) ?? '';
  const ref = refOf(connection, recordId);
  return {
    ref,
    stamp: stampOf(row),
    ...(sources !== null && { snapshot: toSnapshot(ref, row, sources, url(recordId)) }),
  };
};

const toDeleted = (connection: ConnectionInfo, recordId: string, at: number): ChangedRecord => {
  const ref = refOf(connection, recordId);
  return { ref, stamp: `deleted ${at}`, snapshot: goneSnapshot(ref, 'missing') };
};
