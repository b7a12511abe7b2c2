import type { PolicyProblem } from '../../routing/policy/problems.ts';
import type { Policy, Rep } from '../../routing/policy/schema.ts';
import type { PolicyFinding } from './ports.ts';
import { type DocumentParts, readDocument } from './read-document.ts';

export interface CheckParts extends DocumentParts {
  /** What can be proven of a policy that can be read and whose references are known; takes up to seconds. */
  readonly prove: (
    policy: Policy,
    reps: readonly Rep[],
    signal?: AbortSignal,
  ) => Promise<readonly PolicyFinding[]>;
}

/** A policy that was looked at. `policy` null: it cannot be read. */
export interface Checked {
  readonly policy: Policy | null;
  readonly findings: readonly PolicyFinding[];
}

/**
 * What is to be said of a policy document: of its form, its references, and (`proofs`) what can be proven. `signal`:
 * aborted when nobody waits for it any more.
 */
export const checkDocument =
  (parts: CheckParts) =>
  async (
    tenantId: string,
    document: unknown,
    { proofs, signal }: { readonly proofs: boolean; readonly signal?: AbortSignal | undefined },
  ): Promise<Checked> => {
    const read = await readDocument(parts)(tenantId, document);
    if (!read.ok) return { policy: null, findings: read.problems.map(asError('invalid')) };
    const { policy, resolved, reps, unknown } = read;
    const proven = proofs && unknown.length === 0 ? await parts.prove(resolved, reps, signal) : [];
    return { policy, findings: [...unknown.map(asError('unknown_reference')), ...proven] };
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
