import { sql } from 'kysely';
import type { Trx } from '../storage.ts';

/** Matches everybody known in the connections, or in one of them, to the active rep of the same e-mail address. */
export const matchPeople = async (trx: Trx, tenantId: string): Promise<void> => {
  await sql`
    update rep_identity as identity set rep_id = (
      select rep.id from rep
      where rep.tenant_id = ${tenantId} and rep.active
        and lower(rep.document->>'email') = lower(identity.details->>'email')
      limit 1)
    where identity.tenant_id = ${tenantId}`.execute(trx);
};

/** Tells the lane that reps or their identities are not what it remembers, and lets waiting leads be looked at. */
export const raiseRoster = async (trx: Trx, tenantId: string): Promise<void> => {
  await sql`update lane set roster_version = roster_version + 1, drain_at = now() where tenant_id = ${tenantId}`.execute(
    trx,
  );
};
