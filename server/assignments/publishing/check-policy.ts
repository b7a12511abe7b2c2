import { parsePolicy } from '../../routing/policy/parse-policy.ts';
import { parseReps } from '../../routing/policy/parse-reps.ts';
import type { PolicyProblem } from '../../routing/policy/problems.ts';
import { resolveReps } from '../../routing/policy/resolve-reps.ts';
import type { Policy, Rep } from '../../routing/policy/schema.ts';
import { type ConnectedCrm, checkConversions } from '../check-conversions.ts';
import type { Reps } from '../directory-ports.ts';
import type { PolicyFinding } from './ports.ts';

export interface CheckParts {
  readonly reps: Pick<Reps, 'list'>;
  /** The CRMs a tenant has connected. */
  readonly crms: (tenantId: string) => Promise<readonly ConnectedCrm[]>;
  /** What can be proven of a policy that can be read and whose references are known; takes up to seconds. */
  readonly prove: (policy: Policy, reps: readonly Rep[]) => readonly PolicyFinding[];
}

/** A policy that was looked at. `policy` null: it cannot be read. */
export interface Checked {
  readonly policy: Policy | null;
  readonly findings: readonly PolicyFinding[];
}

/** The directory is the source of reps. */
export const repsInFile: PolicyProblem = {
  field: '/reps',
  path: ['reps'],
  message:
    'is for the command line; here the directory of reps is used: put them there and leave this key out',
};

/** Looks at a policy document as it would be if it were live: its form, its references, and (`proofs`) what the check finds. */
export const checkPolicy =
  ({ reps, crms, prove }: CheckParts) =>
  async (tenantId: string, document: unknown, proofs: boolean): Promise<Checked> => {
    const parsed = parsePolicy(document);
    if (!parsed.ok) return { policy: null, findings: parsed.problems.map(asError('invalid')) };
    if (parsed.policy.reps !== null) return { policy: null, findings: [asError('invalid')(repsInFile)] };
    const directory = parseReps((await reps.list(tenantId)).map((rep) => rep.document));
    const known = directory.ok ? directory.reps : [];
    const { policy, problems } = resolveReps(parsed.policy, known);
    const unknown = [...problems, ...checkConversions(parsed.policy, await crms(tenantId))];
    return {
      policy: parsed.policy,
      findings: [
        ...unknown.map(asError('unknown_reference')),
        ...(proofs && unknown.length === 0 ? prove(policy, known) : []),
      ],
    };
  };

const asError =
  (code: string) =>
  ({ field, path, message }: PolicyProblem): PolicyFinding => ({
    severity: 'error',
    code,
    field,
    path,
    message,
  });
