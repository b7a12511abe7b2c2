import type { CompiledPolicy } from '../decide/compiled-policy.ts';
import type { RoutingState } from '../state.ts';
import { assignAll, type Choice } from './assign-all.ts';
import { createFits, type Fit } from './fits.ts';
import type { OpenLead } from './open-lead.ts';
import { createPlaces, type Places } from './places.ts';

/** Where a lead is to go, and why there. */
export interface Move {
  readonly lead: string;
  /** null: the policy decides it afresh. */
  readonly to: string | null;
  /**
   * `account_kept`: with the other leads of its account; `account_known`: to somebody who works with that account;
   * `best`: the cheapest place of all taken together; `no_pool`: no pool shares it; `nobody`: nobody of its pool can.
   */
  readonly because: 'account_kept' | 'account_known' | 'best' | 'no_pool' | 'nobody';
}

/** What a plan is made from. `now` in epoch milliseconds. */
export interface Leaving {
  readonly rep: string;
  readonly leads: readonly OpenLead[];
  /** Who else has open leads of an account: its people. */
  readonly accounts: ReadonlyMap<string, readonly string[]>;
  readonly compiled: CompiledPolicy;
  readonly state: RoutingState;
  readonly now: number;
}

/** Leads that are placed together at the least cost; of more, the next so many after those. */
const TOGETHER = 300;

/**
 * Whom the open leads of a leaving rep go to: eligible members of each lead's pool who suit it and have room, at the
 * least cost of fit, load and what the pool owes, taken over all leads together. Leads of one account stay together
 * where somebody can take them all. The order in which leads are given does not matter: they are taken by id.
 */
export const planOffboarding = (leaving: Leaving): readonly Move[] => {
  const leads = leaving.leads.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const fits = createFits(leaving);
  const places = createPlaces(leaving);
  const moves = new Map<string, Move>();
  for (const group of accountsOf(leads)) {
    const to = forAll(group, fits, places);
    if (to === null) continue;
    for (const lead of group) {
      places.take(to, lead.pool!);
      moves.set(lead.id, { lead: lead.id, to, because: 'account_kept' });
    }
  }
  const single = leads.filter(({ id }) => !moves.has(id));
  for (let from = 0; from < single.length; from += TOGETHER)
    for (const move of placeTogether(single.slice(from, from + TOGETHER), fits, places))
      moves.set(move.lead, move);
  return leads.map(({ id }) => moves.get(id)!);
};

/** Leads of accounts that have several, the largest account first. */
const accountsOf = (leads: readonly OpenLead[]): readonly (readonly OpenLead[])[] => {
  const accounts = Map.groupBy(
    leads.filter(({ account, pool }) => account !== null && pool !== null),
    ({ account }) => account,
  );
  return [...accounts]
    .filter(([, group]) => group.length > 1)
    .sort(([a, one], [b, other]) => other.length - one.length || (a! < b! ? -1 : 1))
    .map(([, group]) => group);
};

/** The cheapest rep who can take all of them; null: nobody can. */
const forAll = (
  leads: readonly OpenLead[],
  fits: (lead: OpenLead) => readonly Fit[],
  places: Places,
): string | null => {
  const all = leads.map((lead) => new Map(fits(lead).map(({ rep, cost }) => [rep, cost])));
  let best: { readonly rep: string; readonly cost: number } | null = null;
  for (const rep of [...all[0]!.keys()].sort()) {
    if (!all.every((costs) => costs.has(rep)) || places.room(rep) < leads.length) continue;
    const fit = all.reduce((sum, costs) => sum + costs.get(rep)!, 0);
    const cost =
      fit +
      places.costOfAll(
        rep,
        leads.map(({ pool }) => pool!),
      );
    if (best === null || cost < best.cost) best = { rep, cost };
  }
  return best?.rep ?? null;
};

const placeTogether = (
  leads: readonly OpenLead[],
  fits: (lead: OpenLead) => readonly Fit[],
  places: Places,
): readonly Move[] => {
  const bins = new Map<string, number>();
  const groups = new Map<string, { readonly rep: string; readonly pool: string; readonly bin: number }>();
  const choices: (Choice & { readonly rep: string; readonly known: boolean })[] = [];
  leads.forEach((lead, item) => {
    for (const { rep, cost, known } of fits(lead)) {
      const bin = placeOf(bins, rep);
      const key = `${lead.pool}\n${rep}`;
      if (!groups.has(key)) groups.set(key, { rep, pool: lead.pool!, bin });
      choices.push({ item, group: [...groups.keys()].indexOf(key), cost, rep, known });
    }
  });
  const taken = assignAll({
    items: leads.length,
    choices,
    groups: [...groups.values()].map(({ rep, pool, bin }) => ({
      bin,
      steps: places.owedSteps(rep, pool, leads.length),
    })),
    bins: [...bins.keys()].map((rep) => ({ steps: places.loadSteps(rep, leads.length) })),
  });
  return leads.map((lead, item): Move => {
    const choice = taken[item] == null ? undefined : choices[taken[item]];
    if (choice === undefined)
      return { lead: lead.id, to: null, because: lead.pool === null ? 'no_pool' : 'nobody' };
    places.take(choice.rep, lead.pool!);
    return { lead: lead.id, to: choice.rep, because: choice.known ? 'account_known' : 'best' };
  });
};

const placeOf = (places: Map<string, number>, key: string): number => {
  const known = places.get(key);
  if (known !== undefined) return known;
  places.set(key, places.size);
  return places.size - 1;
};
