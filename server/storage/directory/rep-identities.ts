import { sql } from 'kysely';
import type { Person, RepIdentities } from '../../assignments/directory-ports.ts';
import type { Storage, Trx } from '../storage.ts';
import { matchPeople, raiseRoster } from './match-people.ts';

const toStored = ({ kind, externalId, email, name, details, times }: Person) => ({
  kind,
  external_id: externalId,
  details: {
    ...details,
    ...(times && { times }),
    ...(email === null ? {} : { email }),
    ...(name === null ? {} : { name }),
  },
});

const store = async (
  trx: Trx,
  tenantId: string,
  connectionId: string,
  people: readonly Person[],
): Promise<void> => {
  await sql`
    insert into rep_identity (tenant_id, connection_id, kind, external_id, details)
    select ${tenantId}, ${connectionId}, given.kind, given.external_id, given.details
    from json_to_recordset(${JSON.stringify(people.map(toStored))}::json) as given(kind text, external_id text, details jsonb)
    -- Reading people takes minutes: the workspace may have been deleted meanwhile.
    where exists (select from tenant where id = ${tenantId})
    on conflict do nothing`.execute(trx);
};

const readMatches = async (
  trx: Trx,
  tenantId: string,
  connectionId: string,
): Promise<Map<string, string | null>> => {
  const rows = await trx
    .selectFrom('rep_identity')
    .select(['kind', 'external_id', 'rep_id'])
    .where('tenant_id', '=', tenantId)
    .where('connection_id', '=', connectionId)
    .execute();
  return new Map(rows.map((row) => [`${row.kind}/${row.external_id}`, row.rep_id]));
};

/** Who the reps are in each connection, in the tenant's rows. */
export const createRepIdentities = (storage: Storage): RepIdentities => ({
  replace: (tenantId, connectionId, people) =>
    storage.withTenant(tenantId, async (trx) => {
      await raiseRoster(trx, tenantId);
      const known = trx.deleteFrom('rep_identity').where('tenant_id', '=', tenantId);
      await known.where('connection_id', '=', connectionId).execute();
      await store(trx, tenantId, connectionId, people);
      await matchPeople(trx, tenantId);
      const matches = await readMatches(trx, tenantId, connectionId);
      return people.map((person) => ({
        person,
        repId: matches.get(`${person.kind}/${person.externalId}`) ?? null,
      }));
    }),
});
