import type { HolidayDates } from '../routing/availability/shifts.ts';
import { check } from '../routing/check/check.ts';
import { compilePolicy } from '../routing/decide/compile-policy.ts';
import { policyHash } from '../routing/policy/policy-hash.ts';
import { type DraftParts, readDraft } from './read-draft.ts';
import type { UseCases } from './use-cases.ts';

export interface CheckPolicyParts extends DraftParts {
  readonly holidays: HolidayDates;
  readonly now: () => number;
}

/** A draft has no version yet. */
const DRAFT = 0;

/** What can be proven of a draft with the directory of reps; nothing is stored. */
export const checkPolicy =
  (parts: CheckPolicyParts): UseCases['checkPolicy'] =>
  async ({ tenantId, document, volume }) => {
    const { resolved, reps } = await readDraft(parts, tenantId, document, 'checked');
    const findings = check({
      compiled: compilePolicy({ version: DRAFT, hash: policyHash(resolved), policy: resolved }),
      reps,
      holidays: parts.holidays,
      now: parts.now(),
      zones: process.versions.tz ?? 'unknown',
      ...(volume !== undefined && { volume }),
    });
    return { findings };
  };
