import { type ConditionDocument, condition } from '../conditions/condition-document.ts';
import { id, name } from './scalars.ts';
import { strictObject } from './strict-object.ts';

/** A segment as written. */
export interface SegmentDocument {
  readonly id: string;
  readonly name: string;
  readonly when: ConditionDocument;
}

/** One entry of `segments:`: a condition with a name, for rules to use. */
export const segment = strictObject({ id, name: name.optional(), when: condition }).transform(
  (given): SegmentDocument => ({ id: given.id, name: given.name ?? given.id, when: given.when }),
);
