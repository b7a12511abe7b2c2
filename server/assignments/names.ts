import type { Policy } from '../routing/policy/schema.ts';
import { plainLine } from '../routing/render/plain-line.ts';
import type { Names } from '../routing/render/render-decision.ts';

const kept = new WeakMap<Policy, Omit<Names, 'rep'>>();

/** Whoever knows reps by id. */
interface Known {
  readonly reps: ReadonlyMap<string, { readonly rep: { readonly name: string } }>;
}

/** What a policy and a roster call things; an id nobody knows is its own name. */
export const namesOf = (policy: Policy | null, roster: Known): Names => ({
  rep: (id) => plainLine(roster.reps.get(id)?.rep.name ?? id),
  ...(policy === null ? NAMELESS : policyNames(policy)),
});

const itself = (id: string): string => id;
const NAMELESS: Omit<Names, 'rep'> = Object.freeze({
  account: itself,
  pool: itself,
  rule: itself,
  queue: itself,
  territory: itself,
  tier: itself,
  points: String,
});

const policyNames = (policy: Policy): Omit<Names, 'rep'> => {
  const known = kept.get(policy);
  if (known !== undefined) return known;
  const names = {
    account: accountNames(policy.accounts ?? []),
    pool: lookUp(policy.pools),
    rule: lookUp(policy.rules),
    queue: lookUp(policy.queues),
    territory: lookUp(policy.territories ?? []),
    tier: lookUp(policy.tiers ?? []),
    points: pointsOf(policy),
  };
  kept.set(policy, names);
  return names;
};

const pointsOf =
  ({ score }: Policy) =>
  (index: number): string => {
    const found = score?.points[index];
    if (found === undefined) return String(index);
    return `${plainLine(found.name)} ${found.points < 0 ? '' : '+'}${found.points}`;
  };

const lookUp = (list: readonly { readonly id: string; readonly name: string }[]) => {
  const names = new Map(list.map(({ id, name }) => [id, plainLine(name)]));
  return (id: string): string => names.get(id) ?? id;
};

/** Accounts by `<list>/<account>`. */
const accountNames = (lists: NonNullable<Policy['accounts']>) => {
  const all = lists.flatMap((list) =>
    list.entries.map(({ id, name }) => ({ id: `${list.id}/${id}`, name: name ?? id })),
  );
  return lookUp(all);
};
