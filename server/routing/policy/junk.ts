import type { Condition } from '../conditions/condition.ts';
import { condition } from '../conditions/condition-document.ts';
import { duration } from './scalars.ts';
import { strictObject } from './strict-object.ts';

/** Which leads were none, so that whoever was charged for one has the turn back. */
export interface Junk {
  /** Looked at as a lead's record changes while it is open; null: only people say so. */
  readonly when: Condition | null;
  /** Milliseconds after the charge in which it is given back. */
  readonly within: number;
}

/** 30 days. */
export const JUNK_WITHIN = 2_592_000_000;

/** `junk:` as it is written. */
export const junkDocument = strictObject({ when: condition.optional(), within: duration.optional() });
