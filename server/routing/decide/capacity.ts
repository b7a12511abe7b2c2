import { CAPS, type Cap, type RepState } from '../state.ts';

/** The first of a rep's caps that has no room for one more lead, or null. Caps count over all pools and CRMs. */
export const fullCap = (rep: RepState): Cap | null => {
  for (const cap of CAPS) {
    const limit = rep.capacity[cap];
    if (limit !== undefined && rep.load[cap] >= limit) return cap;
  }
  return null;
};

/** When the rep's full caps will all have freed by themselves; null: open work is full, or nothing is. */
export const capacityFreesAt = (rep: RepState): number | null => {
  let freesAt: number | null = null;
  for (const cap of CAPS) {
    const limit = rep.capacity[cap];
    if (limit === undefined || rep.load[cap] < limit) continue;
    if (cap === 'open' || limit === 0) return null;
    freesAt = Math.max(freesAt ?? 0, rep.windowEnds[cap]);
  }
  return freesAt;
};
