import { sql } from 'kysely';
import type { ChangeReply, People, PersonEntry } from '../../assignments/people-ports.ts';
import type { NamedRef } from '../../assignments/views.ts';
import type { NewId } from '../../base/ids.ts';
import type { Role } from '../../base/roles.ts';
import type { Storage, Trx } from '../storage.ts';
import { inMs, inUse, standing } from './ends-by-itself.ts';
import { personSessions } from './person-sessions.ts';

/** How long an invitation stands. Milliseconds. */
const INVITED_MS = 14 * 86_400_000;

interface PersonRow {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly role: Role | null;
  readonly signedInAt: Date | null;
  readonly providers: string[];
  readonly sessions: number;
}

const list = async (trx: Trx, tenantId: string): Promise<readonly PersonEntry[]> => {
  const { rows } = await sql<PersonRow>`
    select id, name, email, role, signed_in_at as "signedInAt",
      array(select distinct provider from identity where person_id = person.id order by 1) as providers,
      (select count(*)::int from session where person_id = person.id and role = person.role
        and ${standing} and ${inUse}) as sessions
    from person where tenant_id = ${tenantId} and removed_at is null order by lower(name), id`.execute(trx);
  return rows;
};

/** Changes a role, or (null) removes, with the tenant's other changes held back: two owners could each remove the other. */
const change = async (
  trx: Trx,
  tenantId: string,
  personId: string,
  role: Role | null,
): Promise<ChangeReply> => {
  await trx.selectFrom('tenant').select('id').where('id', '=', tenantId).forUpdate().execute();
  const people = trx.selectFrom('person').where('tenant_id', '=', tenantId).where('removed_at', 'is', null);
  const person = await people.select('role').where('id', '=', personId).executeTakeFirst();
  if (person === undefined) return 'not_found';
  const owners = await people.select('id').where('role', '=', 'owner').execute();
  if (person.role === 'owner' && role !== 'owner' && owners.length === 1) return 'last_owner';
  const gone = { role: null, removed_at: sql<Date>`now()`, email: null, email_verified: false };
  await trx
    .updateTable('person')
    .set(role === null ? gone : { role })
    .where('id', '=', personId)
    .execute();
  if (role !== person.role) await trx.deleteFrom('session').where('person_id', '=', personId).execute();
  return 'done';
};

const invite = async (
  trx: Trx,
  id: string,
  tenantId: string,
  { email: given, role, by }: { readonly email: string; readonly role: Role; readonly by: string },
) => {
  const email = given.toLowerCase();
  const known = await trx
    .selectFrom('person')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('role', 'is not', null)
    .where('email_verified', '=', true)
    .where(sql<string>`lower(email)`, '=', email)
    .executeTakeFirst();
  if (known !== undefined) return 'known' as const;
  const fresh = { id, role, invited_by: by, created_at: sql<Date>`now()`, expires_at: inMs(INVITED_MS) };
  const row = await trx
    .insertInto('invitation')
    .values({ ...fresh, tenant_id: tenantId, email })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'email']).doUpdateSet(fresh))
    .returning('expires_at')
    .executeTakeFirstOrThrow();
  return { id, email, role, expiresAt: row.expires_at };
};

/** The rep of a person's verified address: whom the directory has under it, as people of CRMs are matched. */
const repOf: (storage: Storage) => People['repOf'] = (storage) => async (tenantId, personId) => {
  const person = await storage.directory((trx) =>
    trx
      .selectFrom('person')
      .select('email')
      .where('id', '=', personId)
      .where('tenant_id', '=', tenantId)
      .where('email_verified', '=', true)
      .executeTakeFirst(),
  );
  const email = person?.email;
  if (!email) return null;
  return storage.withTenant(tenantId, async (trx) => {
    const rep = sql<NamedRef>`
      select id, coalesce(document->>'name', id) as name from rep where tenant_id = ${tenantId} and active and lower(document->>'email') = ${email.toLowerCase()}
      order by id limit 1`;
    return (await rep.execute(trx)).rows[0] ?? null;
  });
};

/** The role of whoever signs in with a connected account and was not invited; null: they wait to be let in. */
export const admittedAs = async (trx: Trx, tenantId: string): Promise<Role | null> => {
  const tenant = trx.selectFrom('tenant').select('admits').where('id', '=', tenantId);
  return ((await tenant.executeTakeFirst())?.admits ?? null) as Role | null;
};

/** The people of tenants, in the directory. */
export const createPeople = (storage: Storage, newId: NewId): People => ({
  list: (tenantId) => storage.directory((trx) => list(trx, tenantId)),
  removed: (tenantId) =>
    storage.directory((trx) =>
      trx
        .selectFrom('person')
        .select(['id', 'name'])
        .where('tenant_id', '=', tenantId)
        .where('removed_at', 'is not', null)
        .execute(),
    ),
  setRole: (tenantId, personId, role) => storage.directory((trx) => change(trx, tenantId, personId, role)),
  remove: (tenantId, personId) => storage.directory((trx) => change(trx, tenantId, personId, null)),
  invitations: (tenantId) =>
    storage.directory(async (trx) => {
      const rows = trx.selectFrom('invitation').select(['id', 'email', 'role', 'expires_at as expiresAt']);
      const found = rows.where('tenant_id', '=', tenantId).where(standing).orderBy('created_at', 'desc');
      return (await found.execute()).map((row) => ({ ...row, role: row.role as Role }));
    }),
  invite: (tenantId, invitation) =>
    storage.directory((trx) => invite(trx, newId('inv'), tenantId, invitation)),
  uninvite: (tenantId, id) =>
    storage.directory(async (trx) => {
      const gone = trx.deleteFrom('invitation').where('tenant_id', '=', tenantId).where('id', '=', id);
      return (await gone.executeTakeFirst()).numDeletedRows === 1n;
    }),
  admits: (tenantId) => storage.directory((trx) => admittedAs(trx, tenantId)),
  setAdmits: async (tenantId, role) => {
    await storage.directory((trx) =>
      trx.updateTable('tenant').set({ admits: role }).where('id', '=', tenantId).execute(),
    );
  },
  repOf: repOf(storage),
  workspace: (tenantId) =>
    storage.directory(async (trx) => {
      const tenant = trx.selectFrom('tenant').select('name').where('id', '=', tenantId);
      return (await tenant.executeTakeFirst())?.name ?? '';
    }),
  ...personSessions(storage),
});
