import { AppError } from '../../base/app-error.ts';
import type { PublishingParts } from './draft-parts.ts';
import type { PublishingRules } from './ports.ts';
import type { Publishing } from './publishing.ts';
import { isAmong } from './same-person.ts';

/** The rules as they are kept, with what one person has asked to loosen and a second one has not. */
export type StoredRules = PublishingRules & {
  readonly loosening?: { readonly rules: PublishingRules; readonly by: string; readonly at: number } | null;
};

/** How long a second person has to agree to looser rules. Milliseconds. */
const AGREE_WITHIN = 86_400_000;

/** Changes how versions go live. Two people's rule is not one person's to take back. */
export const setRules =
  ({
    policies,
    settings,
    holders,
    now,
  }: Pick<PublishingParts, 'policies' | 'settings' | 'holders' | 'now'>): Publishing['setRules'] =>
  async ({ tenantId, by, rules: change }) => {
    const { loosening, ...rules }: StoredRules = await policies.rules(tenantId);
    const wanted: PublishingRules = {
      approvals: change.approvals ?? rules.approvals,
      cleanCheck: change.cleanCheck ?? rules.cleanCheck,
      simulation: change.simulation ?? rules.simulation,
    };
    const agreed =
      loosening != null &&
      loosening.at > now() - AGREE_WITHIN &&
      isSame(loosening.rules, wanted) &&
      !(await isAmong(holders, tenantId, by, [loosening.by]));
    if (rules.approvals === 1 && isLooser(wanted, rules) && !agreed) {
      await settings.change(tenantId, {
        publishing: { ...rules, loosening: { rules: wanted, by, at: now() } },
      });
      throw new AppError(
        'approval_needed',
        'Two people publish here, so two have to ask for less than that: have somebody else send the same within a day. An API key counts as whoever made or replaced it.',
        { status: 409 },
      );
    }
    await settings.change(tenantId, { publishing: wanted });
    return wanted;
  };

const isLooser = (wanted: PublishingRules, rules: PublishingRules): boolean =>
  wanted.approvals < rules.approvals ||
  (rules.cleanCheck && !wanted.cleanCheck) ||
  (rules.simulation && !wanted.simulation);

const isSame = (a: PublishingRules, b: PublishingRules): boolean =>
  a.approvals === b.approvals && a.cleanCheck === b.cleanCheck && a.simulation === (b.simulation ?? false);
