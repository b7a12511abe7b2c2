import { absenceOf, blockOf, isThere } from '../decide/eligibility.ts';
import { poolMembers } from '../decide/members.ts';
import { dutyNow } from '../decide/stand-ins.ts';
import type { RepState } from '../state.ts';
import type { OpenLead } from './open-lead.ts';
import type { Leaving } from './plan-offboarding.ts';

/** A rep who can have a lead, and what speaks against it. A lead owed or given counts 1,000. */
export interface Fit {
  readonly rep: string;
  readonly cost: number;
  /** They work with the lead's account. */
  readonly known: boolean;
}

const HOUR = 3_600_000;
/** What it costs that the rep is away: the longer, the more. */
const AWAY = [
  [24 * HOUR, 300],
  [72 * HOUR, 1_500],
] as const;
const AWAY_LONGER = 6_000;
/** What it costs to take an account from whom it is with. */
const STRANGER = 4_000;

/**
 * Who can have a lead: members of its pool who take leads, have not declined it and have the skills it asks for. Who is
 * away can have it, at a cost; how much room they have is looked at for all leads together.
 */
export const createFits = ({ rep: leaver, accounts, compiled, state, now }: Leaving) => {
  const kept = new Map<string, readonly Fit[]>();
  const work = ({ pool: id, lead, account }: OpenLead): readonly Fit[] => {
    const pool = id === null ? undefined : compiled.pool(id);
    if (pool === undefined) return [];
    const with_ = account === null ? [] : (accounts.get(account) ?? []);
    const members = poolMembers(pool, state.team, { now, timezone: compiled.policy.timezone });
    const there = (rep: string): boolean => rep !== leaver && isThere(state.rep(rep), pool, now);
    const { off } = dutyNow(members, there);
    return members.list.flatMap(({ rep }): Fit[] => {
      const found = state.rep(rep);
      if (rep === leaver || found === undefined) return [];
      if (
        blockOf(rep, { ...found, capacity: {} }, { absence: null, duty: off?.get(rep) }, pool, lead) !== null
      )
        return [];
      const known = with_.includes(rep);
      const stranger = with_.length > 0 && !known ? STRANGER : 0;
      const away = absenceOf(found, pool, now) === null ? 0 : awayCost(found, now);
      return [{ rep, cost: stranger + away, known }];
    });
  };
  return (lead: OpenLead): readonly Fit[] => {
    const fits = kept.get(lead.id) ?? work(lead);
    kept.set(lead.id, fits);
    return fits;
  };
};

const awayCost = ({ availability: { backAt } }: RepState, now: number): number => {
  if (backAt === null) return AWAY_LONGER;
  return AWAY.find(([within]) => backAt <= now + within)?.[1] ?? AWAY_LONGER;
};
