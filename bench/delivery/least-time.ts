import type { ScenarioCrm } from '../../test/scenario/scenario-crm.ts';

type Vendor = ScenarioCrm['vendor'];

/** So many units in a window, whatever a unit is. Milliseconds. */
interface Rate {
  readonly units: number;
  readonly windowMs: number;
}

/**
 * What each vendor publishes for one app in one account, as the stand-ins enforce it; null: calls are not rationed by
 * time. A unit is a call; Dataverse counts a batch as one. Pipedrive's is that of the stand-in's plan, Premium.
 */
const PUBLISHED: Readonly<Record<Vendor, Rate | null>> = {
  hubspot: { units: 110, windowMs: 10_000 },
  salesforce: null,
  dynamics: { units: 6_000, windowMs: 300_000 },
  zoho: null,
  pipedrive: { units: 400, windowMs: 2_000 },
};

/** The least time in which so many units fit, from a first full window on. Milliseconds. */
export const leastTime = (vendor: Vendor, units: number): number => {
  const rate = PUBLISHED[vendor];
  if (rate === null || units === 0) return 0;
  // A whole window may be used at once; what is left of the last one needs no waiting for its end.
  return Math.floor((units - 1) / rate.units) * rate.windowMs;
};

/** How long nothing must be sent for the whole of a burst to be free again. Dataverse's is never used up. Milliseconds. */
export const windowOf = (vendor: Vendor): number => Math.min(PUBLISHED[vendor]?.windowMs ?? 0, 10_000);
