import { sql } from 'kysely';
import type { Alerts } from '../assignments/ports.ts';
import type { NewId } from '../base/ids.ts';
import type { Storage } from './storage.ts';

/** Alerts in the tenant's rows. */
export const createAlertStore = (
  storage: Storage,
  newId: NewId,
): Alerts & {
  /** Closes whatever is open about a connection, under its id or, in words, of it. */
  readonly closeAbout: (tenantId: string, connectionId: string) => Promise<void>;
} => ({
  open: (tenantId, { kind, subject, detail }) =>
    storage.withTenant(tenantId, async (trx) => {
      // Whatever was at work for a workspace that is deleted has nobody to tell any more.
      await sql`insert into alert (tenant_id, id, kind, subject, detail, opened_at)
        select ${tenantId}, ${newId('alr')}, ${kind}, ${subject}, ${JSON.stringify(detail)}::jsonb, now()
        where exists (select from tenant where id = ${tenantId})
        on conflict (tenant_id, kind, subject) where closed_at is null
        do update set detail = excluded.detail`.execute(trx);
    }),
  close: (tenantId, kind, subject) =>
    storage.withTenant(tenantId, async (trx) => {
      await sql`update alert set closed_at = now()
        where tenant_id = ${tenantId} and kind = ${kind} and subject = ${subject} and closed_at is null`.execute(
        trx,
      );
    }),
  closeAbout: (tenantId, connectionId) =>
    storage.withTenant(tenantId, async (trx) => {
      await sql`update alert set closed_at = now()
        where tenant_id = ${tenantId} and closed_at is null
          and (subject = ${connectionId} or subject like ${`% of ${connectionId}`})`.execute(trx);
    }),
});
