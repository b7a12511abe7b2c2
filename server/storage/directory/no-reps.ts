import type { NoReps } from '../../assignments/first-steps/ports.ts';
import type { Storage } from '../storage.ts';

/** Who is no rep, in the tenant's rows. */
export const createNoReps = (storage: Storage): NoReps => ({
  list: (tenantId) =>
    storage.withTenant(tenantId, async (trx) => {
      const rows = await trx.selectFrom('no_rep').select('email').where('tenant_id', '=', tenantId).execute();
      return rows.map(({ email }) => email);
    }),
  add: (tenantId, { emails, by, at }) =>
    storage.withTenant(tenantId, async (trx) => {
      if (emails.length === 0) return;
      await trx
        .insertInto('no_rep')
        .values(emails.map((email) => ({ tenant_id: tenantId, email, said_by: by, at: new Date(at) })))
        .onConflict((conflict) => conflict.columns(['tenant_id', 'email']).doNothing())
        .execute();
    }),
  remove: (tenantId, emails) =>
    storage.withTenant(tenantId, async (trx) => {
      if (emails.length === 0) return;
      await trx
        .deleteFrom('no_rep')
        .where('tenant_id', '=', tenantId)
        .where('email', 'in', [...emails])
        .execute();
    }),
});
