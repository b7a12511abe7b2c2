import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeNewId } from '../../server/base/ids.ts';
import { createApiKeys } from '../../server/storage/directory/api-keys.ts';
import { openService, POLICY, REPS, setUp, type TestService } from './open-service.ts';

let service: TestService;
let connection: string;
beforeAll(async () => {
  service = await openService();
  connection = await setUp(service, { portal: true });
});
afterAll(() => service.close());

const route = (fields: Record<string, unknown>, more: Record<string, unknown> = {}) =>
  service.api('post', '/api/v1/leads').send({ fields, ...more });

describe('leads', () => {
  test('are decided and answered with the decision', async () => {
    const { body } = await route({ country: 'US', employees: 2000 }).expect(200);
    expect(body).toMatchObject({
      outcome: 'assigned',
      rep: { id: 'dana', name: 'Dana Whitfield' },
      rule: { id: 'large', name: 'Large companies' },
      pool: { id: 'large', name: 'Enterprise' },
      policy: { version: 1 },
      logOnly: false,
    });
    expect(body.hash).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(body.reason).toContain('Dana Whitfield');
  });

  test.each([
    ['DE', { outcome: 'in_queue', rep: null, queue: { id: 'holding', name: 'Holding' } }],
    ['FR', { outcome: 'waiting', rep: null }],
  ])('of %s end where the policy says', async (country, expected) => {
    const { body } = await route({ country }).expect(200);
    expect(body).toMatchObject(expected);
  });

  test('sent again under the same Idempotency-Key get the same decision', async () => {
    const send = () => route({ country: 'US' }).set('idempotency-key', 'lead-1').expect(200);
    const before = await service.counts();
    const replies = await Promise.all(Array.from({ length: 5 }, send));
    expect(new Set(replies.map(({ body }) => body.id)).size).toBe(1);
    expect((await service.counts()).decision).toBe(before.decision! + 1);
  });

  test('of a batch are answered in the order given', async () => {
    const countries = ['DE', 'US', 'FR', 'DE', 'US'];
    const { body } = await service
      .api('post', '/api/v1/leads/batch')
      .send({ leads: countries.map((country) => ({ fields: { country } })) })
      .expect(200);
    expect(body.decisions.map((decision: { outcome: string }) => decision.outcome)).toEqual([
      'in_queue',
      'assigned',
      'waiting',
      'in_queue',
      'assigned',
    ]);
  });

  test('about a record that cannot be read wait for it, visibly', async () => {
    const record = { connection, objectType: 'contact', recordId: '77' };
    const { body } = await route({ country: 'US' }, { record }).expect(200);
    expect(body).toMatchObject({ outcome: 'waiting', rep: null });
  });
});

