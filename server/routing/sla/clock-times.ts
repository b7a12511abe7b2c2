import { type AvailabilityAt, workingInstants } from './working-time.ts';

/** From when a clock counts on, and the time that had passed on it by then. Milliseconds. */
export interface Counted {
  readonly clock: 'working' | 'elapsed';
  readonly from: number;
  readonly passed: number;
}

/**
 * When a clock comes to each of `marks` (milliseconds on that clock, in any order). With several reps who have the lead
 * at once, as in a broadcast, the last of them counts; null: their hours do not tell. Total and deterministic.
 */
export const clockTimes = (
  { clock, from, passed }: Counted,
  marks: readonly number[],
  reps: readonly AvailabilityAt[],
): readonly (number | null)[] => {
  if (clock === 'elapsed') return marks.map((mark) => from + Math.max(0, mark - passed));
  const ordered = [...new Set(marks)].sort((a, b) => a - b);
  const amounts = ordered.map((mark) => Math.max(0, mark - passed));
  const perRep = reps.map((availabilityAt) => workingInstants(availabilityAt, from, amounts));
  const times = new Map(ordered.map((mark, i) => [mark, latest(perRep.map((instants) => instants[i]!))]));
  return marks.map((mark) => times.get(mark)!);
};

const latest = (instants: readonly (number | null)[]): number | null => {
  const known = instants.filter((instant) => instant !== null);
  return known.length === 0 ? null : Math.max(...known);
};
