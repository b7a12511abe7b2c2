import type { CompiledPolicy } from '../routing/decide/compiled-policy.ts';
import { replay } from '../routing/decide/replay.ts';
import type { Decided } from '../routing/decision.ts';
import { canonicalJson } from '../routing/hash/canonical-json.ts';
import { digestLead, hashDecided } from '../routing/hash/decision-hash.ts';
import { parseStoredReps } from '../routing/policy/parse-reps.ts';
import type { Policies, Reps } from './directory-ports.ts';
import { compileLive, readPolicy } from './live-policy.ts';
import { askedPolicy, type PastDecision, type PastDecisions } from './past-decision.ts';

/** A part of a decision that came out otherwise. */
export interface Difference {
  /** Where in the decision (`outcome`, `rule`, `steps`, …), or what of its inputs does not hold. */
  readonly part: string;
  /** As it is stored, and as it is now: JSON. */
  readonly stored: string;
  readonly replayed: string;
}

/** What came of deciding a stored decision again. */
export interface Replayed {
  readonly decision: string;
  /**
   * `same`: bit for bit. `differs`: it came out otherwise. `inputs_erased`: the lead's values are gone, so nobody can
   * tell. `not_asked`: the policy was not asked then.
   */
  readonly result: 'same' | 'differs' | 'inputs_erased' | 'not_asked';
  /** The engine that decided then. */
  readonly engine: number;
  readonly differences: readonly Difference[];
}

/** Many decisions replayed, and where to go on. */
export interface ReplayedMany {
  /** Decisions that are left, these included. */
  readonly left: number;
  readonly counts: Readonly<Record<Replayed['result'], number>>;
  readonly differing: readonly Replayed[];
  /** The sequence number to go on after; null: that were all. */
  readonly next: number | null;
}

export interface ReplayParts {
  readonly past: PastDecisions;
  readonly policies: Pick<Policies, 'version'>;
  readonly reps: Pick<Reps, 'list'>;
}

/** Decides stored decisions again, each by its policy version, and compares: reads only. */
export const createReplays = (parts: ReplayParts) => ({
  /** null: there is no such decision. */
  one: async (tenantId: string, decisionId: string): Promise<Replayed | null> => {
    const past = await parts.past.one(tenantId, decisionId);
    return past === null ? null : replayer(parts, tenantId)(past);
  },
  /** At most `limit` decisions after a sequence number, in order. */
  many: async (tenantId: string, after: number, limit: number): Promise<ReplayedMany> => {
    const again = replayer(parts, tenantId);
    const counts = { same: 0, differs: 0, inputs_erased: 0, not_asked: 0 };
    const differing: Replayed[] = [];
    let done = 0;
    let last = after;
    for await (const page of parts.past.pages(tenantId, { after })) {
      for (const past of page.slice(0, limit - done)) {
        const replayed = await again(past);
        counts[replayed.result]++;
        if (replayed.result === 'differs') differing.push(replayed);
        last = past.seq;
        done++;
      }
      if (done >= limit) break;
    }
    const left = await parts.past.count(tenantId, { after });
    return { left, counts, differing, next: left > done ? last : null };
  },
});

/** Policies are compiled once a run. Reps that a policy names by e-mail are those of the directory now. */
const replayer = (parts: ReplayParts, tenantId: string) => {
  const compiled = new Map<number, Promise<CompiledPolicy | null>>();
  const policyOf = (version: number): Promise<CompiledPolicy | null> => {
    const known = compiled.get(version) ?? compileVersion(parts, tenantId, version);
    compiled.set(version, known);
    return known;
  };
  return async (past: PastDecision): Promise<Replayed> => {
    const { decision } = past;
    const told = { decision: decision.id, engine: decision.engine, differences: [] };
    if (!askedPolicy(decision)) return { ...told, result: 'not_asked' };
    if (past.values === null) return { ...told, result: 'inputs_erased' };
    const policy = await policyOf(decision.policyVersion);
    const differences = policy === null ? [noPolicy(decision.policyVersion)] : compare(past, policy);
    return { ...told, result: differences.length === 0 ? 'same' : 'differs', differences };
  };
};

const compileVersion = async (
  { policies, reps }: ReplayParts,
  tenantId: string,
  version: number,
): Promise<CompiledPolicy | null> => {
  const stored = await policies.version(tenantId, version);
  const directory = parseStoredReps((await reps.list(tenantId)).map(({ document }) => document));
  return stored === null ? null : compileLive(readPolicy(stored), directory.ok ? directory.reps : []);
};

const noPolicy = (version: number): Difference => ({
  part: 'policy',
  stored: JSON.stringify(version),
  replayed: 'null',
});

const compare = (
  { decision, inputs, values, salt }: PastDecision,
  policy: CompiledPolicy,
): readonly Difference[] => {
  const digest = digestLead(values!, salt);
  if (digest !== inputs.lead.digest)
    return [{ part: 'values', stored: JSON.stringify(inputs.lead.digest), replayed: JSON.stringify(digest) }];
  const again = replay(inputs, values!, policy, decision.engine);
  const before: Decided = { engine: decision.engine, inputs, ...decision.result };
  const parts = PARTS.flatMap((part): Difference[] => {
    const [stored, replayed] = [canonicalJson(before[part] ?? null), canonicalJson(again[part] ?? null)];
    return stored === replayed ? [] : [{ part, stored, replayed }];
  });
  const hash = hashDecided(again);
  if (parts.length > 0 || hash === decision.hash) return parts;
  return [{ part: 'hash', stored: JSON.stringify(decision.hash), replayed: JSON.stringify(hash) }];
};

const PARTS = [
  'account',
  'derived',
  'logOnly',
  'engine',
  'outcome',
  'rule',
  'pool',
  'step',
  'steps',
  'posting',
  'history',
  'inputs',
] as const satisfies readonly (keyof Decided)[];
