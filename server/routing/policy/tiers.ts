import { z } from 'zod';
import type { Condition } from '../conditions/condition.ts';
import { condition } from '../conditions/condition-document.ts';
import { id, name } from './scalars.ts';
import { strictObject } from './strict-object.ts';

/** A class of leads by what they are worth. The first whose condition is true is the lead's. */
export interface Tier {
  readonly id: string;
  readonly name: string;
  readonly when: Condition;
  /** Its leads go first: out to CRMs and reps, and when waiting leads find somebody. */
  readonly urgent: boolean;
}

/** One entry of `tiers:`. */
export const tier = strictObject({
  id,
  name: name.optional(),
  when: condition,
  urgent: z.boolean().optional(),
}).transform((given) => ({
  id: given.id,
  name: given.name ?? given.id,
  when: given.when,
  urgent: given.urgent ?? false,
}));
