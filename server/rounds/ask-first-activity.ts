import type { LaneStore, UntouchedLead } from '../assignments/lane-store.ts';
import type { ConnectionInfo } from '../assignments/ports.ts';
import type { UseCases } from '../assignments/use-cases.ts';
import type { Clock } from '../base/clock.ts';
import type { Connector } from '../crm/connector.ts';
import type { Chore } from './chore.ts';

interface ActivityParts {
  readonly store: Pick<LaneStore, 'untouched'>;
  readonly useCases: Pick<UseCases, 'firstActivity'>;
  readonly clock: Clock;
}

const EVERY_MS = 120_000;
/** Who has not worked on a lead by then is not waited for any more. Milliseconds. */
const LONGEST_AGO_MS = 7 * 24 * 3_600_000;
/** Leads of one connection gone through in one look, the latest first. */
const MOST = 1_000;
/** A lead is asked about again when the time its rep has had it has grown by a tenth: some CRMs take a call for each. */
const GROWTH = 0.1;
/** Leads asked about at once. */
const AT_ONCE = 100;
/** When a look begins nothing more, and when its last call is over: well within a chore's lease. Milliseconds. */
const BEGINS_WITHIN_MS = 30_000;
const OVER_WITHIN_MS = 50_000;

/** Asks CRMs when each lead that a rep has was first worked on. Nothing is asked of a CRM while there is no such lead. */
export const createActivityQuestion = ({ store, useCases, clock }: ActivityParts): Chore => {
  const memory = createMemory();
  const askAbout = async (
    connection: ConnectionInfo,
    { firstActivity }: Connector,
    leads: readonly UntouchedLead[],
    until: number,
  ): Promise<void> => {
    const found = (await firstActivity?.(connection, leads, until)) ?? [];
    await Promise.all(
      [...earliest(leads, found)].map(([assignmentId, { at, since }]) =>
        useCases.firstActivity({ tenantId: connection.tenantId, assignmentId, at, since }),
      ),
    );
  };
  return {
    name: 'activity',
    everyMs: (_, { firstActivity }) => (firstActivity === undefined ? null : EVERY_MS),
    run: async (connection, connector) => {
      const began = clock.now();
      const untouched = await store.untouched(connection.tenantId, {
        connectionId: connection.id,
        after: began - LONGEST_AGO_MS,
        limit: MOST,
      });
      const due = memory.due(connection.id, untouched, began);
      for (let from = 0; from < due.length && clock.now() < began + BEGINS_WITHIN_MS; from += AT_ONCE) {
        const leads = due.slice(from, from + AT_ONCE);
        await askAbout(connection, connector, leads, began + OVER_WITHIN_MS);
        memory.asked(connection.id, leads, clock.now());
      }
    },
  };
};

/** When each lead was last asked about, by this process. */
const createMemory = () => {
  const connections = new Map<string, Map<string, number>>();
  const keyOf = ({ assignmentId, ref, since }: UntouchedLead): string =>
    `${assignmentId} ${ref.objectType} ${ref.recordId} ${since}`;
  const isDue = ({ since }: UntouchedLead, last: number | undefined, now: number): boolean =>
    last === undefined || now >= last + Math.max(EVERY_MS, (last - since) * GROWTH);
  return {
    /** Those to be asked about now, whoever waited longest first. The others that are no longer untouched are forgotten. */
    due: (
      connectionId: string,
      untouched: readonly UntouchedLead[],
      now: number,
    ): readonly UntouchedLead[] => {
      const known = connections.get(connectionId) ?? new Map<string, number>();
      const lastOf = (lead: UntouchedLead) => known.get(keyOf(lead));
      const kept = untouched.flatMap((lead): [string, number][] => {
        const last = lastOf(lead);
        return last === undefined ? [] : [[keyOf(lead), last]];
      });
      connections.set(connectionId, new Map(kept));
      return untouched
        .filter((lead) => isDue(lead, lastOf(lead), now))
        .toSorted((a, b) => (lastOf(a) ?? 0) - (lastOf(b) ?? 0));
    },
    asked: (connectionId: string, leads: readonly UntouchedLead[], now: number): void => {
      for (const lead of leads) connections.get(connectionId)?.set(keyOf(lead), now);
    },
  };
};

interface Touched {
  readonly at: number;
  readonly since: number;
}

/** By assignment: a lead may stand on several records, each with work of its own. */
const earliest = (
  untouched: readonly UntouchedLead[],
  found: readonly (number | null)[],
): ReadonlyMap<string, Touched> => {
  const touched = new Map<string, Touched>();
  untouched.forEach(({ assignmentId, since }, index) => {
    const at = found[index] ?? null;
    const before = touched.get(assignmentId)?.at ?? Number.POSITIVE_INFINITY;
    if (at !== null && at < before) touched.set(assignmentId, { at, since });
  });
  return touched;
};
