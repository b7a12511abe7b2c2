import { dayNumber } from '../../conditions/moment.ts';
import type { FieldValue } from '../../lead.ts';
import { WEEK } from '../../match-rules/time-of-week.ts';

/** A value strictly between two; where one is not given, beyond the other; null: there is none. */
export type GapValue = (below: FieldValue | undefined, above: FieldValue | undefined) => FieldValue | null;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Numbers, whole ones where there are any. */
export const numberBetween: GapValue = (below, above) => {
  const [a, b] = [below as number | undefined, above as number | undefined];
  if (a === undefined) return b === undefined ? 1 : b - Math.max(1, Math.abs(b) / 2 ** 40);
  const whole = Math.floor(a) + 1;
  if (b === undefined) return whole > a ? whole : a + Math.abs(a);
  if (whole > a && whole < b) return whole;
  const middle = a + (b - a) / 2;
  return a < middle && middle < b ? middle : null;
};

/** Whole numbers only, `step` apart where there is room. */
const wholeBetween =
  (step: number, none: number): GapValue =>
  (below, above) => {
    const [a, b] = [below as number | undefined, above as number | undefined];
    if (a === undefined) return b === undefined ? none : b - step;
    if (b === undefined || a + step < b) return a + step;
    return a + 1 < b ? a + 1 : null;
  };

/** Epoch milliseconds. Without any to go by: 2026-01-01. */
export const instantBetween: GapValue = wholeBetween(HOUR, Date.UTC(2026, 0, 1));

/** Milliseconds, or days, since a moment. */
export const ageBetween = (unit: 'milliseconds' | 'days'): GapValue =>
  wholeBetween(unit === 'days' ? 1 : HOUR, 0);

/** Calendar dates. */
export const dateBetween: GapValue = (below, above) => {
  const day = dayBetween(
    below === undefined ? undefined : dayNumber(below as string),
    above === undefined ? undefined : dayNumber(above as string),
  );
  return day === null ? null : new Date((day as number) * DAY).toISOString().slice(0, 10);
};
const dayBetween = wholeBetween(1, Date.UTC(2026, 0, 1) / DAY);

/** Minutes of the week. */
export const minuteBetween: GapValue = (below, above) => {
  const from = below === undefined ? 0 : (below as number) + 1;
  const to = Math.min(WEEK, (above as number | undefined) ?? WEEK);
  return from < to ? from : null;
};
