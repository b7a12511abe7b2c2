import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeNewId } from '../../server/base/ids.ts';
import { createApiKeys } from '../../server/storage/directory/api-keys.ts';
import { until } from '../support/until.ts';
import { openService, POLICY, setUp, type TestService, TUESDAY } from './open-service.ts';

let service: TestService;
const SECOND = 'fl_a-second-person';
beforeAll(async () => {
  service = await openService();
  await setUp(service);
  const { rows } = await service.storage.executeSql('select id from tenant');
  const tenantId = (rows[0] as { id: string }).id;
  await createApiKeys(service.storage, makeNewId()).add({ tenantId, name: 'second' }, SECOND);
});
afterAll(() => service.close());

const second = (method: 'get' | 'post' | 'put', path: string) =>
  service.anyone[method](path).set('authorization', `Bearer ${SECOND}`);
const yaml = (limit: number): string => `fairlead: 1
name: Inbound
timezone: America/New_York
fields:
  country: {type: country, hubspot: contact.country}
  employees: {type: number, hubspot: contact.numemployees}
queues: [{id: holding, name: Holding}]
pools:
  - {id: all, name: Everybody, members: [{rep: dana, weight: 3}, {rep: sam}], method: round_robin}
  - {id: large, name: Enterprise, members: [{rep: dana}], method: round_robin}
rules:
  # What counts as large
  - {id: large, name: Large companies, when: {field: employees, op: gte, value: ${limit}}, then: [{pool: large}]}
fallback: [{pool: all}]
`;
const keep = async (text: string, note?: string) =>
  (await service.api('post', '/api/v1/policy/drafts').send({ text, note }).expect(200)).body;
const publish = (id: string, at?: string) =>
  service.api('post', `/api/v1/policy/drafts/${id}/publish`).send({ at });
const live = async (): Promise<number> =>
  (await service.api('get', '/api/v1/policy').expect(200)).body.version;
const history = async () => (await service.api('get', '/api/v1/policy/history').expect(200)).body;
const rules = (change: object, as = service.api) =>
  as('put', '/api/v1/settings').send({ publishing: change });

describe('a draft', () => {
  test('says what it would change, goes live with its note, and is read in words', async () => {
    const draft = await keep(yaml(500), 'Smaller companies too');
    expect(draft).toMatchObject({
      state: 'open',
      findings: [{ severity: 'info', code: 'gap' }],
      needs: [],
      authors: [expect.stringMatching(/^key:/)],
    });
    expect(draft.changes.map(({ text }: { text: string }) => text)).toEqual(
      expect.arrayContaining([
        'Rule Large companies: employees from at least 1000 to at least 500',
        "Pool Everybody: Dana Whitfield's weight from 1 to 3",
        'Rule To be looked at removed',
      ]),
    );
    const before = await live();
    expect((await publish(draft.id).expect(200)).body).toMatchObject({
      state: 'published',
      version: before + 1,
    });
    expect(await live()).toBe(before + 1);
    const { versions, drafts } = await history();
    expect(versions[0]).toMatchObject({ version: before + 1, note: 'Smaller companies too', restores: null });
    expect(drafts).toEqual([]);
    const { body } = await service.api('get', `/api/v1/policy/versions/${before + 1}`).expect(200);
    expect(body.text).toBe(yaml(500));
    expect(body.words.rules).toEqual([
      { id: 'large', name: 'Large companies', when: 'employees is at least 500', then: 'pool Enterprise' },
    ]);
    await publish(draft.id).expect(409);
    await service.api('get', '/api/v1/policy/versions/999').expect(404);
  });

  test('a proven fault stands at its rule, and keeps the draft back where a clean check is asked for', async () => {
    const dead =
      '  - {id: dead, name: Dead, when: {field: employees, op: gte, value: 900}, then: [{pool: all}]}\nfallback:';
    const draft = await keep(yaml(500).replace('fallback:', dead));
    expect(draft.findings).toContainEqual(
      expect.objectContaining({ code: 'shadowed', severity: 'warning', field: '/rules/1', line: 14 }),
    );
    await rules({ cleanCheck: true }).expect(200);
    expect((await publish(draft.id).expect(422)).body.code).toBe('check_not_clean');
    await service
      .api('put', '/api/v1/policy')
      .send({ ...POLICY, rules: [] })
      .expect(200);
    await rules({ cleanCheck: false }).expect(200);
    await publish(draft.id).expect(200);
  });

  test('with mistakes names each with its line, and does not go live', async () => {
    const draft = await keep(yaml(500).replace('rep: sam', 'rep: nobody').replace('op: gte', 'op: above'));
    expect(draft).toMatchObject({ needs: ['correction'], changes: [] });
    expect(draft.findings).toMatchObject([{ severity: 'error', field: '/rules/0/when/op', line: 13 }]);
    expect((await publish(draft.id).expect(422)).body.code).toBe('invalid_policy');
    const put = (text: string) =>
      service.api('put', `/api/v1/policy/drafts/${draft.id}`).send({ text }).expect(200);
    expect((await put(yaml(500).replace('rep: sam', 'rep: nobody'))).body.findings).toMatchObject([
      { code: 'unknown_reference', field: '/pools/0/members/1/rep', line: 9 },
    ]);
    expect((await put('rules: [')).body.findings).toMatchObject([{ code: 'malformed_yaml', line: 1 }]);
    await service.api('post', `/api/v1/policy/drafts/${draft.id}/discard`).expect(200);
    await service.api('put', `/api/v1/policy/drafts/${draft.id}`).send({ text: '' }).expect(409);
    await service.api('get', '/api/v1/policy/drafts/drf_none').expect(404);
  });
});

