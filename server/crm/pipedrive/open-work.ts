import type { CallPipedrive, Company } from './client.ts';
import { PATHS } from './facts.ts';
import { readPages } from './pages.ts';

/** Pages of open leads that are counted: twenty thousand leads. */
const MOST_PAGES = 40;

/** Open leads of each owner: those neither archived nor converted, five hundred to a call. Throws AppError. */
export const countOpenWork = async (
  call: CallPipedrive,
  company: Company,
): Promise<Readonly<Record<string, number>>> => {
  const leads = await readPages(call, company, {
    path: PATHS.leads,
    purpose: 'background',
    mostPages: MOST_PAGES,
  });
  const counts: Record<string, number> = {};
  for (const { owner_id } of leads) counts[owner_id] = (counts[owner_id] ?? 0) + 1;
  return counts;
};
