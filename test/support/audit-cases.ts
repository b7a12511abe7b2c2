import type supertest from 'supertest';
import { makeNewId } from '../../server/base/ids.ts';
import { createApiKeys } from '../../server/storage/directory/api-keys.ts';
import type { Storage } from '../../server/storage/storage.ts';
import { addRefusedDelivery } from './refused-delivery.ts';
import { roundRobin } from './round-robin.ts';

/** The workspace whose log is looked at. */
export interface AuditedWorld {
  readonly api: (method: 'get' | 'post' | 'put' | 'delete', path: string, key?: string) => supertest.Test;
  readonly storage: Storage;
  readonly tenantId: string;
  /** Leads that are offered to somebody. */
  readonly offered: readonly { readonly assignment: string; readonly rep: { readonly id: string } }[];
}

/** The policy that is live. */
export const POLICY = {
  fairlead: 1,
  name: 'Inbound',
  fields: { country: { type: 'country' } },
  pools: [roundRobin('all', 'Everybody', 'dana', 'sam')],
  rules: [
    {
      id: 'offered',
      name: 'Offered',
      when: { field: 'country', op: 'eq', value: 'DE' },
      then: [{ pool: 'all', give: 'offer', claimWithin: 'PT1H' }],
    },
  ],
  fallback: [{ pool: 'all' }],
};
/** The directory. */
export const REPS = ['dana', 'sam', 'kim'].map((id) => ({ id, name: id, email: `${id}@example.com` }));
const ORG = {
  vendor: 'salesforce',
  externalId: '00D000000000001EAA',
  name: 'Org',
  scopes: [],
  tokens: {},
  settings: { instanceUrl: 'https://example.my.salesforce.com', flow: 'client_credentials' },
};

/** What of an endpoint is asked: once so that it does it, and once so that it refuses. `id`: what its path names. */
export interface Case {
  readonly id?: (world: AuditedWorld) => Promise<string>;
  readonly body?: object | ((world: AuditedWorld) => Promise<object>);
  /** Another body, sent to the same address; absent: the same one, about an id that is not. */
  readonly refused?: object;
  readonly subject?: (reply: Record<string, unknown>, id: string) => unknown;
}
const NAMED: Case['subject'] = (_reply, id) => id;
const MADE: Case['subject'] = (reply) => reply.id;
const nobodys = { reason: 'x' };

/** Gives a lead; its decision. */
export const lead = async ({ api }: Pick<AuditedWorld, 'api'>, country = 'US') =>
  (await api('post', '/leads').send({ fields: { country } }).expect(200)).body;
const draft = async ({ api }: AuditedWorld) =>
  (await api('post', '/policy/drafts').send({ text: JSON.stringify({ ...POLICY, name: 'Next' }) })).body;
const madeKey = async ({ api }: AuditedWorld, name: string) =>
  (
    await api('post', '/keys')
      .send({ name, scopes: ['read'] })
      .expect(200)
  ).body;
/** The id of a vendor's connection. */
export const connection = async ({ api }: Pick<AuditedWorld, 'api'>, vendor: string): Promise<string> => {
  const { body } = await api('get', '/connections');
  return body.find((one: { vendor: string }) => one.vendor === vendor).id;
};
const invitation = async ({ api }: AuditedWorld, email: string) =>
  (await api('post', '/people/invitations').send({ email, role: 'rep' }).expect(200)).body.id;
const somebody = async ({ storage, tenantId }: AuditedWorld, id: string): Promise<string> => {
  await storage.executeSql(`insert into person (id, tenant_id, name, role) values ($1, $2, 'Jo', 'rep')`, [
    id,
    tenantId,
  ]);
  return id;
};
const refusedDelivery = async (world: AuditedWorld): Promise<string> => {
  const connectionId = await connection(world, 'hubspot');
  const { storage, tenantId } = world;
  await addRefusedDelivery(storage, { tenantId, connectionId, id: 'dlv_refused', at: new Date() });
  return 'dlv_refused';
};

