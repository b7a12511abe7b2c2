import type { CheckInput } from '../../server/routing/check/check.ts';
import { compilePolicy } from '../../server/routing/decide/compile-policy.ts';
import { parseReps } from '../../server/routing/policy/parse-reps.ts';
import type { Policy } from '../../server/routing/policy/schema.ts';

/** When policies are checked, if nobody says otherwise: a Tuesday, 10:00 in New York. */
export const CHECKED_AT = Date.parse('2026-11-24T15:00:00Z');

const parsed = parseReps([{ id: 'dana' }]);
const DANA = parsed.ok ? parsed.reps : [];

/** A policy to check: one rep, dana, who always works, if it brings none; no holidays. */
export const checkInput = (policy: Policy, more: Partial<CheckInput> = {}): CheckInput => ({
  compiled: compilePolicy({ version: 1, hash: 'sha256:', policy }),
  reps: policy.reps ?? DANA,
  holidays: () => new Set(),
  now: CHECKED_AT,
  zones: 'test',
  ...more,
});
