import type { CallPipedrive, Company } from './client.ts';
import { DEAL_FIELDS, PATHS, sinceText } from './facts.ts';
import type { Purpose } from './limits.ts';
import { readPages } from './pages.ts';

/** How far back a lead that is gone is looked for among the deals. Milliseconds. */
const LOOK_BACK_MS = 24 * 3_600_000;

/** The deals that leads became, by the lead's id: those changed lately, in one call. Throws AppError. */
export const readConverted = async (
  call: CallPipedrive,
  company: Company,
  ways: { readonly now: number; readonly purpose: Purpose; readonly until?: number },
): Promise<ReadonlyMap<string, { readonly dealId: string; readonly ownerId: string }>> => {
  const { now, ...rest } = ways;
  const deals = await readPages(call, company, {
    ...rest,
    path: PATHS.deals,
    query: {
      ...DEAL_FIELDS,
      updated_since: sinceText(now - LOOK_BACK_MS),
      sort_by: 'update_time',
      sort_direction: 'desc',
    },
    mostPages: 1,
  });
  return new Map(
    deals.flatMap(({ id, owner_id, source_lead_id: lead }) =>
      typeof lead === 'string' ? [[lead, { dealId: String(id), ownerId: String(owner_id) }] as const] : [],
    ),
  );
};