describe('going live by itself', () => {
  test('happens at its moment, through the sweep, also while routing is paused', async () => {
    const draft = await keep(yaml(700));
    const at = new Date(TUESDAY + 60_000).toISOString();
    await publish(draft.id, new Date(TUESDAY - 1).toISOString()).expect(409);
    expect((await publish(draft.id, at).expect(200)).body).toMatchObject({
      state: 'scheduled',
      publishAt: at,
    });
    const before = await live();
    await service.api('put', '/api/v1/settings').send({ paused: true }).expect(200);
    service.clock.set(TUESDAY + 60_001);
    // Any wake-up looks at what is due; the moment's own is at the wall clock's.
    await service.api('put', '/api/v1/settings').send({ paused: false }).expect(200);
    await until('it is live', async () => (await live()) === before + 1);
    expect((await history()).versions[0].publishedAt).toBe(new Date(TUESDAY + 60_001).toISOString());
  });

  test('is refused with an alert where the policy cannot go live any more', async () => {
    const draft = await keep(yaml(800));
    await publish(draft.id, new Date(TUESDAY + 120_000).toISOString()).expect(200);
    const before = await live();
    await service
      .api('put', '/api/v1/reps')
      .send([{ id: 'dana' }])
      .expect(200);
    service.clock.set(TUESDAY + 120_001);
    await service
      .api('put', '/api/v1/reps')
      .send([{ id: 'dana' }])
      .expect(200);
    await until('it is refused', async () =>
      (await history()).drafts.some((one: { refusal: unknown }) => one.refusal !== null),
    );
    expect(await live()).toBe(before);
    const { alerts } = (await service.api('get', '/api/v1/overview').expect(200)).body;
    expect(alerts).toMatchObject([{ kind: 'publish_refused', text: expect.stringContaining('sam') }]);
    await service
      .api('put', '/api/v1/reps')
      .send([{ id: 'dana' }, { id: 'sam' }])
      .expect(200);
    await publish(draft.id).expect(200);
    expect((await service.api('get', '/api/v1/overview').expect(200)).body.alerts).toEqual([]);
  });

  test('can be called off', async () => {
    const draft = await keep(yaml(900));
    const off = () => service.api('post', `/api/v1/policy/drafts/${draft.id}/unschedule`);
    await off().expect(409);
    await publish(draft.id, new Date(TUESDAY + 999_000).toISOString()).expect(200);
    expect((await off().expect(200)).body).toMatchObject({ state: 'open', publishAt: null });
    await service.api('post', `/api/v1/policy/drafts/${draft.id}/discard`).expect(200);
  });
});

