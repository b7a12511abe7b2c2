import type { Condition } from '../conditions/condition.ts';

const DAY = 1440;
const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
/** Stretches told one by one, at most. */
const TOLD = 7;

/** Minutes of the week in the policy's zone, `from` included, `to` not: 0 is Monday 00:00, at most 10080. */
export type WeekStretch = readonly [from: number, to: number];

/** That it is such a time of the week. */
export const weekTest = (stretches: readonly WeekStretch[]): Condition => ({
  kind: 'any',
  of: stretches.flatMap(byDay),
});

const byDay = ([from, to]: WeekStretch): readonly Condition[] => {
  const tests: Condition[] = [];
  for (let at = from; at < to; ) {
    const day = Math.floor(at / DAY);
    const end = Math.min(to, (day + 1) * DAY);
    tests.push({ kind: 'time', days: [day], hours: [{ from: at - day * DAY, to: end - day * DAY }] });
    at = end;
  }
  return tests;
};

/** `Mon 17:00–Tue 09:00, …`; what runs past Sunday is told as one. */
export const weekText = (stretches: readonly WeekStretch[]): string => {
  const first = stretches[0];
  const last = stretches.at(-1);
  const runsOn = stretches.length > 1 && first![0] === 0 && last![1] === 7 * DAY;
  const joined = runsOn ? [...stretches.slice(1, -1), [last![0], first![1]] as const] : stretches;
  const told = joined.slice(0, TOLD).map(([from, to]) => `${minuteText(from)}–${minuteText(to)}`);
  return joined.length > TOLD ? `${told.join(', ')} and ${joined.length - TOLD} more` : told.join(', ');
};

const minuteText = (minute: number): string => {
  const ofDay = minute % DAY;
  const clock = [Math.floor(ofDay / 60), ofDay % 60].map((part) => String(part).padStart(2, '0')).join(':');
  return `${DAYS[Math.floor(minute / DAY) % 7]} ${clock}`;
};
