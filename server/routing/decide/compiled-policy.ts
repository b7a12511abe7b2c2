import type { LeadValues } from '../lead.ts';
import type { AccountFindings } from '../match/account-index.ts';
import type { PersonKeyKind } from '../policy/duplicates.ts';
import type { Policy, Pool, Rule } from '../policy/schema.ts';

/** A policy version ready to decide with: made once when it goes live, never changed. */
export interface CompiledPolicy {
  readonly version: number;
  /** `sha256:<hex>` of the policy document's canonical JSON. */
  readonly hash: string;
  readonly policy: Policy;
  readonly pool: (id: string) => Pool | undefined;
  /** Finds the lead's company among the policy's accounts; null: there are none. */
  readonly findAccounts: ((values: LeadValues) => AccountFindings) | null;
  /** The owner of `<list>/<account>`, as written. */
  readonly accountOwner: (id: string) => string | undefined;
  /** By what earlier leads of a lead's person are looked for; null: the policy does not ask about them. */
  readonly earlierBy: readonly PersonKeyKind[] | null;
  readonly inIntake: (values: LeadValues, now: number) => boolean;
  /** The first rule whose condition is true. */
  readonly matchRule: (values: LeadValues, now: number) => Rule | null;
}