test('an earlier version is live again at once, and the difference is told', async () => {
  const before = await live();
  const { body } = await service
    .api('post', '/api/v1/policy/rollback')
    .send({ version: 1, note: 'Too many leads for Dana' })
    .expect(200);
  expect(body).toEqual({ version: before + 1, warnings: [] });
  expect((await history()).versions[0]).toMatchObject({ version: before + 1, restores: 1 });
  expect((await service.api('get', '/api/v1/policy').expect(200)).body.document).toEqual(POLICY);
  const diff = async (from: number, to: number) =>
    (await service.api('get', `/api/v1/policy/diff?from=${from}&to=${to}`).expect(200)).body.changes;
  expect(await diff(1, before + 1)).toEqual([]);
  expect((await diff(before, 1)).map(({ text }: { text: string }) => text)).toContain(
    'Rule Large companies: employees from at least 800 to at least 1000',
  );
  await service
    .api('post', '/api/v1/policy/rollback')
    .send({ version: before + 1 })
    .expect(409);
  await service.api('post', '/api/v1/policy/rollback').send({ version: 999 }).expect(404);
  await service
    .api('post', '/api/v1/policy/rollback')
    .send({ version: 2 ** 31 })
    .expect(400);
  await service.api('get', '/api/v1/policy/diff?from=1&to=999').expect(404);
});

test('where two people publish, nobody does alone', async () => {
  await rules({ approvals: 1 }).expect(200);
  expect((await service.api('put', '/api/v1/policy').send(POLICY).expect(409)).body.code).toBe(
    'approval_needed',
  );
  const draft = await keep(yaml(500));
  expect(draft.needs).toEqual(['approval']);
  expect((await publish(draft.id).expect(409)).body.code).toBe('approval_needed');
  const approve = (as: typeof second, revision = 1) =>
    as('post', `/api/v1/policy/drafts/${draft.id}/approve`).send({ revision });
  expect((await approve(service.api).expect(403)).body.code).toBe('own_draft');
  expect((await approve(second).expect(200)).body).toMatchObject({ approvedBy: 'key:second', needs: [] });
  // Whoever writes on, writes: the approval was of what stood there.
  await second('put', `/api/v1/policy/drafts/${draft.id}`)
    .send({ text: yaml(501) })
    .expect(200);
  await publish(draft.id).expect(409);
  await approve(second, 3).expect(403);
  const other = await keep(yaml(502));
  await service
    .api('put', `/api/v1/policy/drafts/${other.id}`)
    .send({ text: yaml(503) })
    .expect(200);
  const agree = (revision: number) =>
    second('post', `/api/v1/policy/drafts/${other.id}/approve`).send({ revision });
  // What was read is what is approved.
  await agree(1).expect(409);
  await agree(2).expect(200);
  await publish(other.id).expect(200);
  expect((await history()).versions[0]).toMatchObject({ approvedBy: 'key:second' });
  // In trouble one person goes back.
  await service.api('post', '/api/v1/policy/rollback').send({ version: 1 }).expect(200);
  // The rule itself takes two to undo.
  await rules({ approvals: 0 }).expect(409);
  await rules({ approvals: 0 }).expect(409);
  expect((await history()).rules).toEqual({ approvals: 1, cleanCheck: false, simulation: false });
  await rules({ approvals: 0 }, second).expect(200);
  expect((await history()).rules).toEqual({ approvals: 0, cleanCheck: false, simulation: false });
  await service.api('put', '/api/v1/policy').send(POLICY).expect(200);
});
