import express from 'express';
import supertest from 'supertest';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dynamicsWebhooks } from '../../server/http/dynamics/webhooks.ts';
import { createLimits } from '../../server/http/limits/create-limits.ts';
import { DEFAULT_RATE_LIMITS } from '../../server/http/limits/rate-limits.ts';
import type { HttpParts } from '../../server/http/ports.ts';
import { readKeyring } from '../../server/installs/keyring.ts';
import { createPushSecrets } from '../../server/installs/push-secrets.ts';
import { openService, type TestService } from './open-service.ts';

const KEYS = `k:${Buffer.alloc(32, 7).toString('base64')}`;
const ORGANIZATION = '6f1b2c3d-0000-4000-8000-00000000000a';
const LEAD = '6f1b2c3d-0000-4000-8000-00000000000b';
const OTHER = '6f1b2c3d-0000-4000-8000-00000000000c';

let service: TestService;
let secret: string;
beforeAll(async () => {
  service = await openService({
    FAIRLEAD_KEYS: KEYS,
    DYNAMICS_CLIENT_ID: 'app',
    DYNAMICS_CLIENT_SECRET: 'secret',
    DYNAMICS_LOGIN_URL: 'http://127.0.0.1:9',
  });
  const { body } = await service
    .api('post', '/api/v1/connections')
    .send({
      vendor: 'dynamics',
      externalId: ORGANIZATION.toUpperCase(),
      name: 'Contoso',
      scopes: [],
      tokens: {},
      settings: { url: 'http://127.0.0.1:9', tenantId: ORGANIZATION },
    })
    .expect(200);
  // As they were before there was a root of their own: those still hold.
  const ring = readKeyring(KEYS);
  secret = createPushSecrets(ring.keys.get(ring.active)!, ring).of(body.id);
});
afterAll(() => service.close());

const pushed = (changes: Record<string, unknown> = {}) => ({
  BusinessUnitId: ORGANIZATION,
  CorrelationId: 'c',
  Depth: 1,
  InputParameters: [
    {
      key: 'Target',
      value: {
        __type: 'Entity:http://schemas.microsoft.com/xrm/2011/Contracts',
        Attributes: [
          { key: 'leadid', value: LEAD },
          { key: 'emailaddress1', value: 'marta@example.com' },
        ],
        Id: LEAD,
        LogicalName: 'lead',
      },
    },
  ],
  MessageName: 'Create',
  OperationCreatedOn: '/Date(1506409448000-0700)/',
  OperationId: 'op-1',
  OrganizationId: ORGANIZATION,
  PrimaryEntityId: LEAD,
  PrimaryEntityName: 'lead',
  SharedVariables: [],
  ...changes,
});

const push = (body: unknown, code = secret) =>
  service.anyone
    .post(`/dynamics/webhooks?code=${code}`)
    .set('content-type', 'application/json')
    .send(body as object);

const rows = async () =>
  (await service.storage.executeSql('select kind, dedupe, payload from inbox order by id')).rows as {
    kind: string;
    payload: Record<string, unknown>;
  }[];

const owner = (id: string, table = 'systemuser') => ({
  key: 'Target',
  value: {
    Attributes: [
      { key: 'leadid', value: LEAD },
      { key: 'modifiedon', value: '/Date(1)/' },
      { key: 'ownerid', value: { Id: id, LogicalName: table } },
    ],
  },
});

test('a push is stored before it is answered, once, without what it says of people', async () => {
  expect((await push(pushed()).expect(200)).body).toEqual({ stored: 1 });
  await push(pushed()).expect(200);
  const stored = await rows();
  expect(stored).toHaveLength(1);
  expect(stored[0]).toMatchObject({
    kind: 'record_changed',
    payload: { kind: 'record_changed', objectType: 'lead', recordId: LEAD },
  });
  expect(JSON.stringify(stored)).not.toContain('marta');
});

