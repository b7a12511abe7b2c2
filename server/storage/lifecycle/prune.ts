import { sql } from 'kysely';
import type { Trx } from '../storage.ts';

/** Removes at most so many rows of each kind that ended, or was closed, before an instant. How many of each. */
export const prune = async (
  trx: Trx,
  tenantId: string,
  before: { readonly deliveries: number; readonly replies: number },
  most: number,
): Promise<Readonly<Record<string, number>>> => {
  const [deliveries, replies] = [new Date(before.deliveries), new Date(before.replies)];
  const remove = async (table: string, over: ReturnType<typeof sql>): Promise<number> => {
    const name = sql.table(table);
    const { numAffectedRows = 0n } = await sql`
      delete from ${name} where ctid = any (array(
        select ctid from ${name} where tenant_id = ${tenantId} and ${over} limit ${most}))`.execute(trx);
    return Number(numAffectedRows);
  };
  return {
    // What was refused waits for a person; it goes with its lead.
    delivery: await remove(
      'delivery',
      sql`state not in ('pending', 'refused') and told_at is not null and done_at < ${deliveries}`,
    ),
    alert: await remove('alert', sql`closed_at < ${deliveries}`),
    reply: await remove('reply', sql`created_at < ${replies}`),
  };
};
