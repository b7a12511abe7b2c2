import type { Derived } from '../derive/derive-values.ts';
import type { LeadValues } from '../lead.ts';
import type { PersonKeyKind } from '../policy/duplicates.ts';
import type { Policy, Pool, Rule, Sla } from '../policy/schema.ts';

/** A policy version ready to decide with: made once when it goes live, never changed. */
export interface CompiledPolicy {
  readonly version: number;
  /** `sha256:<hex>` of the policy document's canonical JSON. */
  readonly hash: string;
  readonly policy: Policy;
  /** The newest engine it may decide by. */
  readonly engine: number;
  readonly pool: (id: string) => Pool | undefined;
  /** The SLAs that a rule's leads are under; none for a rule it does not know. */
  readonly slasOf: (rule: string | null) => readonly Sla[];
  /** The owner of `<list>/<account>`, as written. */
  readonly accountOwner: (id: string) => string | undefined;
  /** By what earlier leads of a lead's person are looked for; null: the policy does not ask about them. */
  readonly earlierBy: readonly PersonKeyKind[] | null;
  /** What is worked out of a lead's values; the others take the values with it. */
  readonly derive: (values: LeadValues, now: number) => Derived;
  readonly inIntake: (values: LeadValues, now: number) => boolean;
  /** The first rule whose condition is true. */
  readonly matchRule: (values: LeadValues, now: number) => Rule | null;
}
