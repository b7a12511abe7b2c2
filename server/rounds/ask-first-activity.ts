import type { LaneStore, UntouchedLead } from '../assignments/lane-store.ts';
import type { UseCases } from '../assignments/use-cases.ts';
import type { Clock } from '../base/clock.ts';
import type { Chore } from './chore.ts';

interface ActivityParts {
  readonly store: Pick<LaneStore, 'untouched'>;
  readonly useCases: Pick<UseCases, 'firstActivity'>;
  readonly clock: Clock;
}

const EVERY_MS = 120_000;
/** Who has not worked on a lead by then is not waited for any more. Milliseconds. */
const LONGEST_AGO_MS = 7 * 24 * 3_600_000;
/** Leads of one connection asked about in one look, the latest first. */
const MOST = 1_000;

/** Asks CRMs when each lead that a rep has was first worked on. Nothing is asked of a CRM while there is no such lead. */
export const createActivityQuestion = ({ store, useCases, clock }: ActivityParts): Chore => ({
  name: 'activity',
  everyMs: (_, { firstActivity }) => (firstActivity === undefined ? null : EVERY_MS),
  run: async (connection, { firstActivity }) => {
    const { id, tenantId } = connection;
    const untouched = await store.untouched(tenantId, {
      connectionId: id,
      after: clock.now() - LONGEST_AGO_MS,
      limit: MOST,
    });
    if (untouched.length === 0) return;
    const found = (await firstActivity?.(connection, untouched)) ?? [];
    await Promise.all(
      [...earliest(untouched, found)].map(([assignmentId, { at, since }]) =>
        useCases.firstActivity({ tenantId, assignmentId, at, since }),
      ),
    );
  },
});

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
