import { sql } from 'kysely';
import type { RepAway } from '../../assignments/away-ports.ts';
import type { NewId } from '../../base/ids.ts';
import { statement } from '../lane-store/statements.ts';
import type { Storage, Trx } from '../storage.ts';
import { raiseRoster } from './match-people.ts';

/** The Home in Slack is drawn once more when the time off ends; a changed or ended one takes that back. */
const drawAtEnd = async (trx: Trx, tenantId: string, repId: string, id: string, until: number | null) => {
  const key = `home-back/${repId}`;
  await sql`
    update delivery set state = 'superseded', done_at = now(), told_at = now()
    where tenant_id = ${tenantId} and key = ${key} and state = 'pending'
      and connection_id in (select connection_id from slack_home where tenant_id = ${tenantId} and rep_id = ${repId})`.execute(
    trx,
  );
  if (until === null) return;
  await sql`
    insert into delivery (tenant_id, id, connection_id, kind, priority, key, body, due_at, created_at)
    select tenant_id, ${id}, connection_id, 'slack_home', -2, ${key},
      jsonb_build_object('repId', rep_id, 'slackUserId', slack_user_id), ${new Date(until)}::timestamptz, now()
    from slack_home where tenant_id = ${tenantId} and rep_id = ${repId}
    order by opened_at desc limit 1`.execute(trx);
};

/** Time off that reps set themselves, in the tenant's rows. */
export const createRepAway = (storage: Storage, newId: NewId): RepAway => ({
  set: (tenantId, repId, away, now) =>
    storage.withTenant(tenantId, async (trx, tx) => {
      // First the lane's row, which orders this with decisions under way.
      await raiseRoster(trx, tenantId);
      const until = away?.until ?? null;
      const { numUpdatedRows } = await trx
        .updateTable('rep')
        .set({
          away_since: away === null ? null : new Date(away.since),
          away_until: until === null ? null : new Date(until),
        })
        .where('tenant_id', '=', tenantId)
        .where('id', '=', repId)
        .where('active', '=', true)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) return false;
      await drawAtEnd(trx, tenantId, repId, newId('dlv'), until);
      const home = { delivery_id: newId('dlv'), rep_id: repId, due_at: now };
      await tx.pipeline([statement('wake-homes', tenantId, new Date(now), JSON.stringify([home]))]);
      return true;
    }),
});
