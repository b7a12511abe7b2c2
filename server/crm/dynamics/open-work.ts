import type { CallDynamics, Environment } from './client.ts';
import { LEAD_STATES } from './facts.ts';
import { ownerIn } from './owners.ts';
import { ANNOTATED, pagesOf } from './query.ts';

/** How many open leads each owner has: five thousand to a call, as aggregates end at fifty thousand rows. */
export const countOpenWork = async (
  call: CallDynamics,
  environment: Environment,
): Promise<Readonly<Record<string, number>>> => {
  const counts: Record<string, number> = {};
  const pages = pagesOf(call, environment, {
    path: 'leads',
    query: { $select: '_ownerid_value', $filter: `statecode eq ${LEAD_STATES.open}` },
    prefer: ANNOTATED,
    purpose: 'background',
  });
  for await (const { value } of pages)
    for (const row of value) {
      const owner = ownerIn(row);
      if (owner !== null) counts[owner] = (counts[owner] ?? 0) + 1;
    }
  return counts;
};
