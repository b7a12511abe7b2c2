import type { Policies } from '../assignments/directory-ports.ts';
import type { Alerts, ConnectionInfo } from '../assignments/ports.ts';
import type { RecordRef } from '../assignments/types.ts';
import type { UseCases } from '../assignments/use-cases.ts';
import type { Clock } from '../base/clock.ts';
import type { ChangedRecord } from '../crm/connector.ts';
import type { Chore } from './chore.ts';
import type { PollMarks } from './poll-marks.ts';
import { readSources } from './read-sources.ts';
import { createUnreadable } from './unreadable.ts';

export interface LookParts {
  readonly policies: Pick<Policies, 'live'>;
  readonly marks: Pick<PollMarks, 'read' | 'write'>;
  readonly useCases: Pick<UseCases, 'recordChanged'>;
  readonly alerts: Pick<Alerts, 'open' | 'close'>;
  /** As it stands now; null: there is none any more. */
  readonly connection: (id: string) => Promise<ConnectionInfo | null>;
  /** Whether a stream tells of a connection's changes: then it is looked through only to be sure. */
  readonly streamed: (connectionId: string) => boolean;
  /** The records of a connection that open leads stand on. */
  readonly openRecords: (connection: ConnectionInfo) => Promise<readonly RecordRef[]>;
  readonly clock: Clock;
}

/** The chore's name, to have it done now. */
export const LOOK = 'look';
/** Records told at once. */
const AT_ONCE = 50;
/** How often a connection is looked through whose changes a stream tells. Milliseconds. */
const STREAMED_MS = 15 * 60_000;

/**
 * Looks through a connection for what no push told: owners people chose, leads that were closed, converted or merged,
 * new ones where the policy takes them in.
 */
export const createLook = (parts: LookParts): Chore => {
  const { clock, marks, policies, openRecords } = parts;
  const unreadable = createUnreadable(parts);
  // Looks overlap: what was told already is known by its stamp.
  const told = new Map<string, ReadonlyMap<string, string>>();
  // A first look that failed is made up for from when it was due.
  const firstDueAt = new Map<string, number>();

  const lookThrough: Chore['run'] = async (connection, { changes }) => {
    const { id } = connection;
    const cursor = await marks.read(id);
    if (cursor === null && !firstDueAt.has(id)) firstDueAt.set(id, clock.now());
    const before = told.get(id);
    const isTold = (ref: RecordRef, stamp: string) => before?.get(keyOf(ref)) === stamp;
    const found = await changes.read(connection, {
      cursor,
      now: firstDueAt.get(id) ?? clock.now(),
      sources: await readSources(connection, policies),
      openRecords: () => openRecords(connection),
      isTold,
    });
    const news = found.records.filter(({ ref, stamp }) => !isTold(ref, stamp));
    await tellAll(connection, news, parts);
    told.set(id, new Map(found.records.map(({ ref, stamp }) => [keyOf(ref), stamp])));
    await marks.write(id, found.cursor);
    firstDueAt.delete(id);
  };

  return {
    name: LOOK,
    everyMs: ({ id }, { changes }) => (parts.streamed(id) ? STREAMED_MS : changes.everyMs),
    run: async (connection, connector) => {
      try {
        await lookThrough(connection, connector);
      } catch (error) {
        await unreadable.open(connection, error);
        throw error;
      }
      await unreadable.close(connection);
    },
  };
};

const keyOf = ({ objectType, recordId }: ChangedRecord['ref']): string => `${objectType}/${recordId}`;

const tellAll = async (
  { tenantId }: ConnectionInfo,
  news: readonly ChangedRecord[],
  { useCases }: LookParts,
): Promise<void> => {
  for (let from = 0; from < news.length; from += AT_ONCE)
    await Promise.all(
      news
        .slice(from, from + AT_ONCE)
        .map(({ ref, snapshot }) =>
          useCases.recordChanged({ tenantId, record: ref, source: 'poll', ...(snapshot && { snapshot }) }),
        ),
    );
};
