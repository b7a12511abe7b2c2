import type { HolidayDates } from '../routing/availability/shifts.ts';
import { check, type Finding } from '../routing/check/check.ts';
import { compilePolicy } from '../routing/decide/compile-policy.ts';
import { policyHash } from '../routing/policy/policy-hash.ts';
import type { Policy, Rep } from '../routing/policy/schema.ts';

/** A draft has no version yet. */
const DRAFT = 0;

/** What can be proven of a policy whose reps are resolved. `volume`: leads a month that the caps must take. */
export type ProvePolicy = (policy: Policy, reps: readonly Rep[], volume?: number) => readonly Finding[];

/** Proves with the holidays and the moment of this process. `now`: epoch milliseconds. */
export const provePolicy =
  ({ holidays, now }: { readonly holidays: HolidayDates; readonly now: () => number }): ProvePolicy =>
  (policy, reps, volume) =>
    check({
      compiled: compilePolicy({ version: DRAFT, hash: policyHash(policy), policy }),
      reps,
      holidays,
      now: now(),
      zones: process.versions.tz ?? 'unknown',
      ...(volume !== undefined && { volume }),
    });
