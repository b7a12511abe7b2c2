import type { Availability } from '../state.ts';

/** Whether a rep works at an instant (epoch milliseconds), until when, or since when they are back. */
export type AvailabilityAt = (instant: number) => Availability;

/** Shifts looked through at most: beyond them nothing is promised. */
const MOST_STRETCHES = 2_000;

/**
 * The instants at which so much working time has passed since `from`: one for each of `amounts` (milliseconds, none
 * negative, in order). What has passed already is due at once, at `from`. Null: not within what is known of the rep's
 * hours, as for one whose return nobody knows.
 */
export const workingInstants = (
  availabilityAt: AvailabilityAt,
  from: number,
  amounts: readonly number[],
): readonly (number | null)[] => {
  const stretches = walk(availabilityAt, from);
  let passed = 0;
  let stretch = nextOf(stretches);
  return amounts.map((amount) => {
    if (amount <= 0) return from;
    while (stretch !== null && passed + stretch.to - stretch.from < amount) {
      passed += stretch.to - stretch.from;
      stretch = nextOf(stretches);
    }
    return stretch === null ? null : stretch.from + (amount - passed);
  });
};

/** How much of the time between two instants a rep works. Milliseconds. */
export const workingTime = (availabilityAt: AvailabilityAt, from: number, to: number): number => {
  let worked = 0;
  for (const stretch of walk(availabilityAt, from)) {
    if (stretch.from >= to) break;
    worked += Math.min(stretch.to, to) - stretch.from;
  }
  return worked;
};

interface Stretch {
  readonly from: number;
  /** Infinity: they work on without a break. */
  readonly to: number;
}

const nextOf = (stretches: Iterator<Stretch>): Stretch | null => {
  const { value, done } = stretches.next();
  return done === true ? null : value;
};

/** The stretches of work from an instant on, in order. Each look moves on, so it ends. */
function* walk(availabilityAt: AvailabilityAt, from: number): Generator<Stretch> {
  let at = from;
  for (let looks = 0; looks < MOST_STRETCHES; looks++) {
    const { code, endsAt, backAt } = availabilityAt(at);
    const next = code === 'available' ? (endsAt ?? Number.POSITIVE_INFINITY) : backAt;
    if (next === null || next <= at) return;
    if (code === 'available') yield { from: at, to: next };
    if (next === Number.POSITIVE_INFINITY) return;
    at = next;
  }
}
