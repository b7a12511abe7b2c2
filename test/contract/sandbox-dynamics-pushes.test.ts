import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openReceiver, type Receiver } from '../support/receiver.ts';
import { type OpenEnvironment, openEnvironment } from '../support/sandbox-environment.ts';
import { vendorSpecs } from '../support/vendor-specs.ts';

let env: OpenEnvironment;
let receiver: Receiver;
let status = 200;
beforeEach(async () => {
  status = 200;
  env = await openEnvironment();
  receiver = await openReceiver(() => ({ status }));
});
afterEach(async () => {
  await receiver.close();
  await env.close();
});

const idIn = (entityId: string | null) => /\(([^)]+)\)$/.exec(entityId ?? '')?.[1] ?? '';

const register = async (message: string, more: Record<string, unknown> = {}) => {
  const endpoint = await env.call('POST', 'serviceendpoints', {
    name: 'Fairlead',
    url: `${receiver.url}/dynamics/webhooks`,
    contract: 8,
    authtype: 4,
    authvalue: 'shared-secret',
    messageformat: 2,
  });
  const messages = await env.call('GET', `sdkmessages?$filter=name eq '${message}'&$select=sdkmessageid`);
  const messageId = messages.body.value[0].sdkmessageid;
  const filters = await env.call(
    'GET',
    `sdkmessagefilters?$filter=primaryobjecttypecode eq 'lead' and _sdkmessageid_value eq ${messageId}`,
  );
  return env.call('POST', 'sdkmessageprocessingsteps', {
    name: `Fairlead lead ${message}`,
    mode: 1,
    stage: 40,
    rank: 1,
    supporteddeployment: 0,
    asyncautodelete: true,
    'sdkmessageid@odata.bind': `/sdkmessages(${messageId})`,
    'sdkmessagefilterid@odata.bind': `/sdkmessagefilters(${filters.body.value[0].sdkmessagefilterid})`,
    'eventhandler_serviceendpoint@odata.bind': `/serviceendpoints(${idIn(endpoint.headers.get('odata-entityid'))})`,
    ...more,
  });
};

/** The sample that came with the vendor's description. */
const samplePath = vendorSpecs('dynamics/remote-execution-context.sample.json') ?? '';

test.skipIf(samplePath === '')('a push has the names, types and escapes of the vendor’s sample', async () => {
  const sample = JSON.parse(readFileSync(samplePath, 'utf8')) as Record<string, unknown>;
  await register('Create');
  const id = env.lead({ emailaddress1: 'ada@example.com' });
  const [push] = await receiver.until(1);
  const body = push?.body as Record<string, unknown>;
  for (const name of Object.keys(sample)) expect(body, name).toHaveProperty(name);
  const target = (all: Record<string, unknown>) =>
    (all.InputParameters as { key: string; value: Record<string, unknown> }[]).find(
      ({ key }) => key === 'Target',
    )!.value;
  expect(Object.keys(target(body)).sort()).toEqual(Object.keys(target(sample)).sort());
  const attribute = (all: Record<string, unknown>, name: string) =>
    (target(all).Attributes as { key: string; value: unknown }[]).find(({ key }) => key === name)?.value;
  expect(Object.keys(attribute(body, 'ownerid') as object).sort()).toEqual(
    Object.keys(attribute(sample, 'ownerid') as object).sort(),
  );
  expect(attribute(body, 'modifiedon')).toMatch(/^\/Date\(\d+\)\/$/);
  expect(push?.raw).toContain('\\/Date(');
  expect(body).toMatchObject({ MessageName: 'Create', PrimaryEntityName: 'lead', PrimaryEntityId: id });
  expect(push?.path).toBe('/dynamics/webhooks?code=shared-secret');
  expect(push?.headers['x-ms-dynamics-request-name']).toBe('Create');
});

test('an update tells the written columns only, and only where a step listens for one of them', async () => {
  await register('Update', { filteringattributes: 'ownerid,statecode' });
  const id = env.lead();
  env.dynamics.update({ id, values: { subject: 'Not listened for' } });
  await env.call(
    'PATCH',
    `leads(${id})?tag=fairlead`,
    { 'ownerid@odata.bind': `/systemusers(${env.idOf('ben@example.com')})` },
    { 'if-match': '*' },
  );
  const [push] = await receiver.until(1);
  const body = push?.body as { InputParameters: { value: { Attributes: { key: string }[] } }[] };
  expect(body.InputParameters[0]?.value.Attributes.map(({ key }) => key).sort()).toEqual(
    ['leadid', 'modifiedby', 'modifiedon', 'ownerid'].sort(),
  );
  expect(body).toMatchObject({ SharedVariables: [{ key: 'tag', value: 'fairlead' }] });
  await vi.waitUntil(() => env.dynamics.pushes.idle());
  expect(receiver.received).toHaveLength(1);
});

test('a body over 256 KB loses its parameters and says so', async () => {
  await register('Create');
  const id = env.lead({ fairlead_reason: '日'.repeat(90_000) });
  const [push] = await receiver.until(1);
  expect(push?.headers['x-ms-dynamics-msg-size-exceeded']).toBe('true');
  expect(push?.body).toMatchObject({ PrimaryEntityId: id, MessageName: 'Create' });
  expect(push?.body).not.toHaveProperty('InputParameters');
});

test('502 to 504 are retried once, a 500 is final: a failed system job is all that is left', async () => {
  await register('Create');
  status = 500;
  const id = env.lead();
  await vi.waitUntil(() => env.dynamics.rows('asyncoperation').length === 1);
  expect(receiver.received).toHaveLength(1);
  const jobs = await env.call(
    'GET',
    'asyncoperations?$filter=statuscode eq 31&$select=message,_regardingobjectid_value',
  );
  expect(jobs.body.value).toEqual([
    expect.objectContaining({ _regardingobjectid_value: id, message: expect.stringContaining('500') }),
  ]);
});

test.each([
  ['no secret', { authvalue: '' }],
  ['plain http', { url: 'http://example.com/hook' }],
  ['another contract', { contract: 1 }],
  ['a header without its XML', { authtype: 5, authvalue: 'secret' }],
])('an endpoint with %s is refused', async (_, change) => {
  const reply = await env.call('POST', 'serviceendpoints', {
    name: 'Fairlead',
    url: 'https://leads.example.com/dynamics/webhooks',
    contract: 8,
    authtype: 4,
    authvalue: 'secret',
    ...change,
  });
  expect(reply.status).toBe(400);
});

test('columns to listen for go with Update only, and the secret cannot be read', async () => {
  expect((await register('Create', { filteringattributes: 'ownerid' })).status).toBe(400);
  expect((await register('Create', { mode: 0 })).status).toBe(400);
  expect((await env.call('GET', 'serviceendpoints?$select=authvalue')).status).toBe(400);
});

test('Sales’ own assignment rules re-own a new lead, and note that they did', async () => {
  const ownerId = env.idOf('ben@example.com');
  env.dynamics.setAutomation({ assignmentRules: [{ name: 'Web leads', ownerId }] });
  const id = env.lead();
  await vi.waitUntil(() => env.dynamics.rows('msdyn_salesroutingrun').length === 1);
  expect(env.dynamics.record({ id }).values.ownerid).toMatchObject({ id: ownerId });
});
