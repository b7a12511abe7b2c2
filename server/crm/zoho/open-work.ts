import type { CallZoho, Org } from './client.ts';
import { CLOSED_STATUSES, CONVERTED_FIELD } from './facts.ts';
import { idIn, listed, queryRows } from './query.ts';

/**
 * How many leads each owner has to work on: neither converted nor in a closed status. One call for up to two hundred
 * owners. @unverified OPEN_WORK Grouping by the owner, a lookup.
 */
export const countOpenWork = async (call: CallZoho, org: Org): Promise<Readonly<Record<string, number>>> => {
  const rows = await queryRows(call, org, {
    query: `select Owner, COUNT(id) as open from Leads where (${CONVERTED_FIELD} = false and (Lead_Status not in ${listed(CLOSED_STATUSES)} or Lead_Status is null)) group by Owner`,
    purpose: 'background',
  });
  return Object.fromEntries(
    rows.flatMap(({ Owner, open }) => {
      const id = idIn(Owner);
      return id === null ? [] : [[id, Number(open)] as const];
    }),
  );
};
