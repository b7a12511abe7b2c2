import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openService, setUp, type TestService } from './open-service.ts';

const ORG = '00DSb0000000001MAA';
const LEAD = '00QSb0000000001MAA';
const USER = '005Sb0000000001IAA';
/** All the test policy reads, the owner and whether it is converted: the record need not be read. */
const FIELDS = {
  'Lead.Country': 'US',
  'Lead.NumberOfEmployees': 12,
  'Lead.OwnerId': USER,
  'Lead.IsConverted': false,
};

let service: TestService;
let credential: string;
let connection: string;
beforeAll(async () => {
  service = await openService({ SALESFORCE_CLIENT_ID: 'id', SALESFORCE_CLIENT_SECRET: 'secret' });
  await setUp(service);
  const connected = await service.api('post', '/api/v1/connections').send({
    vendor: 'salesforce',
    externalId: ORG.slice(0, 15),
    name: 'Org',
    scopes: ['api'],
    tokens: { refreshToken: 'refresh' },
    settings: { instanceUrl: 'https://example.my.salesforce.com' },
  });
  ({ id: connection, credential } = connected.body);
});
afterAll(() => service.close());

const headers = (changes: Record<string, string | undefined> = {}): Record<string, string> =>
  Object.fromEntries(
    Object.entries({
      authorization: `Bearer ${credential}`,
      'x-fairlead-org': ORG,
      'x-fairlead-user': USER,
      'x-fairlead-request': 'request-1',
      ...changes,
    }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
const post = (path: string, body: unknown, changes: Record<string, string | undefined> = {}) =>
  service.anyone
    .post(`/salesforce${path}`)
    .set('content-type', 'application/json')
    .set(headers(changes))
    .send(typeof body === 'string' ? body : JSON.stringify(body));
const record = (id: string, more: object = {}) => ({ id, objectType: 'Lead', fields: FIELDS, ...more });
const lead = (number: number) => `00QSb${String(number).padStart(10, '0')}`;

describe('an org’s Apex', () => {
  test('gets decisions in the order it asked, for ids of either form', async () => {
    const records = [record(lead(11)), record(lead(12)), record(lead(11))];
    const { body, status } = await post('/decisions', { records }, { 'x-fairlead-request': 'order' });
    expect(status).toBe(200);
    expect(body.decisions.map((one: { record: string }) => one.record.slice(0, 15))).toEqual(
      records.map(({ id }) => id),
    );
    expect(body.decisions[0]).toMatchObject({
      outcome: 'assigned',
      record: expect.stringMatching(/^.{18}$/),
    });
    expect(body.decisions[2].id).toBe(body.decisions[0].id);
  });

  test('gets the stored reply when it asks again with the same request id', async () => {
    const ask = () => post('/decisions', { records: [record(lead(21))] }, { 'x-fairlead-request': 'again' });
    const [first, second] = [await ask(), await ask()];
    expect(second.body).toEqual(first.body);
  });

  test('gets one reply per record where some cannot be decided', async () => {
    const { body } = await post(
      '/decisions',
      { records: [record(lead(31)), record(lead(32), { fields: { ...FIELDS, 'Lead.IsConverted': true } })] },
      { 'x-fairlead-request': 'some' },
    );
    expect(body.decisions[0].outcome).toBe('assigned');
    expect(body.decisions[1]).toMatchObject({
      outcome: 'failed',
      error: { code: 'record_gone', detail: expect.stringContaining('converted') },
    });
  });

  test('that only looks gets a decision and no owner to write, and nothing is queued', async () => {
    const before = (await service.counts()).delivery;
    const asked = { records: [record(lead(35))], logOnly: true };
    const { body } = await post('/decisions', asked, { 'x-fairlead-request': 'look' });
    expect(body.decisions[0]).toMatchObject({ outcome: 'assigned', logOnly: true, ownerId: null });
    expect((await service.counts()).delivery).toBe(before);
  });

  test('of a record that must be read and cannot be, the lead waits', async () => {
    const { body } = await post('/decisions', { records: [{ id: lead(41), objectType: 'Lead' }] });
    expect(body.decisions[0]).toMatchObject({ outcome: 'waiting', ownerId: null });
  });

  test('shows a card, and says of a button what came of it', async () => {
    await post('/decisions', { records: [record(lead(51))] }, { 'x-fairlead-request': 'card' });
    const card = await service.anyone.get(`/salesforce/assignments/${lead(51)}`).set(headers());
    expect(card.body).toMatchObject({
      standing: { state: 'assigned', headline: expect.stringContaining('has it.') },
      may: { claim: false, decline: false, reassign: false },
    });
    const pressed = await post(`/assignments/${lead(51)}/claim`, {}, { 'x-fairlead-request': 'press' });
    expect(pressed.status).toBe(200);
    expect(pressed.body).toMatchObject({
      ok: false,
      error: { code: 'not_a_rep' },
      card: card.body.asOf ? {} : {},
    });
    const unknown = await post(`/assignments/${lead(52)}/claim`, {}, { 'x-fairlead-request': 'none' });
    expect(unknown.body).toMatchObject({ ok: false, error: { code: 'not_found' }, card: { standing: null } });
  });

  test('a new credential serves beside the one before for a while, or ends it at once', async () => {
    const path = `/api/v1/connections/${connection}/credential`;
    const decided = async (shown: string) => {
      credential = shown;
      return (await post('/decisions', { records: [record(lead(61))] })).status;
    };
    const first = credential;
    const second = (await service.api('post', path).expect(200)).body.credential;
    expect(second).toMatch(/^flo_/);
    service.clock.set(service.clock.now() + 11_000);
    expect([await decided(first), await decided(second)]).toEqual([200, 200]);
    const third = (await service.api('post', path).send({ overlapHours: 0 }).expect(200)).body.credential;
    expect([await decided(first), await decided(second), await decided(third)]).toEqual([401, 401, 200]);
    await service.api('post', path).send({ overlapHours: 1_000 }).expect(400);
  });

  test('connected again it keeps its credential', async () => {
    const again = await service.api('post', '/api/v1/connections').send({
      vendor: 'salesforce',
      externalId: ORG,
      name: 'Org',
      scopes: ['api'],
      tokens: {},
      settings: { instanceUrl: 'https://example.my.salesforce.com', flow: 'client_credentials' },
    });
    expect(again.body).toEqual({ id: connection });
  });
});

describe('refused', () => {
  let before: Record<string, number>;
  beforeEach(async () => {
    before = await service.counts();
  });
  const expectProblem = (
    response: import('supertest').Response,
    status: number,
    code: string,
    fields?: readonly string[],
  ) => {
    expect(response.headers['content-type']).toBe('application/problem+json');
    expect(response.body).toMatchObject({ status, code });
    if (fields) expect(response.body.errors.map(({ field }: { field: string }) => field)).toEqual(fields);
  };

  test.each<[what: string, changes: Record<string, string | undefined>, number, string, string[]?]>([
    ['no credential', { authorization: undefined }, 401, 'unauthenticated'],
    ['a credential of nobody', { authorization: 'Bearer flo_x' }, 401, 'unauthenticated'],
    ['an API key', { authorization: 'Bearer fl_a-key-for-tests-only' }, 401, 'unauthenticated'],
    ['another org', { 'x-fairlead-org': '00DSb0000000002MAA' }, 403, 'foreign_org'],
    ['no org', { 'x-fairlead-org': undefined }, 400, 'invalid_request', ['/headers/x-fairlead-org']],
    [
      'an org id that is none',
      { 'x-fairlead-org': 'acme' },
      400,
      'invalid_request',
      ['/headers/x-fairlead-org'],
    ],
    [
      'no request id',
      { 'x-fairlead-request': undefined },
      400,
      'invalid_request',
      ['/headers/x-fairlead-request'],
    ],
    [
      'a user id that is none',
      { 'x-fairlead-user': 'me' },
      400,
      'invalid_request',
      ['/headers/x-fairlead-user'],
    ],
  ])('%s', async (_what, changes, status, code, fields) => {
    expectProblem(await post('/decisions', { records: [record(LEAD)] }, changes), status, code, fields);
    expect(await service.counts()).toEqual(before);
  });

  test.each<[what: string, body: unknown, number, string, string[]?]>([
    ['no body', '', 400, 'malformed_json'],
    ['a body that is not JSON', '{"records"', 400, 'malformed_json'],
    ['no records', { records: [] }, 400, 'invalid_request', ['/records']],
    ['201 records', { records: Array(201).fill(record(LEAD)) }, 400, 'invalid_request', ['/records']],
    ['an id that is none', { records: [record('00Q1')] }, 400, 'invalid_request', ['/records/0/id']],
    ['another object’s id', { records: [record(USER)] }, 400, 'invalid_request', ['/records/0/objectType']],
    [
      'an unknown member',
      { records: [record(LEAD, { name: 'x' })] },
      400,
      'invalid_request',
      ['/records/0/name'],
    ],
    ['a nested value', { records: [record(LEAD, { fields: { 'Lead.X': {} } })] }, 400, 'invalid_request'],
    [
      '3 MB',
      { records: Array(100).fill(record(LEAD, { fields: { x: 'x'.repeat(30_000) } })) },
      413,
      'body_too_large',
    ],
  ])('%s', async (_what, body, status, code, fields) => {
    expectProblem(await post('/decisions', body), status, code, fields);
    expect(await service.counts()).toEqual(before);
  });

  test.each<[what: string, path: string, body: unknown, number, string, string[]?]>([
    ['a decline without a reason', '/decline', {}, 400, 'invalid_request', ['/reason']],
    ['a reason nobody knows', '/decline', { reason: 'bored' }, 400, 'invalid_request', ['/reason']],
    ['a claim for somebody else', '/claim', { rep: 'dana' }, 400, 'invalid_request', ['/rep']],
    ['a lead given to nobody', '/reassign', {}, 400, 'invalid_request', ['/rep']],
    [
      'a note of two thousand characters',
      '/reassign',
      { rep: 'x', note: 'x'.repeat(2_000) },
      400,
      'invalid_request',
      ['/note'],
    ],
  ])('%s', async (_what, path, body, status, code, fields) => {
    expectProblem(await post(`/assignments/${LEAD}${path}`, body), status, code, fields);
    expect(await service.counts()).toEqual(before);
  });

  test('a record of an object leads do not stand on', async () => {
    const response = await service.anyone.get(`/salesforce/assignments/${USER}`).set(headers());
    expectProblem(response, 404, 'not_found');
  });

  test.each([
    ['an address that is not Salesforce’s', { instanceUrl: 'https://evil.example.com' }],
    ['a plain address', { instanceUrl: 'http://example.my.salesforce.com' }],
    [
      'a login elsewhere',
      { instanceUrl: 'https://a.my.salesforce.com', loginUrl: 'https://evil.example.com' },
    ],
    ['no address', {}],
  ])('a connection with %s', async (_what, settings) => {
    const response = await service.api('post', '/api/v1/connections').send({
      vendor: 'salesforce',
      externalId: ORG,
      name: 'x',
      scopes: [],
      tokens: { refreshToken: 'x' },
      settings,
    });
    expectProblem(response, 422, 'invalid_settings');
    expect(await service.counts()).toEqual(before);
  });

  test('a credential for what is no org of theirs', async () => {
    const response = await service.api('post', '/api/v1/connections/con_x/credential');
    expectProblem(response, 404, 'not_found');
  });
});
