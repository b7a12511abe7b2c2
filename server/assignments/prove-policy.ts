import type { HolidayDates } from '../routing/availability/shifts.ts';
import { check, type Finding } from '../routing/check/check.ts';
import { compilePolicy } from '../routing/decide/compile-policy.ts';
import { policyHash } from '../routing/policy/policy-hash.ts';
import type { Policy, Rep } from '../routing/policy/schema.ts';
import type { RunInThread, ThreadWork } from './thread-port.ts';

/** A draft has no version yet. */
const DRAFT = 0;

/** `volume`: leads a month that the caps must take. `signal`: aborted when nobody waits for it any more. */
export interface ProveOptions {
  readonly volume?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What can be proven of a policy whose reps are resolved; takes up to seconds, in a thread. */
export type ProvePolicy = (
  policy: Policy,
  reps: readonly Rep[],
  options?: ProveOptions,
) => Promise<readonly Finding[]>;

/** Proves in a thread, by the clock of this process. `now`: epoch milliseconds. */
export const provePolicy =
  ({ run, now }: { readonly run: RunInThread; readonly now: () => number }): ProvePolicy =>
  (policy, reps, { volume, signal } = {}) =>
    run('check', { policy, reps, now: now(), ...(volume !== undefined && { volume }) }, { signal });

/** What can be proven of a policy, here and now. */
export const proofsOf = (
  { policy, reps, now, volume }: ThreadWork['check']['input'],
  holidays: HolidayDates,
): readonly Finding[] =>
  check({
    compiled: compilePolicy({ version: DRAFT, hash: policyHash(policy), policy }),
    reps,
    holidays,
    now,
    zones: process.versions.tz ?? 'unknown',
    ...(volume !== undefined && { volume }),
  });
