import type { HolidayDates, Schedule } from '../availability/shifts.ts';
import type { Policy } from '../policy/schema.ts';
import { createDurationTally } from './durations.ts';
import type { SettledLead } from './simulated-lead.ts';
import type { Speed } from './simulation-result.ts';
import { workingTime } from './working-time.ts';

const MINUTE = 60_000;

/** Measures how soon somebody at work has the leads. Working time is the policy's hours, in its zone. */
export const createSpeedTally = (policy: Policy, holidays: HolidayDates, minutes: readonly number[]) => {
  const { hours, timezone } = policy;
  const schedule: Schedule = { hours, timezone, holidays: { calendars: [], dates: [] }, timeOff: [] };
  const elapsed = createDurationTally();
  const working = createDurationTally();
  const within = minutes.map(() => 0);
  const seen = { leads: 0, never: 0 };
  return {
    settle: ({ lead: { arrivedAt }, atWork }: SettledLead): void => {
      seen.leads++;
      if (atWork === null) {
        seen.never++;
        return;
      }
      elapsed.add(atWork - arrivedAt);
      const worked = hours === null ? atWork - arrivedAt : workingTime(schedule, holidays, arrivedAt, atWork);
      working.add(worked);
      minutes.forEach((limit, i) => {
        if (worked <= limit * MINUTE) within[i]!++;
      });
    },
    speed: (): Speed => ({
      ...seen,
      elapsed: elapsed.durations(),
      working: working.durations(),
      within: minutes.map((limit, i) => ({
        minutes: limit,
        share: seen.leads === 0 ? 0 : within[i]! / seen.leads,
      })),
    }),
  };
};
