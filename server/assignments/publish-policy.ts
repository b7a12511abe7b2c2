import { AppError } from '../base/app-error.ts';
import { parsePolicy } from '../routing/policy/parse-policy.ts';
import { parseReps } from '../routing/policy/parse-reps.ts';
import { policyHash } from '../routing/policy/policy-hash.ts';
import type { PolicyProblem } from '../routing/policy/problems.ts';
import { resolveReps } from '../routing/policy/resolve-reps.ts';
import { type ConnectedCrm, checkConversions } from './check-conversions.ts';
import type { Policies, Reps } from './directory-ports.ts';
import type { Jobs } from './ports.ts';
import type { UseCases } from './use-cases.ts';

export interface PublishPolicyParts {
  readonly policies: Policies;
  readonly reps: Reps;
  readonly jobs: Pick<Jobs, 'wakeTenant'>;
  readonly now: () => number;
  /** The CRMs a tenant has connected. */
  readonly crms: (tenantId: string) => Promise<readonly ConnectedCrm[]>;
}

const invalid = (problems: readonly PolicyProblem[]): AppError =>
  new AppError('invalid_policy', 'The policy was not published. Correct what is named and send it again.', {
    status: 422,
    problems: problems.map(({ field, message }) => ({ field, message })),
  });

const repsInFile: PolicyProblem = {
  field: '/reps',
  path: ['reps'],
  message:
    'is for the command line; here the directory of reps is used: put them there and leave this key out',
};

/** Parses and checks a policy against the directory of reps, and makes it the live one; waiting leads are decided anew. */
export const publishPolicy =
  ({ policies, reps, jobs, now, crms }: PublishPolicyParts): UseCases['publishPolicy'] =>
  async ({ tenantId, document, by }) => {
    const parsed = parsePolicy(document);
    if (!parsed.ok) throw invalid(parsed.problems);
    if (parsed.policy.reps !== null) throw invalid([repsInFile]);
    const directory = parseReps((await reps.list(tenantId)).map((rep) => rep.document));
    const { problems } = resolveReps(parsed.policy, directory.ok ? directory.reps : []);
    const all = [...problems, ...checkConversions(parsed.policy, await crms(tenantId))];
    if (all.length > 0) throw invalid(all);
    const version = await policies.publish(tenantId, { document, hash: policyHash(parsed.policy), by });
    await jobs.wakeTenant(tenantId, now());
    return { version };
  };