/** What each endpoint that changes something is asked, by method and path. */
export const CASES: Readonly<Record<string, Case>> = {
  'post /people/invitations': {
    body: { email: 'jo@example.com', role: 'rep' },
    refused: { email: 'jo', role: 'rep' },
    subject: MADE,
  },
  'post /people/invitations/{id}/revoke': {
    id: (world) => invitation(world, 'max@example.com'),
    subject: NAMED,
  },
  'post /people/{id}/role': {
    id: (world) => somebody(world, 'per_1'),
    body: { role: 'manager' },
    subject: NAMED,
  },
  'post /people/{id}/remove': { id: (world) => somebody(world, 'per_2'), subject: NAMED },
  'post /people/{id}/sign-out': { id: (world) => somebody(world, 'per_3'), subject: NAMED },
  'put /people/admission': { body: { role: 'rep' }, refused: { role: 'owner' }, subject: () => null },
  'post /leads': {
    body: { fields: { country: 'US' } },
    refused: { fields: { country: 7 } },
    subject: (reply) => (reply.lead as { id: string }).id,
  },
  'post /leads/batch': {
    body: { leads: [{ fields: { country: 'US' } }] },
    refused: { leads: [] },
    subject: () => null,
  },
  'post /assignments/{id}/claim': {
    id: async ({ offered }) => offered[0]!.assignment,
    body: async ({ offered }) => ({ rep: offered[0]!.rep.id }),
    subject: NAMED,
  },
  'post /assignments/{id}/decline': {
    id: async ({ offered }) => offered[1]!.assignment,
    body: async ({ offered }) => ({ rep: offered[1]!.rep.id }),
    subject: NAMED,
  },
  'put /policy': {
    body: { ...POLICY, name: 'Again' },
    refused: { fairlead: 1 },
    subject: ({ version }) => `version ${version}`,
  },
  'post /policy/drafts': { body: { text: 'fairlead: 1' }, refused: { text: 1 }, subject: MADE },
  'put /policy/drafts/{id}': {
    id: async (world) => (await draft(world)).id,
    body: { text: 'fairlead: 1', note: 'Another' },
    subject: NAMED,
  },
  'post /policy/drafts/{id}/simulate': {
    id: async (world) => (await draft(world)).id,
    body: { days: 1 },
    refused: { days: 0 },
    subject: NAMED,
  },
  'post /policy/drafts/{id}/approve': {
    id: async (world) => {
      // A key that the one who approves made would be the same person.
      const author = 'fl_of-somebody-else';
      const keys = createApiKeys(world.storage, makeNewId());
      await keys.add({ tenantId: world.tenantId, name: 'writer' }, author);
      const text = JSON.stringify({ ...POLICY, name: 'By another' });
      return (await world.api('post', '/policy/drafts', author).send({ text }).expect(200)).body.id;
    },
    body: { revision: 1 },
    subject: NAMED,
  },
  'post /policy/drafts/{id}/publish': {
    id: async (world) => (await draft(world)).id,
    body: {},
    subject: NAMED,
  },
  'post /policy/drafts/{id}/unschedule': {
    id: async (world) => {
      const { id } = await draft(world);
      const at = new Date(Date.now() + 3_600_000).toISOString();
      await world.api('post', `/policy/drafts/${id}/publish`).send({ at }).expect(200);
      return id;
    },
    subject: NAMED,
  },
  'post /policy/drafts/{id}/discard': { id: async (world) => (await draft(world)).id, subject: NAMED },
  'post /policy/rollback': {
    body: { version: 1 },
    refused: { version: 999 },
    subject: ({ version }) => `version ${version}`,
  },
  'put /reps': { body: REPS, refused: [{ id: '' }], subject: () => null },
  'post /reps/{id}/offboarding': { id: async () => 'kim', body: {}, subject: NAMED },
  'post /offboardings/{id}/undo': {
    id: async (world) => {
      await world.api('put', '/reps').send(REPS).expect(200);
      return (await world.api('post', '/reps/kim/offboarding').send({}).expect(200)).body.id;
    },
    subject: NAMED,
  },
  'put /settings': {
    body: { paused: false, mode: 'live' },
    refused: { paused: 'no' },
    subject: () => 'mode, paused',
  },
  'post /connections': { body: ORG, refused: { ...ORG, vendor: 'other' }, subject: MADE },
  'post /connections/{id}/sync': { id: (world) => connection(world, 'hubspot'), subject: NAMED },
  'post /connections/{id}/credential': { id: (world) => connection(world, 'salesforce'), subject: NAMED },
  'post /assignments/{id}/reassign': {
    id: async (world) => (await lead(world)).assignment,
    body: { rep: 'kim' },
    subject: NAMED,
  },
  'post /assignments/{id}/junk': {
    id: async (world) => (await lead(world)).assignment,
    body: nobodys,
    subject: NAMED,
  },
  'post /pools/{id}/adjustments': {
    id: async () => 'all',
    body: { rep: 'dana', leads: 1, reason: 'x' },
    subject: MADE,
  },
  'post /deliveries/{id}/retry': { id: (world) => refusedDelivery(world), subject: NAMED },
  'post /keys': {
    body: { name: 'website', scopes: ['route'] },
    refused: { name: '', scopes: ['route'] },
    subject: MADE,
  },
  'post /keys/{id}/rotate': { id: async (world) => (await madeKey(world, 'rotated')).id, subject: NAMED },
  'post /keys/{id}/revoke': { id: async (world) => (await madeKey(world, 'revoked')).id, subject: NAMED },
  'post /found-people': {
    body: { reps: [], noReps: [] },
    refused: { reps: ['nobody@example.com'], noReps: [] },
    subject: () => null,
  },
  'post /first-steps/policy': {
    body: async (world) => {
      const [found] = (await world.api('get', '/found-people').expect(200)).body.people;
      await world
        .api('post', '/found-people')
        .send({ reps: [found.email], noReps: [] })
        .expect(200);
      return { teams: null };
    },
    refused: { teams: 7 },
    subject: ({ draft: made }) => (made as { id: string }).id,
  },
  'post /go-live': {
    body: { pools: null },
    refused: { pools: ['nobody'] },
    subject: ({ version }) => `version ${version}`,
  },
  'post /connections/{id}/test': {
    id: (world) => connection(world, 'hubspot'),
    body: { messageTo: null },
    subject: NAMED,
  },
  'put /retention': {
    body: { deliveriesDays: 20 },
    refused: { deliveriesDays: 1 },
    subject: () => 'deliveriesDays',
  },
  'post /erasures': { body: { email: 'gone@example.com' }, refused: { email: 'gone' }, subject: () => null },
  'delete /connections/{id}': { id: (world) => connection(world, 'hubspot'), subject: NAMED },
  'post /workspace/deletion': {
    body: async ({ api }) => ({ name: (await api('get', '/workspace').expect(200)).body.name }),
    refused: { name: 'Another' },
    subject: () => null,
  },
};
