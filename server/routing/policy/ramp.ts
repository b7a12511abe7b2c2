import { z } from 'zod';
import { startDate } from './start-date.ts';
import { strictObject } from './strict-object.ts';
import { wholeDays } from './whole-days.ts';

/** How a new member's weight grows: from midnight of `from` in the policy's zone, so many percent of it from each step on. */
export interface Ramp {
  /** `YYYY-MM-DD`. */
  readonly from: string;
  /** In order; before the first one nothing, after the last one its share. */
  readonly steps: readonly RampStep[];
}

export interface RampStep {
  /** Days of the calendar after `from`. */
  readonly days: number;
  /** Percent of the weight, 0 to 100. */
  readonly share: number;
}

const step = strictObject({
  after: wholeDays(0),
  share: z
    .int('write whole percent, such as 50')
    .min(0, 'must be at least 0')
    .max(100, 'must be at most 100'),
});

/** `ramp:` of a pool's member. */
export const ramp = strictObject({
  from: startDate,
  steps: z.array(step).min(1, 'is empty; list at least one step, such as {after: P0D, share: 50}'),
}).transform((given, ctx): Ramp => {
  const steps = given.steps.map(({ after, share }) => ({ days: after, share }));
  const refuse = (i: number, key: string, message: string) =>
    ctx.addIssue({ code: 'custom', path: ['steps', i, key], message, input: given });
  steps.forEach(({ days, share }, i) => {
    const before = steps[i - 1] ?? { days: -1, share: 0 };
    if (days <= before.days) refuse(i, 'after', 'is not later than the step before; put the steps in order');
    if (share < before.share) refuse(i, 'share', 'is less than the step before; a ramp only rises');
  });
  if (steps.at(-1)?.share === 0)
    refuse(steps.length - 1, 'share', 'ends at nothing; end with the share that stays');
  return { from: given.from, steps };
});
