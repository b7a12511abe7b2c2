import type { LeadValues } from '../lead.ts';
import type { Policy, Pool, Rule, Sla } from '../policy/schema.ts';

/** A policy version ready to decide with: made once when it goes live, never changed. */
export interface CompiledPolicy {
  readonly version: number;
  /** `sha256:<hex>` of the policy document's canonical JSON. */
  readonly hash: string;
  readonly policy: Policy;
  readonly pool: (id: string) => Pool | undefined;
  /** The SLAs that a rule's leads are under; none for a rule it does not know. */
  readonly slasOf: (rule: string | null) => readonly Sla[];
  readonly inIntake: (values: LeadValues, now: number) => boolean;
  /** The first rule whose condition is true. */
  readonly matchRule: (values: LeadValues, now: number) => Rule | null;
}
