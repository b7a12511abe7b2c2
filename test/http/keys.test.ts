import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ALL_PERMISSIONS } from '../../server/base/permissions.ts';
import { openService, setUp, type TestService } from './open-service.ts';

let service: TestService;
beforeAll(async () => {
  service = await openService();
  await setUp(service);
});
afterAll(() => service.close());

type Method = 'get' | 'post' | 'put';
const as = (key: string) => (method: Method, path: string) =>
  service.anyone[method](`/api/v1${path}`).set('authorization', `Bearer ${key}`);
const api = (method: Method, path: string) => service.api(method, `/api/v1${path}`);
let made = 0;
const make = async (scopes: readonly string[], more: object = {}): Promise<{ id: string; key: string }> =>
  (
    await api('post', '/keys')
      .send({ name: `key ${++made}`, scopes, ...more })
      .expect(200)
  ).body;
const listed = async (id: string) =>
  (await api('get', '/keys').expect(200)).body.keys.find((one: { id: string }) => one.id === id);
const LEAD = { fields: { country: 'US' } };

describe('a key', () => {
  test('may do what its scopes say, and nothing else', async () => {
    const { key } = await make(['route']);
    await as(key)('post', '/leads').send(LEAD).expect(200);
    const refused = await as(key)('get', '/decisions').expect(403);
    expect(refused.body.detail).toContain('see decisions');
    for (const [method, path] of [
      ['post', '/keys'],
      ['get', '/keys'],
      ['get', '/audit'],
      ['get', '/audit.csv'],
    ] as const)
      await as(key)(method, path).send({}).expect(403);
  });

  test('that was set at the start may do everything', async () => {
    const { body } = await api('get', '/keys').expect(200);
    expect(body.givable.map(({ scope }: { scope: string }) => scope)).toEqual([...ALL_PERMISSIONS]);
    const bootstrap = body.keys.find(({ name }: { name: string }) => name === 'bootstrap');
    // Too short to show any of it.
    expect(bootstrap).toMatchObject({ scopes: ALL_PERMISSIONS, secrets: [{ prefix: null, endsAt: null }] });
  });

  test('gives nobody more than its maker has', async () => {
    const { id, key } = await make(['read', 'administer']);
    const maker = as(key);
    const give = (scopes: readonly string[]) => maker('post', '/keys').send({ name: scopes.join(), scopes });
    expect((await give(['own']).expect(403)).body.detail).toContain('leave out own');
    await give(['read', 'route']).expect(403);
    await give(['read', 'administer']).expect(200);
    const owners = await make(['own', 'read', 'administer']);
    // A new secret would be theirs to use.
    await maker('post', `/keys/${owners.id}/rotate`).expect(403);
    await maker('post', `/keys/${id}/rotate`).expect(200);
    // To end one gives nobody anything.
    await maker('post', `/keys/${owners.id}/revoke`).expect(200);
    await as(owners.key)('get', '/keys').expect(401);
  });

  test('is shown by its first characters, its secret once', async () => {
    const { id, key } = await make(['read']);
    const { text } = await api('get', '/keys').expect(200);
    expect(text).not.toContain(key);
    expect((await listed(id)).secrets).toEqual([
      { prefix: key.slice(0, 9), createdAt: expect.any(String), endsAt: null },
    ]);
  });

  test('shows when it was last used, without a write for every use', async () => {
    const { id, key } = await make(['read']);
    expect((await listed(id)).lastUsedAt).toBeNull();
    await as(key)('get', '/policy').expect(200);
    const { lastUsedAt } = await listed(id);
    expect(Date.now() - Date.parse(lastUsedAt)).toBeLessThan(60_000);
    for (let n = 0; n < 3; n++) {
      service.clock.set(service.clock.now() + 11_000);
      await as(key)('get', '/policy').expect(200);
    }
    expect((await listed(id)).lastUsedAt).toBe(lastUsedAt);
    await service.storage.executeSql("update api_key set last_used_at = now() - interval '6 minutes'");
    service.clock.set(service.clock.now() + 11_000);
    await as(key)('get', '/policy').expect(200);
    expect(Date.parse((await listed(id)).lastUsedAt)).toBeGreaterThanOrEqual(Date.parse(lastUsedAt));
  });

  test('ends when it was to, also while it is remembered', async () => {
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const { id, key } = await make(['read'], { expiresAt });
    await as(key)('get', '/policy').expect(200);
    expect(await listed(id)).toMatchObject({ state: 'active', expiresAt });
    await service.storage.executeSql('update api_key set expires_at = now() where id = $1', [id]);
    service.clock.set(service.clock.now() + 11_000);
    await as(key)('get', '/policy').expect(401);
    expect(await listed(id)).toMatchObject({ state: 'expired' });
    const soon = new Date(service.clock.now() - 1).toISOString();
    await api('post', '/keys')
      .send({ name: 'late', scopes: ['read'], expiresAt: soon })
      .expect(400);
  });

  test('is ended at once where it was ended', async () => {
    const { id, key } = await make(['read']);
    await as(key)('get', '/policy').expect(200);
    await api('post', `/keys/${id}/revoke`).expect(200);
    await as(key)('get', '/policy').expect(401);
    expect(await listed(id)).toMatchObject({ state: 'revoked' });
    await api('post', `/keys/${id}/revoke`).expect(404);
    await api('post', `/keys/${id}/rotate`).expect(404);
  });

  test('takes a name that no key had', async () => {
    const asked = { name: 'website', scopes: ['route'] };
    const [one, two] = await Promise.all([1, 2].map(() => api('post', '/keys').send(asked)));
    expect([one!.status, two!.status].toSorted()).toEqual([200, 409]);
  });

  test.each([
    [{ name: '', scopes: ['read'] }, '/name'],
    [{ name: 'x', scopes: [] }, '/scopes'],
    [{ name: 'x', scopes: ['everything'] }, '/scopes/0'],
    [{ name: 'x', scopes: ['read'], expiresAt: 'soon' }, '/expiresAt'],
  ])('is refused for %j', async (body, field) => {
    const reply = await api('post', '/keys').send(body).expect(400);
    expect(reply.body.errors.map((one: { field: string }) => one.field)).toContain(field);
  });
});

