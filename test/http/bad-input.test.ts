import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { signV2, signV3 } from '../support/hubspot-signature.ts';
import {
  ACTION,
  actionBody,
  openService,
  PORTAL,
  PUBLIC,
  SECRET,
  setUp,
  type TestService,
  TUESDAY,
  WEBHOOKS,
} from './open-service.ts';

let service: TestService;
let connection: string;
let before: Record<string, number>;
beforeAll(async () => {
  service = await openService();
  connection = await setUp(service, { portal: true });
});
beforeEach(async () => {
  before = await service.counts();
});
afterAll(() => service.close());

interface Problem {
  readonly status: number;
  readonly code: string;
  readonly fields?: readonly string[];
  readonly detail?: RegExp;
}

/** The answer is a problem that says what to do, and nothing was stored. */
const expectProblem = async (response: import('supertest').Response, expected: Problem) => {
  expect(response.headers['content-type']).toBe('application/problem+json');
  expect(response.body).toMatchObject({ status: expected.status, code: expected.code });
  expect(response.status).toBe(expected.status);
  expect(response.body.detail).toMatch(expected.detail ?? /\w+ .+\./);
  if (expected.fields)
    expect((response.body.errors ?? []).map((error: { field: string }) => error.field)).toEqual(
      expected.fields,
    );
  expect(await service.counts()).toEqual(before);
  await service.anyone.get('/readyz').expect(200);
};

const lead = { fields: { country: 'US' } };
const TEN_MB = 'x'.repeat(10 * 1024 * 1024);

