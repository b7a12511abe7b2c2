import type { Lanes } from '../lane.ts';
import type { LaneStore } from '../lane-store.ts';
import type { UseCases } from '../use-cases.ts';
import { isRunning } from './sla-clock.ts';
import { counted, keepClock, timed } from './time-clock.ts';

/** Assignments set anew by one item. */
const AT_ONCE = 50;

/**
 * When somebody works has changed, or is about to: what has passed on running clocks is counted by the hours that are
 * known, and what is due set by them. Called before and after a change, the time before counts as it was.
 */
export const retimeClocks =
  ({
    lanes,
    store,
  }: {
    readonly lanes: Lanes;
    readonly store: Pick<LaneStore, 'runningClocks'>;
  }): UseCases['retimeClocks'] =>
  async ({ tenantId, repId }) => {
    const ids = await store.runningClocks(tenantId, repId);
    for (let first = 0; first < ids.length; first += AT_ONCE)
      await retime(lanes, tenantId, ids.slice(first, first + AT_ONCE));
  };

const retime = (lanes: Lanes, tenantId: string, ids: readonly string[]): Promise<void> =>
  lanes.submit(tenantId, {
    kind: 'retime_clocks',
    wanted: { assignments: ids },
    apply: (session) => {
      for (const id of ids) {
        const file = session.byAssignment(id);
        for (const clock of file?.clocks ?? [])
          if (isRunning(clock) && clock.clock === 'working')
            keepClock(session, file!, timed(session, counted(session, clock)));
      }
    },
  });
