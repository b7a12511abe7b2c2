import { sql } from 'kysely';
import type { Identity } from '../../assignments/sign-in-ports.ts';
import type { NewId } from '../../base/ids.ts';
import type { Role } from '../../base/roles.ts';
import type { Invited, KnownPerson, PeopleBook } from '../../installs/sign-in/people-book.ts';
import type { Storage, Trx } from '../storage.ts';
import { standing } from './ends-by-itself.ts';
import { admittedAs } from './people.ts';
import { makeLane } from './tenants.ts';

const personRow = ({ name, email, emailVerified }: Identity) => ({
  name,
  email,
  email_verified: emailVerified,
  signed_in_at: sql<Date>`now()`,
});

const identityRow = ({ issuer, subject, provider }: Identity, personId: string) => ({
  issuer,
  subject,
  provider,
  person_id: personId,
});

const meet: (storage: Storage) => PeopleBook['meet'] = (storage) => (identity) =>
  storage.directory(async (trx) => {
    const known = await trx
      .selectFrom('identity')
      .innerJoin('person', 'person.id', 'identity.person_id')
      .select(['person.id', 'person.tenant_id', 'person.role', 'person.removed_at', 'person.email_verified'])
      .where('issuer', '=', identity.issuer)
      .where('subject', '=', identity.subject)
      .executeTakeFirst();
    if (known === undefined) return null;
    const { id, tenant_id: tenantId, role, removed_at, email_verified } = known;
    // Of somebody who is out nothing new is kept; and no address takes the place of one that is verified unless it is.
    const { signed_in_at, ...said } = personRow(identity);
    const news = identity.emailVerified || !email_verified ? said : {};
    if (removed_at === null)
      await trx
        .updateTable('person')
        .set({ signed_in_at, ...news })
        .where('id', '=', id)
        .execute();
    return { id, tenantId, role: role as Role | null, removed: removed_at !== null };
  });

/** Takes an invitation that stands. false: it was taken meanwhile. */
const takeInvitation = async (trx: Trx, { id }: Invited): Promise<boolean> => {
  const taken = trx.deleteFrom('invitation').where('id', '=', id).where(standing);
  return (await taken.executeTakeFirst()).numDeletedRows === 1n;
};

const letIn = async (trx: Trx, personId: string, invited: Invited): Promise<boolean> => {
  if (!(await takeInvitation(trx, invited))) return false;
  await trx
    .updateTable('person')
    .set({ role: invited.role, removed_at: null })
    .where('id', '=', personId)
    .where('role', 'is', null)
    .execute();
  return true;
};

/** A person with their identity. false: it is somebody's already. */
const insertPerson = async (
  trx: Trx,
  identity: Identity,
  { id, tenantId, role }: Omit<KnownPerson, 'removed'>,
): Promise<boolean> => {
  const person = { id, tenant_id: tenantId, role, ...personRow(identity) };
  await trx.insertInto('person').values(person).execute();
  const added = await trx
    .insertInto('identity')
    .values(identityRow(identity, id))
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return added.numInsertedOrUpdatedRows === 1n;
};

const add: (storage: Storage, newId: NewId) => PeopleBook['add'] =
  (storage, newId) => (tenantId, identity, as) =>
    storage.directory(async (trx) => {
      const person = { id: newId('per'), tenantId, role: 'invited' in as ? as.invited.role : as.role };
      const first = await insertPerson(trx, identity, person);
      if (first && (!('invited' in as) || (await takeInvitation(trx, as.invited))))
        return { ...person, removed: false };
      // Their identity goes along.
      await trx.deleteFrom('person').where('id', '=', person.id).execute();
      return null;
    });

/** Takes back what the transaction did. */
class Faster extends Error {}

const begin: (storage: Storage, newId: NewId) => PeopleBook['begin'] =
  (storage, newId) => async (identity, workspace) => {
    const person = { id: newId('per'), tenantId: newId('ten'), role: 'owner' as const };
    await makeLane(storage, person.tenantId);
    try {
      await storage.directory(async (trx) => {
        await trx.insertInto('tenant').values({ id: person.tenantId, name: workspace }).execute();
        if (!(await insertPerson(trx, identity, person))) throw new Faster();
      });
    } catch (error) {
      if (error instanceof Faster) return null;
      throw error;
    }
    return { ...person, removed: false };
  };

const addOwner: (storage: Storage, newId: NewId) => PeopleBook['addOwner'] =
  (storage, newId) => (tenantId, name, first) =>
    storage.directory(async (trx) => {
      // Of two that come at once the second finds the first.
      const tenant = trx.selectFrom('tenant').select('id').where('id', '=', tenantId).forUpdate();
      if ((await tenant.executeTakeFirst()) === undefined) return null;
      if (first && (await hasPeople(trx, tenantId))) return null;
      const id = newId('per');
      await trx
        .insertInto('person')
        .values({ id, tenant_id: tenantId, name, role: 'owner', signed_in_at: sql<Date>`now()` })
        .execute();
      return id;
    });

const hasPeople = async (trx: Trx, tenantId: string): Promise<boolean> => {
  const anybody = trx.selectFrom('person').select('id').where('tenant_id', '=', tenantId);
  return (await anybody.where('role', 'is not', null).limit(1).executeTakeFirst()) !== undefined;
};

const invitationsTo = async (trx: Trx, email: string): Promise<readonly Invited[]> => {
  const rows = trx.selectFrom('invitation').select(['id', 'tenant_id', 'role']);
  const found = rows.where('email', '=', email.toLowerCase()).where(standing).orderBy('created_at', 'desc');
  return (await found.execute()).map(({ id, tenant_id: tenantId, role }) => ({
    id,
    tenantId,
    role: role as Role,
  }));
};

/** People as sign-ins meet them. */
export const createPeopleBook = (storage: Storage, newId: NewId): PeopleBook => ({
  meet: meet(storage),
  tenantsOf: ({ vendor, by, value }) =>
    storage.directory(async (trx) => {
      const connected = trx
        .selectFrom('connection')
        .select('tenant_id')
        .distinct()
        .where('vendor', '=', vendor)
        .where('status', '<>', 'disconnected');
      const rows =
        by === 'externalId'
          ? connected.where('external_id', '=', value)
          : connected.where(sql<boolean>`lower(settings->>'tenantId') = ${value.toLowerCase()}`);
      return (await rows.execute()).map(({ tenant_id }) => tenant_id);
    }),
  admits: (tenantId) => storage.directory((trx) => admittedAs(trx, tenantId)),
  invitationsTo: (email) => storage.directory((trx) => invitationsTo(trx, email)),
  letIn: (personId, invited) => storage.directory((trx) => letIn(trx, personId, invited)),
  add: add(storage, newId),
  begin: begin(storage, newId),
  link: (personId, identity) =>
    storage.directory(async (trx) => {
      const added = await trx
        .insertInto('identity')
        .values(identityRow(identity, personId))
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      if (added.numInsertedOrUpdatedRows !== 1n) return false;
      const { email, email_verified } = personRow(identity);
      // Who came by a link has no address yet.
      await trx
        .updateTable('person')
        .set({ email, email_verified })
        .where('id', '=', personId)
        .where('email_verified', '=', false)
        .execute();
      return true;
    }),
  addOwner: addOwner(storage, newId),
  hasPeople: (tenantId) => storage.directory((trx) => hasPeople(trx, tenantId)),
});
