import type { Condition } from '../conditions/condition.ts';
import { condition } from '../conditions/condition-document.ts';
import type { Meanwhile } from '../decision.ts';
import { duration } from './scalars.ts';
import { meanwhile } from './steps.ts';
import { strictObject } from './strict-object.ts';

/** Leads that arrive before a condition is true wait for it, and no longer than `atMost` milliseconds. */
export interface Hold {
  readonly until: Condition;
  readonly atMost: number;
  /** Who has the record while it is held; absent: whoever had it. */
  readonly meanwhile?: Meanwhile;
}

/** `hold:`. */
export const hold = strictObject({ until: condition, atMost: duration, meanwhile: meanwhile.optional() });
