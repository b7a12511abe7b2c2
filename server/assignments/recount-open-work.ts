import type { Lanes } from './lane.ts';
import { loadOf } from './lane-memory.ts';
import type { LaneSession } from './lane-session.ts';
import type { LaneStore } from './lane-store.ts';
import type { UseCases } from './use-cases.ts';

/**
 * Takes over how many open records each owner has in a CRM. Our own assignments there are among them and are counted
 * already, so only the others are kept.
 */
export const recountOpenWork =
  ({ lanes, store }: { readonly lanes: Lanes; readonly store: LaneStore }): UseCases['recountOpenWork'] =>
  async ({ tenantId, connectionId, open }) => {
    const ours = await store.ownWork(tenantId, connectionId);
    await lanes.submit(tenantId, {
      kind: 'recount_open_work',
      wanted: {},
      apply: (session) => {
        for (const rep of session.memory.roster.reps.keys()) {
          const ownerId = session.memory.roster.ownerOf(connectionId, rep);
          const counted = ownerId === null ? 0 : (open[ownerId] ?? 0);
          keepCount(session, rep, connectionId, Math.max(0, counted - (ours[rep] ?? 0)));
        }
      },
    });
  };

const keepCount = (session: LaneSession, rep: string, connectionId: string, count: number): void => {
  const load = loadOf(session.memory.state, rep);
  const before = load.crmOpen[connectionId] ?? 0;
  if (count === before) return;
  const kept = { ...load, crmOpen: { ...load.crmOpen, [connectionId]: count } };
  session.memory.state.loads.set(rep, kept);
  session.memory.reps.forget(rep);
  session.changes.loads.set(rep, kept);
  if (count < before) session.changes.drainAt = session.now;
};