describe('the tenant API refuses', () => {
  const cases: [what: string, method: 'post' | 'put', path: string, body: unknown, expected: Problem][] = [
    [
      'a lead without fields',
      'post',
      '/leads',
      {},
      { status: 400, code: 'invalid_request', fields: ['/fields'] },
    ],
    [
      'fields that are no object',
      'post',
      '/leads',
      { fields: 'US' },
      { status: 400, code: 'invalid_request', fields: ['/fields'] },
    ],
    [
      'an unknown member',
      'post',
      '/leads',
      { ...lead, feilds: {} },
      { status: 400, code: 'invalid_request', fields: ['/feilds'] },
    ],
    [
      'a value of a wrong type',
      'post',
      '/leads',
      { fields: { employees: 'many' } },
      { status: 422, code: 'invalid_fields', fields: ['/fields/employees'] },
    ],
    [
      'an undeclared field',
      'post',
      '/leads',
      { fields: { colour: 'red' } },
      { status: 422, code: 'invalid_fields', fields: ['/fields/colour'] },
    ],
    [
      'another tenant’s connection',
      'post',
      '/leads',
      { ...lead, record: { connection: 'con_of_others', objectType: 'contact', recordId: '1' } },
      { status: 422, code: 'unknown_connection', fields: ['/record/connection'] },
    ],
    [
      '201 leads',
      'post',
      '/leads/batch',
      { leads: Array(201).fill(lead) },
      { status: 400, code: 'invalid_request', fields: ['/leads'] },
    ],
    [
      'no leads',
      'post',
      '/leads/batch',
      { leads: [] },
      { status: 400, code: 'invalid_request', fields: ['/leads'] },
    ],
    [
      'one bad lead of a batch',
      'post',
      '/leads/batch',
      { leads: [...Array(17).fill(lead), { fields: { employees: 'many' } }] },
      { status: 422, code: 'invalid_fields', fields: ['/leads/17/fields/employees'] },
    ],
    [
      'a malformed lead of a batch',
      'post',
      '/leads/batch',
      { leads: [lead, { fields: 4 }] },
      { status: 400, code: 'invalid_request', fields: ['/leads/1/fields'] },
    ],
    [
      'a policy with an unknown key',
      'put',
      '/policy',
      { fairlead: 1, name: 'x', poolz: [] },
      { status: 422, code: 'invalid_policy' },
    ],
    ['a policy that is no object', 'put', '/policy', [], { status: 422, code: 'invalid_policy' }],
    ['reps that are no list', 'put', '/reps', { reps: [] }, { status: 400, code: 'invalid_request' }],
    [
      'a rep with a misspelt key',
      'put',
      '/reps',
      [{ id: 'x', nmae: 'X' }],
      { status: 422, code: 'invalid_reps' },
    ],
    [
      'an unknown mode',
      'put',
      '/settings',
      { mode: 'dry' },
      { status: 400, code: 'invalid_request', fields: ['/mode'] },
    ],
    [
      'a connection without tokens',
      'post',
      '/connections',
      { vendor: 'hubspot', externalId: '1', name: 'x', scopes: [], tokens: {} },
      { status: 400, code: 'invalid_request', fields: ['/tokens'] },
    ],
    [
      'a claim without a rep',
      'post',
      '/assignments/asg_1/claim',
      {},
      { status: 400, code: 'invalid_request', fields: ['/rep'] },
    ],
    [
      'a claim of nothing',
      'post',
      '/assignments/asg_1/claim',
      { rep: 'dana' },
      { status: 404, code: 'not_found' },
    ],
    [
      'a lead given to nobody',
      'post',
      '/assignments/asg_1/reassign',
      {},
      { status: 400, code: 'invalid_request', fields: ['/rep'] },
    ],
    [
      'what is no assignment given to somebody',
      'post',
      '/assignments/asg_1/reassign',
      { rep: 'dana' },
      { status: 404, code: 'not_found' },
    ],
    [
      'an unknown reason to decline',
      'post',
      '/assignments/asg_1/decline',
      { rep: 'dana', reason: 'bored' },
      { status: 400, code: 'invalid_request', fields: ['/reason'] },
    ],
    ['10 MB', 'post', '/leads', { fields: { country: TEN_MB } }, { status: 413, code: 'body_too_large' }],
    [
      '10 MB of a batch',
      'post',
      '/leads/batch',
      { leads: [{ fields: { country: TEN_MB } }] },
      { status: 413, code: 'body_too_large' },
    ],
  ];
  test.each(cases)('%s', async (_what, method, path, body, expected) => {
    await expectProblem(await service.api(method, `/api/v1${path}`).send(body as object), expected);
  });

  test('a body that is not JSON', async () => {
    const sent = service
      .api('post', '/api/v1/leads')
      .set('content-type', 'application/json')
      .send('{"fields": ');
    await expectProblem(await sent, { status: 400, code: 'malformed_json' });
  });

  test('a policy that is not YAML, naming the line', async () => {
    const sent = service
      .api('put', '/api/v1/policy')
      .set('content-type', 'text/yaml')
      .send('fairlead: 1\nname: [unclosed');
    await expectProblem(await sent, { status: 400, code: 'malformed_yaml', detail: /line 2/ });
  });

  test('a body of another type', async () => {
    const sent = service.api('post', '/api/v1/leads').set('content-type', 'text/csv').send('country\nUS');
    await expectProblem(await sent, {
      status: 415,
      code: 'unsupported_media_type',
      detail: /application\/json/,
    });
  });

  test('a compressed body', async () => {
    const sent = service.api('post', '/api/v1/leads').set('content-encoding', 'gzip').send(lead);
    await expectProblem(await sent, { status: 415, code: 'unsupported_media_type' });
  });

  test.each([
    ['limit=0', '/query/limit'],
    ['limit=many', '/query/limit'],
    ['limit=201', '/query/limit'],
    ['page=2', '/query/page'],
    ['since=-1', '/query/since'],
  ])('the query %s', async (query, field) => {
    const response = await service.api('get', `/api/v1/decisions?${query}`);
    await expectProblem(response, { status: 400, code: 'invalid_request', fields: [field] });
  });

  test.each(['', 'two words', 'x'.repeat(201)])('the Idempotency-Key %j', async (key) => {
    const response = await service.api('post', '/api/v1/leads').set('idempotency-key', key).send(lead);
    await expectProblem(response, {
      status: 400,
      code: 'invalid_request',
      fields: ['/headers/idempotency-key'],
    });
  });

  test('an address that cannot be decoded', async () => {
    await expectProblem(await service.api('get', '/api/v1/decisions/%E0%A4%A'), {
      status: 400,
      code: 'invalid_request',
    });
  });
});

describe('nobody gets in', () => {
  const paths: ['get' | 'post' | 'put', string][] = [
    ['post', '/leads'],
    ['post', '/leads/batch'],
    ['get', '/decisions'],
    ['get', '/decisions/dec_1'],
    ['get', '/decisions/dec_1/explanation'],
    ['get', '/decisions/stream'],
    ['get', '/overview'],
    ['get', '/policy'],
    ['put', '/policy'],
    ['get', '/reps'],
    ['put', '/reps'],
    ['put', '/settings'],
    ['get', '/connections'],
    ['post', '/connections'],
    ['post', '/connections/con_1/sync'],
    ['post', '/assignments/asg_1/claim'],
    ['post', '/assignments/asg_1/decline'],
    ['post', '/assignments/asg_1/reassign'],
    ['post', '/connections/con_1/credential'],
  ];
  test.each(paths)('%s %s without a key', async (method, path) => {
    const response = await service.anyone[method](`/api/v1${path}`);
    await expectProblem(response, { status: 401, code: 'unauthenticated' });
  });

  test.each(['Bearer fl_unknown-key-of-nobody', 'Basic Zm9v', 'Bearer'])('with %j', async (authorization) => {
    const response = await service.anyone.get('/api/v1/overview').set('authorization', authorization);
    await expectProblem(response, { status: 401, code: 'unauthenticated' });
  });
});

