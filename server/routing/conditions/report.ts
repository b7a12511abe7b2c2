import type { Condition } from './condition.ts';

/** Told of everything wrong, by path within the policy. */
export type Report = (path: readonly (string | number)[], message: string) => void;

/** Stands where a mistake was reported; the policy that holds it is refused. */
export const NEVER: Condition = Object.freeze({ kind: 'any', of: Object.freeze([]) });
