import { z } from 'zod';
import type { Policy, Step } from './schema.ts';
import { oneOf, strictObject } from './strict-object.ts';

/** What a person is known by. */
export const PERSON_KEYS = ['email', 'phone'] as const;
export type PersonKeyKind = (typeof PERSON_KEYS)[number];

/** What happens before the rules to a lead of somebody who was a lead before. */
export interface Duplicates {
  readonly match: readonly PersonKeyKind[];
  readonly then: 'same_owner';
  readonly enrich: 'only_if_empty';
}

/** `duplicates:`. */
export const duplicates = strictObject({
  match: z.array(oneOf(PERSON_KEYS)).min(1, 'is empty; write [email, phone]').optional(),
  then: oneOf(['same_owner'], { merge: 'write same_owner' }),
  enrich: oneOf(['only_if_empty'], {
    always: 'write only_if_empty: what a record holds is never overwritten',
    never: 'remove it',
  }).optional(),
}).transform(
  (given): Duplicates => ({
    match: PERSON_KEYS.filter((key) => (given.match ?? PERSON_KEYS).includes(key)),
    then: given.then,
    enrich: given.enrich ?? 'only_if_empty',
  }),
);

/** By what a lead's person is looked for among earlier leads; null: nothing in the policy asks about them. */
export const earlierBy = ({
  duplicates: before,
  rules,
  fallback,
}: Policy): readonly PersonKeyKind[] | null => {
  if (before !== undefined) return before.match;
  const asks = (step: Step) => step.kind === 'owner' && (step.of === 'sticky' || step.of === 'duplicate');
  return [...rules.map(({ steps }) => steps), fallback].some((steps) => steps.some(asks))
    ? PERSON_KEYS
    : null;
};
