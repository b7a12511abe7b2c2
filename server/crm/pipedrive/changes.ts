import { z } from 'zod';
import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { RecordRef } from '../../assignments/types.ts';
import type { ChangedRecord, ChangeReader } from '../connector.ts';
import { goneSnapshot } from '../gone-snapshot.ts';
import { nextLook, readByTime } from '../read-by-time.ts';
import type { Sources } from '../sources.ts';
import type { Addresses } from './addresses.ts';
import type { CallPipedrive, Company } from './client.ts';
import { ARCHIVED_EVERY_MS, DEAL_FIELDS, type ObjectType, PAGE, PATHS, sinceText } from './facts.ts';
import { intakeOf } from './intake.ts';
import type { Organizations } from './organizations.ts';
import { type Place, readPage, readPages } from './pages.ts';
import { withParties } from './parties.ts';
import type { PipedriveRecord } from './shapes.ts';
import { toSnapshot } from './to-snapshot.ts';

/** Looked at again each time: a clock there may differ from ours. Milliseconds. */
const OVERLAP_MS = 120_000;
/** Pages of one look; the rest is for the next. */
const MOST_PAGES = 10;

/** Where a look begins, in epoch milliseconds: leads and deals, and the archive, which is looked at less often. */
const cursorOf = z.object({ since: z.number(), archivedSince: z.number(), archivedAt: z.number() });
type Cursor = z.infer<typeof cursorOf>;

interface ChangesParts {
  readonly call: CallPipedrive;
  readonly addresses: Addresses;
  readonly organizations: Organizations;
}

interface SnapshotParts extends ChangesParts {
  readonly sources: Sources;
  readonly isTold: (ref: RecordRef, stamp: string) => boolean;
}

/**
 * Looks for what no push told: leads and deals that changed, leads that were archived, and leads that became deals,
 * which say so; persons too where they enter. Thirty tokens a look, and once an hour forty more, and twenty for each five hundred leads; what is news
 * comes whole, with its person and organisation.
 */
export const createPipedriveChanges = (parts: ChangesParts, everyMs: number): ChangeReader => {
  const { call } = parts;
  return {
    everyMs,
    read: async (connection, { cursor, now, sources, openRecords, isTold = () => false }) => {
      const from = parseCursor(cursor, now);
      const leads = await changedSince(call, connection, PATHS.leads, from.since, LEAD_ORDER);
      const deals = await changedSince(call, connection, PATHS.deals, from.since, DEAL_ORDER);
      const intake = intakeOf(connection);
      const persons = intake.includes('person')
        ? await changedSince(call, connection, PATHS.persons, from.since, ORDER)
        : NONE;
      const archiveDue = now >= from.archivedAt + ARCHIVED_EVERY_MS;
      const archived = archiveDue ? await archivedSince(call, connection, from.archivedSince) : [];
      const lost = archiveDue && openRecords ? await lostAmong(call, connection, await openRecords()) : [];
      const next: Cursor = {
        since: nextSince(from.since, now, [leads, deals, persons]),
        archivedSince: Math.max(from.archivedSince, ...archived.map((row) => changedAt(row) - OVERLAP_MS)),
        archivedAt: archiveDue ? now : from.archivedAt,
      };
      const snapshots = snapshotsOf(connection, { ...parts, sources, isTold });
      return {
        records: [
          ...(await snapshots('lead', leads.rows)),
          ...archived.map((row) => {
            const one = toChanged(connection, 'lead', row);
            return { ...one, snapshot: goneSnapshot(one.ref, 'archived') };
          }),
          ...(intake.includes('deal') ? await snapshots('deal', deals.rows) : []),
          ...(await snapshots('person', persons.rows)),
          ...deals.rows.flatMap((row) => becomeOf(connection, row)),
          ...lost.map((ref) => ({ ref, stamp: `not listed at ${now}` })),
        ],
        cursor: JSON.stringify(next),
      };
    },
  };
};

const LEAD_ORDER = { sort: 'update_time ASC' } as const;
const ORDER = { sort_by: 'update_time', sort_direction: 'asc' } as const;
const DEAL_ORDER = { ...DEAL_FIELDS, ...ORDER } as const;
const NONE: Changed = { rows: [], goOn: null };

const startingAt = (now: number): Cursor => ({
  since: now - OVERLAP_MS,
  archivedSince: now - OVERLAP_MS,
  archivedAt: now,
});

/** The first look begins at `now`, and so does one whose cursor is none. */
const parseCursor = (cursor: string | null, now: number): Cursor =>
  cursorOf.safeParse(JSON.parse(cursor ?? 'null')).data ?? startingAt(now);

