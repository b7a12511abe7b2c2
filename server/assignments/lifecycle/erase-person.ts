import type { NewId } from '../../base/ids.ts';
import type { Lanes } from '../lane.ts';
import { forgetLeads, type Why } from './forget-leads.ts';
import type { ErasedBecause, KeptData, PersonAsked } from './ports.ts';

/** Leads that one transaction erases. */
export const ERASED_AT_ONCE = 50;

export interface ErasePersonCommand {
  readonly tenantId: string;
  readonly person: PersonAsked;
  readonly by: string;
  readonly because: Exclude<ErasedBecause, 'retention'>;
  /** Only counts. */
  readonly preview?: boolean;
}

export interface ErasePersonParts {
  readonly lanes: Lanes;
  readonly kept: Pick<KeptData, 'leadsOf'>;
  readonly newId: NewId;
}

/**
 * Erases everything that is known of a person: every lead of theirs, with its snapshots, what was written of it and
 * where it stands. Says how many leads those are.
 */
export const erasePerson =
  ({ lanes, kept, newId }: ErasePersonParts) =>
  async ({ tenantId, person, by, because, preview }: ErasePersonCommand): Promise<{ leads: number }> => {
    const leads = await kept.leadsOf(tenantId, person);
    if (preview === true) return { leads: leads.length };
    return { leads: await eraseAll(lanes, tenantId, leads, { id: newId('ers'), by, because }) };
  };

/** Some at a time, so that others have their turn in the lane between. */
export const eraseAll = async (
  lanes: Lanes,
  tenantId: string,
  leads: readonly string[],
  why: Why,
): Promise<number> => {
  let erased = 0;
  for (let at = 0; at < leads.length; at += ERASED_AT_ONCE)
    erased += await lanes.submit(tenantId, forgetLeads(leads.slice(at, at + ERASED_AT_ONCE), why));
  return erased;
};
