import { type CompiledPolicy, compilePolicy } from '../routing/decide/compile-policy.ts';
import { parsePolicy } from '../routing/policy/parse-policy.ts';
import { resolveReps } from '../routing/policy/resolve-reps.ts';
import type { Policy, Rep } from '../routing/policy/schema.ts';
import type { StoredPolicy } from './lane-store.ts';

/** A stored policy version, read; its references to reps are still as written. */
export interface ReadPolicy {
  readonly version: number;
  readonly hash: string;
  readonly policy: Policy;
}

/** Reads a stored policy. It was checked when it was published: one that cannot be read is a fault. */
export const readPolicy = ({ version, hash, document }: StoredPolicy): ReadPolicy => {
  const parsed = parsePolicy(document);
  if (!parsed.ok)
    throw new Error(
      `The stored policy ${version} cannot be read: ${parsed.problems[0]?.field} ${parsed.problems[0]?.message}`,
    );
  return { version, hash, policy: parsed.policy };
};

/** The policy as the lane decides with it: references to reps resolved in the directory of now, rules indexed. */
export const compileLive = (read: ReadPolicy, reps: readonly Rep[]): CompiledPolicy =>
  compilePolicy({ ...read, policy: resolveReps(read.policy, reps).policy });
