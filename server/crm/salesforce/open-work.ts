import type { CallSalesforce, Org } from './client.ts';
import { CLOSED_STATUSES } from './facts.ts';
import { listed, queryRows } from './query.ts';

/** How many leads each owner has to work on: neither converted nor in a closed status. One call for all. */
export const countOpenWork = async (
  call: CallSalesforce,
  org: Org,
): Promise<Readonly<Record<string, number>>> => {
  const rows = await queryRows(call, org, {
    soql: `SELECT OwnerId, COUNT(Id) open FROM Lead WHERE IsConverted = false AND Status NOT IN ${listed(CLOSED_STATUSES)} GROUP BY OwnerId`,
    purpose: 'background',
  });
  return Object.fromEntries(rows.map(({ OwnerId, open }) => [String(OwnerId), Number(open)]));
};