/** What changed, oldest first. */
const changedSince = (
  call: CallPipedrive,
  company: Company,
  path: string,
  since: number,
  order: Readonly<Record<string, string>>,
): Promise<Changed> =>
  readByTime(since, {
    page: async (from, place: Place | null) =>
      readPage(
        call,
        company,
        { path, query: { ...order, updated_since: sinceText(from) }, purpose: 'background' },
        place,
      ),
    idOf: ({ id }) => String(id),
    // `updated_since` takes whole seconds.
    from: (row) => Math.floor(changedAt(row) / 1_000) * 1_000,
    mostPages: MOST_PAGES,
  });

type Changed = Awaited<ReturnType<typeof readByTime<PipedriveRecord, Place>>>;

const changedAt = (row: PipedriveRecord): number => Date.parse(row.update_time);

/** The archive cannot be asked for what changed: it is read from its newest end on. */
const archivedSince = async (
  call: CallPipedrive,
  company: Company,
  since: number,
): Promise<readonly PipedriveRecord[]> => {
  const isOld = (row: PipedriveRecord) => changedAt(row) < since;
  const rows = await readPages(call, company, {
    path: PATHS.archivedLeads,
    query: { sort: 'update_time DESC' },
    purpose: 'background',
    mostPages: MOST_PAGES,
    enough: (page) => page.some(isOld),
  });
  return rows.filter((row) => !isOld(row));
};

/** Pages of all leads that are listed to see which are gone: five thousand leads. */
const MOST_LISTED = 10;

/**
 * Leads that are open here and listed there no more: deleted, as nothing else tells. In a company with more leads than
 * are listed that cannot be said; there a deletion whose push was lost shows when the lead is next read.
 */
const lostAmong = async (
  call: CallPipedrive,
  company: Company,
  open: readonly RecordRef[],
): Promise<readonly RecordRef[]> => {
  const leads = open.filter(({ objectType }) => objectType === 'lead');
  if (leads.length === 0) return [];
  const listed = await readPages(call, company, {
    path: PATHS.leads,
    purpose: 'background',
    mostPages: MOST_LISTED,
  });
  if (listed.length >= MOST_LISTED * PAGE) return [];
  const ids = new Set(listed.map(({ id }) => String(id)));
  return leads.filter(({ recordId }) => !ids.has(recordId));
};

/** Where one list had more it goes on there; else a little before the latest change of either. */
const nextSince = (since: number, now: number, lists: readonly Changed[]): number => {
  const latest = lists.flatMap(({ rows }) => rows.slice(-1)).map(changedAt);
  const ends = lists.flatMap(({ goOn }) => goOn ?? []);
  return Math.min(
    nextLook(since, latest.length === 0 ? Number.NaN : Math.max(...latest), {
      now,
      overlapMs: OVERLAP_MS,
    }),
    ...ends,
  );
};

const toChanged = (connection: ConnectionInfo, objectType: string, row: PipedriveRecord): ChangedRecord => ({
  ref: { connectionId: connection.id, objectType, recordId: String(row.id) },
  stamp: row.update_time,
});

/** Rows of a list are whole: with their parties, a hundred to a call, they need not be read again one by one. */
const snapshotsOf =
  (connection: ConnectionInfo, { call, addresses, organizations, sources, isTold }: SnapshotParts) =>
  async (objectType: ObjectType, rows: readonly PipedriveRecord[]): Promise<readonly ChangedRecord[]> => {
    const changed = rows.map((row) => ({ row, ...toChanged(connection, objectType, row) }));
    const news = changed.filter(({ ref, stamp }) => !isTold(ref, stamp));
    const found = await withParties(
      connection,
      objectType,
      new Map(news.map(({ ref, row }) => [ref.recordId, row])),
      { organizations, ways: { call, purpose: 'background' } },
    );
    const url = addresses.api(connection);
    return changed.map(({ ref, stamp }) => {
      const one = found.get(ref.recordId);
      return { ref, stamp, ...(one && { snapshot: toSnapshot(ref, one, sources, url) }) };
    });
  };

/** A deal that was a lead says what became of the lead. */
const becomeOf = (connection: ConnectionInfo, row: PipedriveRecord): readonly ChangedRecord[] => {
  const lead = row.source_lead_id;
  if (typeof lead !== 'string') return [];
  const ref = { connectionId: connection.id, objectType: 'lead', recordId: lead };
  return [{ ref, stamp: `became ${row.id}`, snapshot: goneSnapshot(ref, 'converted') }];
};