describe('HubSpot’s endpoints refuse', () => {
  const text = JSON.stringify(actionBody('cb'));
  const signed = (body: string, path: string, at = TUESDAY) =>
    signV3(SECRET, 'POST', PUBLIC + path, body, at);
  const signatures: [what: string, path: string, body: string, headers: Record<string, string>][] = [
    ['nothing signed', ACTION, text, {}],
    ['a stale signature', ACTION, text, signed(text, ACTION, TUESDAY - 300_001)],
    ['a signature from the future', ACTION, text, signed(text, ACTION, TUESDAY + 60_001)],
    ['a body changed afterwards', ACTION, text.replace('904', '905'), signed(text, ACTION)],
    ['another address’s signature', ACTION, text, signed(text, WEBHOOKS)],
    ['another secret', ACTION, text, signV3('other', 'POST', PUBLIC + ACTION, text, TUESDAY)],
    [
      'a timestamp that is none',
      ACTION,
      text,
      { ...signed(text, ACTION), 'x-hubspot-request-timestamp': 'now' },
    ],
    ['a tampered v2 signature', ACTION, `${text} `, signV2(SECRET, 'POST', PUBLIC + ACTION, text)],
    ['pushes without a signature', WEBHOOKS, '[]', {}],
    ['pushes signed with v2', WEBHOOKS, '[]', signV2(SECRET, 'POST', PUBLIC + WEBHOOKS, '[]')],
    ['options without a signature', `${ACTION}/options/wait`, '{}', {}],
  ];
  test.each(signatures)('%s', async (_what, path, body, headers) => {
    await expectProblem(await service.hubspot(path, body, headers), {
      status: 401,
      code: 'invalid_signature',
    });
  });

  const bodies: [what: string, path: string, body: unknown, expected: Problem][] = [
    [
      'an action without callbackId',
      ACTION,
      { ...actionBody(''), callbackId: undefined },
      { status: 400, code: 'invalid_request', fields: ['/callbackId'] },
    ],
    [
      'an object of another kind',
      ACTION,
      actionBody('cb', { object: { objectId: 1, objectType: 'TICKET' } }),
      { status: 400, code: 'invalid_request', fields: ['/object/objectType'] },
    ],
    [
      'an unknown choice',
      ACTION,
      actionBody('cb', { inputFields: { wait: 'maybe' } }),
      { status: 400, code: 'invalid_request', fields: ['/inputFields/wait'] },
    ],
    ['an action that is a list', ACTION, [], { status: 400, code: 'invalid_request' }],
    ['an action that is not JSON', ACTION, '{"callbackId"', { status: 400, code: 'malformed_json' }],
    [
      'an action of 10 MB',
      ACTION,
      actionBody('cb', { context: TEN_MB }),
      { status: 413, code: 'body_too_large' },
    ],
    ['a push that is no list', WEBHOOKS, {}, { status: 400, code: 'invalid_request' }],
    ['101 events', WEBHOOKS, Array(101).fill({ portalId: PORTAL }), { status: 400, code: 'invalid_request' }],
    ['the choices of an unknown input', `${ACTION}/options/colour`, {}, { status: 404, code: 'not_found' }],
  ];
  test.each(bodies)('%s', async (_what, path, body, expected) => {
    await expectProblem(await service.hubspot(path, body), expected);
  });

  test('an unknown portal learns nothing and nothing is stored', async () => {
    const response = await service.hubspot(ACTION, actionBody('cb', { origin: { portalId: 1 } }));
    expect(response.status).toBe(200);
    expect(response.body.outputFields).toMatchObject({
      hs_execution_state: 'FAIL_CONTINUE',
      errorCode: 'unknown_portal',
    });
    expect(JSON.stringify(response.body)).not.toContain(connection);
    expect(await service.counts()).toEqual(before);
  });
});

describe('addresses', () => {
  test('that do not exist', async () => {
    await expectProblem(await service.api('get', '/api/v1/nothing'), { status: 404, code: 'not_found' });
    await expectProblem(await service.anyone.post('/'), { status: 404, code: 'not_found' });
  });

  test('that take another method say which', async () => {
    const response = await service.anyone.delete('/api/v1/policy');
    await expectProblem(response, { status: 405, code: 'method_not_allowed', detail: /GET or PUT/ });
    expect(response.headers.allow).toBe('GET, PUT');
  });

  test('tell nothing of what runs here', async () => {
    const { headers } = await service.anyone.get('/api/v1/overview');
    expect(headers['x-powered-by']).toBeUndefined();
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['content-security-policy']).toContain("default-src 'self'");
  });
});
