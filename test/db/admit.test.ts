import { expect, test } from 'vitest';
import type { Identity } from '../../server/assignments/sign-in-ports.ts';
import { makeNewId } from '../../server/base/ids.ts';
import { admit } from '../../server/installs/sign-in/admit.ts';
import { createPeople } from '../../server/storage/directory/people.ts';
import { createPeopleBook } from '../../server/storage/directory/people-book.ts';
import { createTenants } from '../../server/storage/directory/tenants.ts';
import type { Storage } from '../../server/storage/storage.ts';
import { eachDatabase } from '../support/databases.ts';

const TENANT = 'ten_1';
const DANA: Identity = {
  provider: 'oidc',
  issuer: 'https://id.example.com',
  subject: 'dana',
  name: 'Dana',
  email: 'Dana@example.com',
  emailVerified: true,
  account: null,
  provenAt: null,
};

/** The database, until the process dies: before its so-manieth transaction, or after that but before anybody hears of it. */
const dyingAt = (storage: Storage, step: number, when: 'before' | 'after'): Storage => {
  let steps = 0;
  return {
    ...storage,
    directory: async (work) => {
      const dies = ++steps === step;
      if (dies && when === 'before') throw new Error('the process died');
      const done = await storage.directory(work);
      if (dies) throw new Error('the process died');
      return done;
    },
  };
};

eachDatabase('admission', (open) => {
  const opened = async () => {
    const { storage } = await open();
    await createTenants(storage).create({ id: TENANT, name: 'Harbour' });
    const people = createPeople(storage, makeNewId());
    const invite = () => people.invite(TENANT, { email: 'dana@example.com', role: 'manager', by: 'x' });
    const enter = (through: Storage = storage, who = DANA, mayBegin = false) =>
      admit(createPeopleBook(through, makeNewId()), who, mayBegin);
    const roles = async () => (await people.list(TENANT)).map(({ name, role }) => [name, role]);
    return { storage, people, invite, enter, roles };
  };

  /** Tries with a process that dies at each step there is, both ways; then again with one that lives. */
  const throughEveryDeath = async (
    { storage, enter }: Pick<Awaited<ReturnType<typeof opened>>, 'storage' | 'enter'>,
    begin: () => Promise<unknown>,
    check: () => Promise<void>,
  ): Promise<number> => {
    let deaths = 0;
    for (const when of ['before', 'after'] as const)
      for (let step = 1; ; step++) {
        await begin();
        const died = await enter(dyingAt(storage, step, when)).then(
          () => false,
          (error: Error) => {
            expect(error.message).toBe('the process died');
            return true;
          },
        );
        if (!died) break;
        deaths++;
        await enter();
        await check();
      }
    return deaths;
  };

  test('of somebody new: wherever the process dies, they come in with their invitation on the next try', async () => {
    const { storage, people, invite, enter, roles } = await opened();
    const deaths = await throughEveryDeath(
      { storage, enter },
      async () => {
        await storage.executeSql('delete from person');
        await invite();
      },
      async () => {
        expect(await roles()).toEqual([['Dana', 'manager']]);
        expect(await people.invitations(TENANT)).toEqual([]);
      },
    );
    expect(deaths).toBeGreaterThan(2);
  });

  test('of somebody who waits or was removed likewise', async () => {
    const { storage, people, invite, enter, roles } = await opened();
    await invite();
    const { personId } = await enter();
    await people.invite(TENANT, { email: 'ops@example.com', role: 'owner', by: 'x' });
    const deaths = await throughEveryDeath(
      { storage, enter },
      async () => {
        await people.remove(TENANT, personId);
        await invite();
      },
      async () => {
        expect(await roles()).toEqual([['Dana', 'manager']]);
        expect((await people.invitations(TENANT)).map(({ email }) => email)).toEqual(['ops@example.com']);
      },
    );
    expect(deaths).toBeGreaterThan(2);
  });

  test('of somebody whom nobody knows: a workspace of their own, whole or not at all, and one however often they ask', async () => {
    const { storage, people, enter } = await opened();
    const atWork = { ...DANA, email: 'Dana@Harbour.example' };
    const began = (through: Storage = storage) => enter(through, atWork, true);
    const tenants = async () => (await createTenants(storage).list()).map(({ name }) => name);
    for (const when of ['before', 'after'] as const)
      for (let step = 1; step < 20; step++) {
        await storage.executeSql('delete from person');
        await storage.executeSql(`delete from tenant where id <> '${TENANT}'`);
        await began(dyingAt(storage, step, when)).catch(() => undefined);
        const owners = (await storage.executeSql("select tenant_id from person where role = 'owner'")).rows;
        expect(await tenants()).toHaveLength(1 + owners.length);
        const [one, two] = await Promise.all([began(), began()]);
        expect(two.tenantId).toBe(one.tenantId);
        expect(await tenants()).toEqual(['Harbour', 'harbour.example']);
        expect((await people.list(one.tenantId)).map(({ name, role }) => [name, role])).toEqual([
          ['Dana', 'owner'],
        ]);
      }
    const gmail = { ...DANA, subject: 'other', email: 'dana@gmail.com' };
    expect(await enter(storage, gmail, true)).toMatchObject({ began: true });
    expect(await tenants()).toEqual(['Harbour', 'harbour.example', 'Dana']);
  });

  test('two identities of one address that come at once share no invitation', async () => {
    const { people, invite, enter, roles } = await opened();
    await invite();
    const twin = { ...DANA, subject: 'dana-2', name: 'Twin' };
    const ends = await Promise.allSettled([enter(), enter(undefined, twin)]);
    expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(ends.find((end) => end.status === 'rejected')).toMatchObject({ reason: { code: 'no_workspace' } });
    expect(await roles()).toEqual([[expect.any(String), 'manager']]);
    expect(await people.invitations(TENANT)).toEqual([]);
  });
});
