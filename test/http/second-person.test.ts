import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeNewId } from '../../server/base/ids.ts';
import { createApiKeys } from '../../server/storage/directory/api-keys.ts';
import { createPeopleBook } from '../../server/storage/directory/people-book.ts';
import { createSessions } from '../../server/storage/directory/sessions.ts';
import { openService, POLICY, PUBLIC, setUp, type TestService } from './open-service.ts';

/** Who calls: an API key, or a person's browser. */
type Who = { readonly key: string } | { readonly session: string };

let service: TestService;
let tenantId: string;
let ada: Who;
let ben: Who;
beforeAll(async () => {
  service = await openService();
  await setUp(service);
  const { rows } = await service.storage.executeSql('select id from tenant');
  tenantId = (rows[0] as { id: string }).id;
  [ada, ben] = [await person('Ada'), await person('Ben')];
  await rules(ada, { approvals: 1 }).expect(200);
});
afterAll(() => service.close());

/** Somebody who is signed in as an owner. */
const person = async (name: string): Promise<Who> => {
  const id = await createPeopleBook(service.storage, makeNewId()).addOwner(tenantId, name, false);
  const session = await createSessions(service.storage).openFor(id!, null, 3_600_000);
  return { session: session! };
};
const as = (who: Who, method: 'get' | 'post' | 'put', path: string) => {
  const request = service.anyone[method](path);
  if ('key' in who) return request.set('authorization', `Bearer ${who.key}`);
  return request
    .set('cookie', `__Host-fairlead_session=${who.session}`)
    .set('host', new URL(PUBLIC).host)
    .set('origin', PUBLIC);
};
const rules = (who: Who, publishing: object) => as(who, 'put', '/api/v1/settings').send({ publishing });
const makeKey = async (who: Who, name: string): Promise<Who & { readonly id: string }> =>
  (
    await as(who, 'post', '/api/v1/keys')
      .send({ name, scopes: ['read', 'administer'] })
      .expect(200)
  ).body;
const rotate = async (who: Who, id: string): Promise<Who> =>
  (await as(who, 'post', `/api/v1/keys/${id}/rotate`).send({ overlapHours: 1 }).expect(200)).body;
const draftOf = async (who: Who): Promise<string> =>
  (
    await as(who, 'post', '/api/v1/policy/drafts')
      .send({ text: JSON.stringify(POLICY) })
      .expect(200)
  ).body.id;
const approve = (who: Who, id: string) =>
  as(who, 'post', `/api/v1/policy/drafts/${id}/approve`).send({ revision: 1 });
const refused = async (author: Who, approver: Who) => {
  const { body } = await approve(approver, await draftOf(author)).expect(403);
  expect(body).toMatchObject({
    code: 'own_draft',
    detail: expect.stringMatching(/an API key they made or replaced/),
  });
};
const agreed = async (author: Who, approver: Who) => {
  await approve(approver, await draftOf(author)).expect(200);
};

test('a key counts as the person who made it, whichever of the two wrote', async () => {
  const key = await makeKey(ada, 'of Ada');
  await refused(ada, key);
  await refused(key, ada);
  await agreed(key, ben);
  await agreed(ben, key);
});

test('so does a key that was made with that key, and so do two keys of one maker', async () => {
  const first = await makeKey(ada, 'first of Ada');
  const second = await makeKey(first, 'made with the first');
  const third = await makeKey(ada, 'third of Ada');
  for (const [author, approver] of [
    [ada, second],
    [second, ada],
    [first, second],
    [second, third],
  ] as const)
    await refused(author, approver);
  await agreed(second, ben);
});

test('whoever replaced a key’s secret has it, and counts as the key too', async () => {
  const key = await makeKey(ada, 'replaced by Ben');
  await agreed(ben, key);
  const replaced = await rotate(ben, key.id);
  await refused(ben, replaced);
  await refused(ada, replaced);
});

test('a key that nobody here made stands for itself', async () => {
  await createApiKeys(service.storage, makeNewId()).add({ tenantId, name: 'set' }, 'fl_set-from-outside');
  const set: Who = { key: 'fl_set-from-outside' };
  await agreed(ada, set);
  await refused(set, set);
});

test('the rule itself is not taken back by one person and their key either', async () => {
  const key = await makeKey(ada, 'to loosen');
  await rules(ada, { approvals: 0 }).expect(409);
  const { body } = await rules(key, { approvals: 0 }).expect(409);
  expect(body).toMatchObject({
    code: 'approval_needed',
    detail: expect.stringMatching(/An API key counts as whoever made/),
  });
  await rules(ben, { approvals: 0 }).expect(200);
});