describe('decisions', () => {
  test('are listed newest first, page by page, without gaps', async () => {
    const all = (await service.api('get', '/api/v1/decisions?limit=200').expect(200)).body;
    expect(all.next).toBeNull();
    const seqs: number[] = all.items.map((item: { seq: number }) => item.seq);
    expect(seqs).toEqual(seqs.toSorted((a, b) => b - a));
    const paged: number[] = [];
    let next: string | null = '';
    while (next !== null) {
      const page = await service
        .api('get', `/api/v1/decisions?limit=2${next && `&after=${next}`}`)
        .expect(200);
      expect(page.body.items.length).toBeLessThanOrEqual(2);
      paged.push(...page.body.items.map((item: { seq: number }) => item.seq));
      next = page.body.next as string | null;
    }
    expect(paged).toEqual(seqs);
    const since = (await service.api('get', `/api/v1/decisions?since=${seqs[1]}`).expect(200)).body;
    expect(since.items.map((item: { seq: number }) => item.seq)).toEqual([seqs[0]]);
  });

  test('are read one by one, and nobody finds one that is not there', async () => {
    const { id } = (await route({ country: 'US' }, { person: { name: 'Marta' } })).body;
    const { body } = await service.api('get', `/api/v1/decisions/${id}`).expect(200);
    expect(body.id).toBe(id);
    await service.api('get', '/api/v1/decisions/dec_none').expect(404);
    await service.api('get', '/api/v1/decisions/dec_none/explanation').expect(404);
  });

  test('explain themselves: rules, steps, story, person and values', async () => {
    const { id } = (
      await route(
        { country: 'DE', employees: 12 },
        { person: { name: 'Marta', company: 'Northwind' }, source: 'Webinar' },
      )
    ).body;
    const { body } = await service.api('get', `/api/v1/decisions/${id}/explanation`).expect(200);
    expect(body.values).toEqual({ country: 'DE', employees: 12 });
    expect(body.person).toMatchObject({ name: 'Marta', company: 'Northwind', source: 'Webinar' });
    expect(body.rules).toMatchObject([
      { rule: 'large', name: 'Large companies', matched: false },
      { rule: 'parked', matched: true },
    ]);
    expect(body.rules[0].because).toContain('12');
    expect(body.steps).toMatchObject([{ key: 'parked/0', took: true }]);
    expect(body.story).toMatchObject([{ kind: 'queued', text: 'Put into the queue Holding.' }]);
  });

  test('say where the lead stands now, once it was given to somebody else by hand', async () => {
    const { id, assignment, rep } = (await route({ country: 'US', employees: 2000 })).body;
    const stands = async () =>
      (await service.api('get', `/api/v1/decisions/${id}/explanation`).expect(200)).body;
    expect(await stands()).toMatchObject({ state: 'assigned', current: rep, rep });
    const give = (to: string) =>
      service.api('post', `/api/v1/assignments/${assignment}/reassign`).send({ rep: to, note: 'Knows them' });
    const other = REPS.find((one) => one.id !== rep.id)!;
    await give('nobody').expect(422);
    expect((await give(other.id).expect(200)).body).toEqual({ already: false });
    expect((await give(other.id).expect(200)).body).toEqual({ already: true });
    const { current, story } = await stands();
    expect(current).toEqual({ id: other.id, name: other.name });
    expect(story.at(-1).text).toContain('Knows them');
  });

  test('say why not a rep, and what would have changed it', async () => {
    const { id } = (await route({ country: 'US', employees: 2000 })).body;
    const why = (rep: string) => service.api('get', `/api/v1/decisions/${id}/explanation/${rep}`);
    expect((await why('sam').expect(200)).body).toMatchObject({
      rep: { id: 'sam', name: 'Sam Okafor' },
      chosen: false,
      code: null,
      because: 'not a member of Enterprise, which took the lead',
      change: { text: expect.stringMatching(/^if employees were 999/), asOfNow: true },
      next: null,
      unknown: null,
    });
    expect((await why('dana').expect(200)).body).toMatchObject({
      chosen: true,
      change: null,
      next: { leads: 1 },
    });
    await why('nobody').expect(404);
    await service.api('get', '/api/v1/decisions/dec_none/explanation/sam').expect(404);
    await service.storage.executeSql(
      'update lead_snapshot set field_values = null, given = null, person = null, erased_at = now()',
    );
    expect((await why('dana').expect(200)).body).toMatchObject({
      chosen: true,
      because: 'was next in line; owed 1 lead',
      change: null,
      next: null,
      unknown: 'erased',
    });
  });

  test('belong to their tenant alone', async () => {
    const { id } = (await route({ country: 'US' })).body;
    const { rows } = await service.storage.executeSql('select tenant_id from decision limit 1');
    expect(rows).toHaveLength(1);
    const stranger = 'fl_a-key-of-another-tenant';
    await service.storage.executeSql("insert into tenant (id, name) values ('ten_other', 'Other')");
    await service.storage.executeSql("insert into lane (tenant_id) values ('ten_other')");
    const keys = createApiKeys(service.storage, makeNewId());
    await keys.add({ tenantId: 'ten_other', name: 'key' }, stranger);
    const asStranger = (path: string) => service.anyone.get(path).set('authorization', `Bearer ${stranger}`);
    await asStranger(`/api/v1/decisions/${id}`).expect(404);
    await asStranger(`/api/v1/decisions/${id}/explanation`).expect(404);
    expect((await asStranger('/api/v1/decisions').expect(200)).body).toEqual({ items: [], next: null });
    expect((await asStranger('/api/v1/connections').expect(200)).body).toEqual([]);
    await asStranger('/api/v1/policy').expect(409);
  });
});