test('an owner change tells who and when; a team is told from a user', async () => {
  const before = (await rows()).length;
  const change = { MessageName: 'Update', InputParameters: [owner(OTHER)] };
  await push(pushed({ ...change, OperationId: 'op-2' })).expect(200);
  await push(
    pushed({ MessageName: 'Update', InputParameters: [owner(OTHER, 'team')], OperationId: 'op-3' }),
  ).expect(200);
  expect((await rows()).slice(before).map(({ payload }) => payload)).toEqual([
    { kind: 'owner_changed', objectType: 'lead', recordId: LEAD, ownerId: OTHER, at: 1_506_409_448_000 },
    {
      kind: 'owner_changed',
      objectType: 'lead',
      recordId: LEAD,
      ownerId: `team:${OTHER}`,
      at: 1_506_409_448_000,
    },
  ]);
});

test('our own tagged write is dropped; what an automation made of it is not', async () => {
  const before = (await rows()).length;
  const ours = {
    MessageName: 'Update',
    InputParameters: [owner(OTHER)],
    SharedVariables: [{ key: 'tag', value: 'fairlead' }],
  };
  expect((await push(pushed({ ...ours, OperationId: 'op-4' })).expect(200)).body).toEqual({ stored: 0 });
  await push(pushed({ ...ours, Depth: 2, OperationId: 'op-5' })).expect(200);
  expect(await rows()).toHaveLength(before + 1);
});

test('a merge tells what went into what; a deletion that it is gone; a body that was cut is looked at', async () => {
  const before = (await rows()).length;
  const merge = [
    { key: 'Target', value: { Id: LEAD, LogicalName: 'lead' } },
    { key: 'SubordinateId', value: OTHER },
  ];
  await push(pushed({ MessageName: 'Merge', InputParameters: merge, OperationId: 'op-6' })).expect(200);
  await push(pushed({ MessageName: 'Delete', OperationId: 'op-7' })).expect(200);
  const cut = pushed({ MessageName: 'Update', OperationId: 'op-8' });
  await push({ ...cut, InputParameters: undefined }).expect(200);
  expect((await rows()).slice(before).map(({ payload }) => payload)).toEqual([
    { kind: 'record_gone', objectType: 'lead', recordId: OTHER, mergedInto: LEAD },
    { kind: 'record_changed', objectType: 'lead', recordId: LEAD },
    { kind: 'record_gone', objectType: 'lead', recordId: LEAD, mergedInto: null },
    { kind: 'record_changed', objectType: 'lead', recordId: LEAD },
  ]);
});

test('another table is of no use; a wrong secret, none, and a stranger’s organization are refused alike', async () => {
  const before = await rows();
  await push(pushed({ PrimaryEntityName: 'contact', OperationId: 'op-9' })).expect(200);
  await push(pushed({ OperationId: 'op-10' }), 'wrong').expect(401);
  await service.anyone
    .post('/dynamics/webhooks')
    .send(pushed({ OperationId: 'op-11' }))
    .expect(401);
  await push(pushed({ OrganizationId: OTHER, OperationId: 'op-12' })).expect(401);
  expect(await rows()).toEqual(before);
});

test('a body that is none is refused with what it should be', async () => {
  const { body } = await push({ hello: 'world' }).expect(400);
  expect(body).toMatchObject({
    code: 'invalid_request',
    detail: expect.stringContaining('RemoteExecutionContext'),
  });
});

test('what cannot be stored is answered with 503, which Dataverse tries once more: a 500 it never does', async () => {
  const fails = async (): Promise<never> => {
    throw new Error('the database is away');
  };
  const parts = {
    connections: { find: async () => ({ id: 'con_1' }) },
    pushes: { holds: () => true },
    inbox: { put: fails },
    limits: createLimits(DEFAULT_RATE_LIMITS),
  } as unknown as HttpParts;
  const away = express().post('/dynamics/webhooks', dynamicsWebhooks(parts));
  await supertest(away).post('/dynamics/webhooks?code=x').send(pushed()).expect(503);
  const { inbox: _, ...without } = parts;
  const lost = { ...without, connections: { find: fails } } as unknown as HttpParts;
  const unknown = express().post('/dynamics/webhooks', dynamicsWebhooks(lost));
  await supertest(unknown).post('/dynamics/webhooks?code=x').send(pushed()).expect(503);
});
