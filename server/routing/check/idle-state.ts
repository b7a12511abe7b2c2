import { repState } from '../availability/rep-state.ts';
import { resolveAvailability } from '../availability/resolve-availability.ts';
import { scheduleOf } from '../availability/schedule.ts';
import { windowsAt } from '../availability/windows.ts';
import { NEW_BALANCE } from '../ledger/balance.ts';
import { teamLookUp } from '../policy/teams.ts';
import type { RoutingState } from '../state.ts';
import type { CheckInput } from './subject.ts';

const IDLE = { open: 0, perHour: 0, perDay: 0, perWeek: 0, perMonth: 0 } as const;

/** The state in which nobody is owed anything and nobody is busy, by instant: only hours, skills and caps count. */
export const idleState = ({
  compiled,
  reps,
  holidays,
  zones,
}: CheckInput): ((now: number) => RoutingState) => {
  const known = new Map(reps.map((rep) => [rep.id, rep]));
  const team = teamLookUp(reps);
  return (now) => ({
    zones,
    rep: (id) => {
      const rep = known.get(id);
      if (rep === undefined) return undefined;
      const schedule = scheduleOf(rep, compiled.policy);
      return repState(rep, {
        availability: resolveAvailability(schedule, holidays, now),
        windows: windowsAt(now, schedule.timezone),
        load: IDLE,
        active: true,
        paused: false,
        reachable: true,
      });
    },
    balance: () => NEW_BALANCE,
    team,
  });
};