describe('the overview', () => {
  test('counts, and shows each pool with its members', async () => {
    await route({ country: 'FR' }).expect(200);
    const { body } = await service.api('get', '/api/v1/overview').expect(200);
    expect(body.tenant).toEqual({ name: 'My company', mode: 'live', paused: false, policyVersion: 1 });
    const { counts } = body;
    expect(counts.decidedToday).toBe((await service.counts()).decision);
    expect(counts.waiting).toBeGreaterThan(0);
    expect(counts.inQueues).toBeGreaterThan(0);
    expect(body.perMinute).toHaveLength(60);
    expect(body.perMinute.at(-1).decided).toBe(counts.decidedToday);
    const all = body.pools.find((pool: { id: string }) => pool.id === 'all');
    expect(all.members.map((member: { rep: { id: string } }) => member.rep.id)).toEqual(['dana', 'sam']);
    const lags: number[] = all.members.map((member: { lag: number }) => member.lag);
    expect(lags[0]! + lags[1]!).toBeCloseTo(0, 5);
    expect(Math.abs(lags[0]!)).toBeLessThan(1);
    expect(body.connections).toMatchObject([
      { id: connection, vendor: 'hubspot', name: 'Portal', status: 'active' },
    ]);
  });
});

describe('administration', () => {
  test('a policy published as YAML is the live one and comes back as written', async () => {
    const yaml =
      'fairlead: 1\nname: From YAML\npools:\n  - {id: all, name: All, members: [{rep: dana}], method: round_robin}\nfallback: [{pool: all}]\n';
    const put = await service
      .api('put', '/api/v1/policy')
      .set('content-type', 'text/yaml')
      .send(yaml)
      .expect(200);
    const { body } = await service.api('get', '/api/v1/policy').expect(200);
    expect(body).toMatchObject({ version: put.body.version, document: { name: 'From YAML' } });
    const again = await service.api('put', '/api/v1/policy').send(POLICY).expect(200);
    expect(again.body.version).toBe(put.body.version + 1);
  });

  test('reps come back as they were put', async () => {
    expect((await service.api('get', '/api/v1/reps').expect(200)).body).toEqual(REPS);
  });

  test('log-only decides and writes nothing; paused keeps leads waiting', async () => {
    const deliveries = (await service.counts()).delivery;
    await service.api('put', '/api/v1/settings').send({ mode: 'log_only' }).expect(200);
    expect((await route({ country: 'US' })).body).toMatchObject({ outcome: 'assigned', logOnly: true });
    expect((await service.counts()).delivery).toBe(deliveries);
    await service.api('put', '/api/v1/settings').send({ mode: 'live', paused: true }).expect(200);
    expect((await route({ country: 'US' })).body).toMatchObject({ outcome: 'waiting' });
    await service.api('put', '/api/v1/settings').send({ paused: false }).expect(200);
    const { body } = await service.api('get', '/api/v1/overview');
    expect(body.tenant).toMatchObject({ mode: 'live', paused: false });
  });

  test('connections are listed without tokens, and replaced by their account', async () => {
    const listed = await service.api('get', '/api/v1/connections').expect(200);
    expect(listed.body).toMatchObject([
      { id: connection, vendor: 'hubspot', name: 'Portal', status: 'active' },
    ]);
    expect(listed.text).not.toContain('refresh');
    await service.api('post', '/api/v1/connections/con_none/sync').expect(404);
  });
});

describe('offers', () => {
  const offering = {
    ...POLICY,
    fallback: [{ pool: 'all', give: 'offer', claimWithin: 'PT10M', clock: 'elapsed' }],
  };

  test('to reps nobody can reach become direct assignments', async () => {
    await service.api('put', '/api/v1/policy').send(offering).expect(200);
    const { body } = await route({ country: 'US' }).expect(200);
    expect(body.outcome).not.toBe('offered');
    const refused = await service
      .api('post', `/api/v1/assignments/${body.assignment}/claim`)
      .send({ rep: 'nobody' });
    expect(refused.status).toBe(409);
    await service.api('put', '/api/v1/policy').send(POLICY).expect(200);
  });
});
