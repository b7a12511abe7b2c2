import { sql } from 'kysely';
import type { NewRep, RepRow, Reps } from '../../assignments/directory-ports.ts';
import type { Storage, Trx } from '../storage.ts';
import { matchPeople, raiseRoster } from './match-people.ts';

const store = async (trx: Trx, tenantId: string, reps: readonly NewRep[]): Promise<void> => {
  await sql`
    insert into rep (tenant_id, id, document)
    select ${tenantId}, given->>'id', given->'document' from jsonb_array_elements(${JSON.stringify(reps)}::jsonb) given
    on conflict (tenant_id, id) do update set document = excluded.document, active = true`.execute(trx);
};

/** Of those who left, what past decisions need to be told in sentences. */
const retire = async (trx: Trx, tenantId: string, staying: readonly string[]): Promise<void> => {
  await sql`
    update rep set active = false,
      document = jsonb_build_object('id', id, 'name', coalesce(document->>'name', id))
    where tenant_id = ${tenantId} and active and not id = any(${staying}::text[])`.execute(trx);
};

/** The directory of reps in the tenant's rows. */
export const createReps = (storage: Storage): Reps => ({
  replace: (tenantId, reps) =>
    storage.withTenant(tenantId, async (trx) => {
      // First the lane's row, which orders this with decisions under way.
      await raiseRoster(trx, tenantId);
      await retire(
        trx,
        tenantId,
        reps.map(({ id }) => id),
      );
      await store(trx, tenantId, reps);
      await matchPeople(trx, tenantId);
    }),
  list: (tenantId) =>
    storage.withTenant(tenantId, async (trx) => {
      const rows = sql<RepRow>`
        select id, lower(document->>'email') as email, document from rep
        where tenant_id = ${tenantId} and active order by id`;
      return (await rows.execute(trx)).rows;
    }),
});
