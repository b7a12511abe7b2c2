import { AppError } from '../base/app-error.ts';
import { parsePolicy } from '../routing/policy/parse-policy.ts';
import { parseReps } from '../routing/policy/parse-reps.ts';
import type { PolicyProblem } from '../routing/policy/problems.ts';
import { resolveReps } from '../routing/policy/resolve-reps.ts';
import type { Policy, Rep } from '../routing/policy/schema.ts';
import { type ConnectedCrm, checkConversions } from './check-conversions.ts';
import type { Reps } from './directory-ports.ts';
import { repsInFile } from './publishing/check-policy.ts';

export interface DraftParts {
  readonly reps: Pick<Reps, 'list'>;
  /** The CRMs a tenant has connected. */
  readonly crms?: (tenantId: string) => Promise<readonly ConnectedCrm[]>;
}

/** A policy that could be published. */
export interface Draft {
  /** As it was written: reps by id or e-mail. */
  readonly policy: Policy;
  /** With reps by id. */
  readonly resolved: Policy;
  /** The directory. */
  readonly reps: readonly Rep[];
}

/** Parses a policy against the directory of reps. `not`: what is not done when it is refused (`invalid_policy`). */
export const readDraft = async (
  { reps, crms }: DraftParts,
  tenantId: string,
  document: unknown,
  not: string,
): Promise<Draft> => {
  const parsed = parsePolicy(document);
  if (!parsed.ok) throw invalid(parsed.problems, not);
  if (parsed.policy.reps !== null) throw invalid([repsInFile], not);
  const directory = parseReps((await reps.list(tenantId)).map((rep) => rep.document));
  const known = directory.ok ? directory.reps : [];
  const { policy: resolved, problems } = resolveReps(parsed.policy, known);
  const all = [...problems, ...checkConversions(parsed.policy, (await crms?.(tenantId)) ?? [])];
  if (all.length > 0) throw invalid(all, not);
  return { policy: parsed.policy, resolved, reps: known };
};

const invalid = (problems: readonly PolicyProblem[], not: string): AppError =>
  new AppError('invalid_policy', `The policy was not ${not}. Correct what is named and send it again.`, {
    status: 422,
    problems: problems.map(({ field, message }) => ({ field, message })),
  });
