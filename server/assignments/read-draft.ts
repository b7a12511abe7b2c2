import { AppError } from '../base/app-error.ts';
import { parsePolicy } from '../routing/policy/parse-policy.ts';
import { parseReps } from '../routing/policy/parse-reps.ts';
import type { PolicyProblem } from '../routing/policy/problems.ts';
import { resolveReps } from '../routing/policy/resolve-reps.ts';
import type { Policy, Rep } from '../routing/policy/schema.ts';
import type { Reps } from './directory-ports.ts';
import { repsInFile } from './publishing/check-policy.ts';

/** A policy document that holds together with the directory of reps. */
export interface Draft {
  /** As written: references to reps are not resolved yet. */
  readonly policy: Policy;
  readonly reps: readonly Rep[];
}

/** `what`: what was not done, as a sentence begins. */
export const invalidPolicy = (what: string, problems: readonly PolicyProblem[]): AppError =>
  new AppError('invalid_policy', `${what}. Correct what is named and send it again.`, {
    status: 422,
    problems: problems.map(({ field, message }) => ({ field, message })),
  });

/** Parses a policy and checks it against the directory of reps. Throws `invalid_policy`. */
export const readDraft = async (
  reps: Pick<Reps, 'list'>,
  tenantId: string,
  document: unknown,
  what: string,
): Promise<Draft> => {
  const parsed = parsePolicy(document);
  if (!parsed.ok) throw invalidPolicy(what, parsed.problems);
  const { policy } = parsed;
  if (policy.reps !== null) throw invalidPolicy(what, [repsInFile]);
  const directory = parseReps((await reps.list(tenantId)).map((rep) => rep.document));
  const known = directory.ok ? directory.reps : [];
  const { problems } = resolveReps(policy, known);
  if (problems.length > 0) throw invalidPolicy(what, problems);
  return { policy, reps: known };
};
