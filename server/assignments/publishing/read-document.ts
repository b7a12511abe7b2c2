import { unusableIn } from '../../base/plain-data.ts';
import { parsePolicy } from '../../routing/policy/parse-policy.ts';
import { parseStoredReps } from '../../routing/policy/parse-reps.ts';
import type { PolicyProblem } from '../../routing/policy/problems.ts';
import { resolveReps } from '../../routing/policy/resolve-reps.ts';
import type { Policy, Rep } from '../../routing/policy/schema.ts';
import { type ConnectedCrm, checkConversions } from '../check-conversions.ts';
import type { Reps } from '../directory-ports.ts';

export interface DocumentParts {
  readonly reps: Pick<Reps, 'list'>;
  /** The CRMs a tenant has connected. Absent: what they can do is not looked at. */
  readonly crms?: (tenantId: string) => Promise<readonly ConnectedCrm[]>;
}

/** A policy that can be read, with the directory of reps. */
export interface Draft {
  /** As it was written: reps by id or e-mail. */
  readonly policy: Policy;
  /** With reps by id. */
  readonly resolved: Policy;
  /** The directory. */
  readonly reps: readonly Rep[];
}

/** A policy document as it would be if it were live. `unknown`: what it names and is not there. */
export type DocumentRead =
  | { readonly ok: false; readonly problems: readonly PolicyProblem[] }
  | ({ readonly ok: true; readonly unknown: readonly PolicyProblem[] } & Draft);

const repsInFile: PolicyProblem = {
  field: '/reps',
  path: ['reps'],
  message:
    'is for the command line; here the directory of reps is used: put them there and leave this key out',
};

/** Parses a policy document, and looks for what it names in the directory of reps and the tenant's CRMs. */
export const readDocument =
  ({ reps, crms }: DocumentParts) =>
  async (tenantId: string, document: unknown): Promise<DocumentRead> => {
    const unusable = unusableIn(document).map(({ field, message }) => ({ field, message, path: [] }));
    if (unusable.length > 0) return { ok: false, problems: unusable };
    const parsed = parsePolicy(document);
    if (!parsed.ok) return parsed;
    const { policy } = parsed;
    if (policy.reps !== null) return { ok: false, problems: [repsInFile] };
    const directory = parseStoredReps((await reps.list(tenantId)).map((rep) => rep.document));
    const known = directory.ok ? directory.reps : [];
    const { policy: resolved, problems } = resolveReps(policy, known);
    const conversions = checkConversions(policy, (await crms?.(tenantId)) ?? []);
    return { ok: true, policy, resolved, reps: known, unknown: [...problems, ...conversions] };
  };
