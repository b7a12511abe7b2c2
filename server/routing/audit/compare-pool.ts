import { LEAD } from '../ledger/shares.ts';

/** A lead that a pool takes, and whom it went to in either way. */
export interface SharedLead {
  /** Millionths of a lead that each member was owed of it: those who could have had it, by their weights. */
  readonly shares: Readonly<Record<string, number>>;
  readonly ours: string;
  /** null: nobody had it. */
  readonly theirs: string | null;
}

/** What a member was owed of a pool's leads, and got in either way. In leads. */
export interface MemberShare {
  readonly rep: string;
  readonly owed: number;
  readonly theirs: number;
  readonly ours: number;
}

/** Who is furthest from what they were owed: leads too many, or, below zero, too few. */
export interface Furthest {
  readonly rep: string;
  readonly by: number;
}

/** How either way kept to the shares that a pool owes, both over the same leads. */
export interface PoolComparison {
  readonly leads: number;
  /** Furthest from their share today first. */
  readonly members: readonly MemberShare[];
  /** Leads that went to somebody who is no member, and that nobody had. */
  readonly outside: number;
  readonly nobody: number;
  readonly theirs: Furthest;
  readonly ours: Furthest;
}

/**
 * Compares what members got with what they were owed. Each lead is owed to who could have had it when it came, so that
 * rules, weights, working hours and time off are in the shares. `members`: the pool's, whether or not they could have
 * had any. null: there is no lead or nobody to be owed any.
 */
export const comparePool = (
  leads: readonly SharedLead[],
  members: readonly string[],
): PoolComparison | null => {
  const owed = new Map(members.map((rep) => [rep, 0]));
  for (const { shares } of leads)
    for (const [rep, share] of Object.entries(shares)) owed.set(rep, (owed.get(rep) ?? 0) + share);
  if (leads.length === 0 || owed.size === 0) return null;
  const theirs = countBy(leads.map((lead) => lead.theirs));
  const ours = countBy(leads.map((lead) => lead.ours));
  const all = [...owed].map(([rep, millionths]) => ({
    rep,
    owed: millionths / LEAD,
    theirs: theirs.get(rep) ?? 0,
    ours: ours.get(rep) ?? 0,
  }));
  const nobody = theirs.get(null) ?? 0;
  return {
    leads: leads.length,
    members: all.sort((a, b) => offBy(b, 'theirs') - offBy(a, 'theirs') || (a.rep < b.rep ? -1 : 1)),
    outside: leads.length - nobody - all.reduce((sum, member) => sum + member.theirs, 0),
    nobody,
    theirs: furthest(all, 'theirs'),
    ours: furthest(all, 'ours'),
  };
};

type Side = 'theirs' | 'ours';

const countBy = (reps: readonly (string | null)[]): ReadonlyMap<string | null, number> => {
  const counts = new Map<string | null, number>();
  for (const rep of reps) counts.set(rep, (counts.get(rep) ?? 0) + 1);
  return counts;
};

const offBy = (member: MemberShare, side: Side): number => Math.abs(member[side] - member.owed);

const furthest = (members: readonly MemberShare[], side: Side): Furthest => {
  const most = members.reduce((worst, one) => (offBy(one, side) > offBy(worst, side) ? one : worst));
  return { rep: most.rep, by: most[side] - most.owed };
};
