import { sql } from 'kysely';
import type { Looker } from '../../assignments/permissions.ts';
import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { Trx } from '../storage.ts';

/**
 * Who a person of a CRM is here. A connection's settings may name admins by e-mail (`admins`): they may give any lead
 * to anybody, reps or not.
 */
export const readLooker = async (
  trx: Trx,
  { id, tenantId, settings }: Pick<ConnectionInfo, 'id' | 'tenantId' | 'settings'>,
  userId: string | null,
): Promise<Looker> => {
  if (userId === null) return { repId: null, admin: false };
  const found = await trx
    .selectFrom('rep_identity')
    .select(['rep_id', sql<string | null>`lower(details->>'email')`.as('email')])
    .where('tenant_id', '=', tenantId)
    .where('connection_id', '=', id)
    .where('kind', '=', 'owner')
    .where(sql`details->>'userId'`, '=', userId)
    .executeTakeFirst();
  const admins = Array.isArray(settings.admins) ? settings.admins : [];
  const admin = admins.some((email) => typeof email === 'string' && email.toLowerCase() === found?.email);
  return { repId: found?.rep_id ?? null, admin };
};