describe('a secret that is replaced', () => {
  test('serves on for a day unless something else is said, and both are shown', async () => {
    const { id, key } = await make(['read']);
    const { body } = await api('post', `/keys/${id}/rotate`).expect(200);
    expect(body.key).not.toBe(key);
    for (const one of [key, body.key]) await as(one)('get', '/policy').expect(200);
    const { secrets } = await listed(id);
    expect(secrets.map(({ prefix }: { prefix: string }) => prefix)).toEqual([
      body.key.slice(0, 9),
      key.slice(0, 9),
    ]);
    const hours = (Date.parse(secrets[1].endsAt) - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(23.9);
    expect(hours).toBeLessThanOrEqual(24);
    await service.storage.executeSql(
      'update api_key_secret set ends_at = now() where key_id = $1 and ends_at is not null',
      [id],
    );
    service.clock.set(service.clock.now() + 11_000);
    await as(key)('get', '/policy').expect(401);
    await as(body.key)('get', '/policy').expect(200);
    expect((await listed(id)).secrets).toHaveLength(1);
  });

  test('ends at once for 0 hours, and serves no longer than was said before', async () => {
    const { id, key } = await make(['read']);
    await as(key)('get', '/policy').expect(200);
    const second = (await api('post', `/keys/${id}/rotate`).send({ overlapHours: 0 }).expect(200)).body.key;
    await as(key)('get', '/policy').expect(401);
    const rotate = (overlapHours: number) =>
      api('post', `/keys/${id}/rotate`).send({ overlapHours }).expect(200);
    await rotate(1);
    await rotate(100);
    const { secrets } = await listed(id);
    const hours = secrets.map(({ endsAt }: { endsAt: string | null }) =>
      endsAt === null ? null : Math.round((Date.parse(endsAt) - Date.now()) / 3_600_000),
    );
    expect(hours).toEqual([null, 100, 1]);
    await as(second)('get', '/policy').expect(200);
  });

  test('overlaps a week at most', async () => {
    const { id } = await make(['read']);
    await api('post', `/keys/${id}/rotate`).send({ overlapHours: 169 }).expect(400);
    await api('post', `/keys/${id}/rotate`).send({ overlapHours: -1 }).expect(400);
    await api('post', `/keys/${id}/rotate`).send({ overlapHours: 168 }).expect(200);
  });
});
