import { z } from 'zod';
import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { RecordRef } from '../../assignments/types.ts';
import { AppError } from '../../base/app-error.ts';
import type { ChangedRecord, ChangeReader, Changes } from '../connector.ts';
import { type Failure, ReadFailed } from '../failures.ts';
import { type CallDynamics, FOREIGN_LINK } from './client.ts';
import { JOB_FAILED, LOOK_EVERY_MS } from './facts.ts';
import { isIn, type Page, pagesOf, queryRows, type Row, textOf } from './query.ts';
import type { Registration } from './registration.ts';

/** What changed this long before the first look is news still. Milliseconds. */
const LOOK_BACK_MS = 60_000;
/** The same where a link was lost: instants are Dataverse's, and our clock may be ahead of it. Milliseconds. */
const GAP_BACK_MS = 10 * 60_000;

const cursorText = z.object({ link: z.string(), at: z.number() });
type Cursor = z.infer<typeof cursorText>;

/**
 * Looks for what no push told: by Dataverse's change tracking, whose link says what changed and what was deleted since
 * the look before; and by its failed system jobs, each of them a push that did not arrive. A link that is too old is
 * refused, and so is one of an address that is no more: then all leads are paged through once, for those changed since, and
 * for open leads that are not there.
 */
export const createDynamicsChanges = (call: CallDynamics, registration: Registration): ChangeReader => ({
  everyMs: LOOK_EVERY_MS,
  read: async (connection, { cursor, now, openRecords }) => {
    const before = parseCursor(cursor);
    const since = (before?.at ?? now) - (before === null ? LOOK_BACK_MS : GAP_BACK_MS);
    const open = async () => (before === null ? [] : ((await openRecords?.()) ?? []));
    const found =
      (before && (await continueFrom(call, connection, before))) ??
      (await beginAnew(call, connection, since, open));
    const lost = await lostPushes(call, connection, registration, since);
    return {
      records: [...found.records, ...lost],
      cursor: JSON.stringify({ link: found.link, at: now } satisfies Cursor),
    };
  },
});

const parseCursor = (text: string | null): Cursor | null => {
  try {
    return text === null ? null : cursorText.parse(JSON.parse(text));
  } catch {
    return null;
  }
};

interface Tracked {
  readonly records: Changes['records'];
  readonly link: string;
}

const gather = async (
  connection: ConnectionInfo,
  pages: AsyncGenerator<Page>,
  counts: (row: Row) => boolean,
): Promise<Tracked> => {
  const records: ChangedRecord[] = [];
  let link = '';
  for await (const page of pages) {
    for (const row of page.value) if (counts(row)) records.push(...toRecord(connection, row));
    link = page['@odata.deltaLink'] ?? link;
  }
  if (link !== '') return { records, link };
  throw new ReadFailed('Dynamics 365', {
    kind: 'refused',
    code: 'no_change_tracking',
    remedy:
      'Switch change tracking on for the table Lead in Power Apps: Dynamics 365 gives no delta link without it.',
  });
};

/** A deleted row has its id alone; of another the ETag differs with every change. */
const toRecord = ({ id: connectionId }: ConnectionInfo, row: Row): readonly ChangedRecord[] => {
  const recordId = textOf(row.leadid) ?? textOf(row.id);
  if (recordId === null) return [];
  const ref = { connectionId, objectType: 'lead', recordId: recordId.toLowerCase() };
  return [{ ref, stamp: textOf(row['@odata.etag']) ?? 'deleted' }];
};

/** null: the link is refused, as it is too old or of another time. */
const continueFrom = async (
  call: CallDynamics,
  connection: ConnectionInfo,
  { link }: Cursor,
): Promise<Tracked | null> => {
  try {
    return await gather(
      connection,
      pagesOf(call, connection, { path: link, purpose: 'background' }),
      () => true,
    );
  } catch (error) {
    if (error instanceof ReadFailed && isRefusedLink(error.failure)) return null;
    // Of the address the environment had before it was renamed.
    if (error instanceof AppError && error.code === FOREIGN_LINK) return null;
    throw error;
  }
};

const isRefusedLink = ({ kind, code }: Failure): boolean =>
  kind === 'refused' && (code === 'rejected' || code === 'record_gone');

/** `open`: records of open leads; those that are listed no more were deleted while no link told. */
const beginAnew = async (
  call: CallDynamics,
  connection: ConnectionInfo,
  since: number,
  open: () => Promise<readonly RecordRef[]>,
): Promise<Tracked> => {
  const listed = new Set<string>();
  const changed = await gather(
    connection,
    pagesOf(call, connection, {
      path: 'leads',
      query: { $select: 'modifiedon' },
      prefer: 'odata.track-changes',
      purpose: 'background',
    }),
    ({ leadid, modifiedon }) => {
      listed.add(String(leadid).toLowerCase());
      return Date.parse(String(modifiedon)) >= since;
    },
  );
  const gone = (await open()).filter(
    ({ objectType, recordId }) => objectType === 'lead' && !listed.has(recordId),
  );
  return { ...changed, records: [...changed.records, ...gone.map((ref) => ({ ref, stamp: 'not listed' }))] };
};

const lostPushes = async (
  call: CallDynamics,
  connection: ConnectionInfo,
  registration: Registration,
  since: number,
): Promise<readonly ChangedRecord[]> => {
  const stepIds = await registration.stepIds(connection);
  if (stepIds.length === 0) return [];
  const after = new Date(since).toISOString();
  const jobs = await queryRows(call, connection, {
    path: 'asyncoperations',
    query: {
      $select: 'asyncoperationid,_regardingobjectid_value',
      $filter: `statuscode eq ${JOB_FAILED} and completedon ge ${after} and ${isIn('owningextensionid', stepIds)}`,
    },
    purpose: 'background',
  });
  return jobs.flatMap((job): readonly ChangedRecord[] => {
    const recordId = textOf(job._regardingobjectid_value)?.toLowerCase();
    if (recordId === undefined) return [];
    const ref = { connectionId: connection.id, objectType: 'lead', recordId };
    return [{ ref, stamp: String(job.asyncoperationid) }];
  });
};
