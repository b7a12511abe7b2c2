import type { Condition } from '../../conditions/condition.ts';
import { poolMembers } from '../../decide/members.ts';
import type { Field, Fields } from '../../policy/fields.ts';
import { valueReader } from '../../policy/read-value.ts';
import type { Pool, Rep, Requirement } from '../../policy/schema.ts';
import { teamLookUp } from '../../policy/teams.ts';
import { CAPS } from '../../state.ts';
import { decideSituation } from '../decide-situation.ts';
import type { Finding } from '../finding.ts';
import { idleState } from '../idle-state.ts';
import { usesOf } from '../pool-uses.ts';
import { reach } from '../reach.ts';
import type { CheckInput, Subject } from '../subject.ts';
import { NO_WITNESS, witnessOf } from '../witness.ts';
import { named } from '../words.ts';

/** A member of a pool. */
export interface PoolMember {
  readonly pool: Pool;
  readonly id: string;
  /** null: inactive, there is no such rep. */
  readonly rep: Rep | null;
  /** That a lead has what the pool requires of them; null: it requires nothing. */
  readonly suits: Condition | null;
}

/** Every member of every pool. */
export const poolMembersOf = ({ compiled, reps, now }: CheckInput): readonly PoolMember[] => {
  const { pools, fields, timezone } = compiled.policy;
  const team = teamLookUp(reps);
  const known = new Map(reps.map((rep) => [rep.id, rep]));
  return pools.flatMap((pool) =>
    poolMembers(pool, team, { now, timezone }).list.map(({ rep: id }) => {
      const rep = known.get(id) ?? null;
      const suits = rep === null || pool.requires.length === 0 ? null : suitsRep(pool.requires, rep, fields);
      return { pool, id, rep, suits };
    }),
  );
};

/** As `unmetRequirement` judges, turned into a condition on the lead. */
const suitsRep = (requires: readonly Requirement[], rep: Rep, fields: Fields): Condition => ({
  kind: 'all',
  of: requires.map(({ field, op, skill, whenMissing }): Condition => {
    const has = rep.skills[skill] ?? [];
    const words = typeof has === 'string' ? [has] : has;
    if (op === 'eq' && words.length !== 1) return { kind: 'any', of: [] };
    const test = { field, type: fields[field]!.type };
    const values = words.flatMap((word) => asValue(fields[field]!, word));
    const missing = words.some((word) => word.toLowerCase() === whenMissing?.toLowerCase());
    return {
      kind: 'any',
      of: [
        ...(values.length > 0 ? [{ kind: 'member', ...test, op: 'in', values } as const] : []),
        ...(missing ? [{ kind: 'presence', ...test, present: false } as const] : []),
      ],
    };
  }),
});

/** A skill as a value of the lead's field, where it is one: a country's name is none, its code is. */
const asValue = (field: Field, word: string): readonly string[] => {
  const read = valueReader(field, 'json')(word);
  return typeof read === 'string' && read.toLowerCase() === word.toLowerCase() ? [read] : [];
};

/** Members to whom no lead of their pool can come. */
export const findUnreachableMembers = (
  subject: Subject,
  members: readonly PoolMember[],
): readonly Finding[] =>
  members.flatMap((member) => {
    const uses = usesOf(subject.compiled.policy, member.pool.id);
    if (uses.length === 0) return [];
    const why = neverTakes(member);
    if (why !== null) return [unreachable(member, why, NO_WITNESS)];
    const { suits } = member;
    if (suits === null || uses.some((rule) => reach(subject, rule, [suits]).kind !== 'none')) return [];
    return [
      unreachable(member, 'no lead that comes to it asks for their skills', passedOver(subject, member)),
    ];
  });

const neverTakes = ({ rep }: PoolMember): string | null => {
  if (rep === null) return 'they are inactive';
  const cap = CAPS.find((one) => rep.capacity[one] === 0);
  return cap === undefined ? null : `their cap ${cap} is 0`;
};

/** A lead that comes to the pool and passes the member over for their skills, as the real decision says. */
const passedOver = (subject: Subject, { pool, id }: PoolMember): Pick<Finding, 'witness' | 'at'> => {
  const { policy } = subject.compiled;
  const state = idleState(subject);
  for (const rule of usesOf(policy, pool.id)) {
    const reached = reach(subject, rule);
    if (reached.kind !== 'lead') continue;
    const { steps } = decideSituation(subject, state, reached.situation);
    const candidates = steps.find((step) => step.pool === pool.id)?.candidates ?? [];
    if (candidates.some(({ rep, code }) => rep === id && code === 'missing_skill'))
      return witnessOf(policy.fields, reached.situation);
  }
  return NO_WITNESS;
};

const unreachable = (
  { pool, id, rep }: PoolMember,
  why: string,
  witness: Pick<Finding, 'witness' | 'at'>,
): Finding => ({
  severity: 'warning',
  code: 'unreachable_member',
  rules: [],
  pool: pool.id,
  rep: id,
  message: `“${rep?.name ?? id}” never gets a lead of ${named(pool)}: ${why}.`,
  ...witness,
});
