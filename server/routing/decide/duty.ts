import { startOfDay } from '../availability/shifts.ts';
import type { OnCall, Pool, Ramp } from '../policy/schema.ts';
import type { PoolMember } from './members.ts';
import type { Rota } from './stand-ins.ts';

/** Why a member takes no leads of the pool now, and when they do next (epoch milliseconds). */
export interface OffDuty {
  /** Another's turn on call; or the ramp gives them nothing yet. */
  readonly duty: 'rota' | 'ramp';
  readonly backAt: number;
}

/** A day of the policy's calendar: days since 1970-01-01. */
interface Day {
  readonly day: number;
  readonly timezone: string;
}

const DAY = 86_400_000;
const dayOfDate = (date: string): number => Date.parse(date) / DAY;
const modulo = (a: number, b: number): number => ((a % b) + b) % b;

/**
 * A pool's members on a day: weights as ramps have them, who is off duty, and whose turn it is. A pure function of the
 * policy and the day. `list` is in id order, `order` as listed.
 */
export const dutyOn = (
  { onCall }: Pool,
  { list, order }: { readonly list: readonly PoolMember[]; readonly order: readonly string[] },
  { day, timezone }: Day,
): {
  readonly list: readonly PoolMember[];
  readonly off: ReadonlyMap<string, OffDuty>;
  readonly rota: Rota | null;
  readonly scale: number;
} => {
  const off = new Map<string, OffDuty>();
  for (const { rep, ramp } of list) {
    const starts = ramp === undefined ? day : Math.max(day, firstDay(ramp));
    const back = onCall === undefined ? starts : nextTurn(onCall, order.length, order.indexOf(rep), starts);
    if (back === day) continue;
    off.set(rep, { duty: starts > day ? 'ramp' : 'rota', backAt: startOfDay(timezone, back) });
  }
  return { ...rampedWeights(list, day), off, rota: onCall === undefined ? null : rotaOn(onCall, order, day) };
};

/** The list from whoever the day's turn begins with on. */
const rotaOn = ({ days, from, size }: OnCall, order: readonly string[], day: number): Rota => {
  const turn = Math.floor((day - dayOfDate(from)) / days);
  const first = order.length === 0 ? 0 : modulo(turn * size, order.length);
  return { around: [...order.slice(first), ...order.slice(0, first)], size };
};

/** Percent of the weight on a day. */
const shareOn = ({ from, steps }: Ramp, day: number): number =>
  steps.findLast(({ days }) => dayOfDate(from) + days <= day)?.share ?? 0;

/** The first day on which a ramp gives something. */
const firstDay = ({ from, steps }: Ramp): number =>
  dayOfDate(from) + steps.find(({ share }) => share > 0)!.days;

/** Weights on a day, whole and as small as they go: `scale` times each is the share of the weight that is listed. */
const rampedWeights = (list: readonly PoolMember[], day: number) => {
  const weights = list.map(({ weight, ramp }) => weight * (ramp === undefined ? 100 : shareOn(ramp, day)));
  const unit = weights.reduce(greatestDivisor, 0) || 1;
  return { list: list.map((member, i) => ({ ...member, weight: weights[i]! / unit })), scale: unit / 100 };
};

const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b));

/**
 * The first day from `starts` on which the member at a place of the list is on call. Turn k is taken by the `size`
 * members from place k × size on, around the list, so that everybody is on call as often.
 */
const nextTurn = ({ days, from, size }: OnCall, members: number, place: number, starts: number): number => {
  const first = dayOfDate(from);
  let turn = Math.floor((starts - first) / days);
  while (modulo(place - turn * size, members) >= size) turn++;
  return Math.max(starts, first + turn * days);
};
