import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from '../../sandbox/create-sandbox.ts';
import { gatherReads } from '../../server/crm/gather-reads.ts';
import type { CallHubspot } from '../../server/crm/hubspot/client.ts';
import { createHubspotDirectory } from '../../server/crm/hubspot/directory.ts';
import { createHubspotEntry } from '../../server/crm/hubspot/entry.ts';
import { firstActivity } from '../../server/crm/hubspot/first-activity.ts';
import { countOpenWork } from '../../server/crm/hubspot/open-work.ts';
import { createHubspotChanges } from '../../server/crm/hubspot/poll.ts';
import { createHubspotReader } from '../../server/crm/hubspot/reader.ts';
import { createKeyField, createReasonFields } from '../../server/crm/hubspot/reason-fields.ts';
import { createHubspotSender } from '../../server/crm/hubspot/sender.ts';
import { createStages } from '../../server/crm/hubspot/stages.ts';
import { deliveryOf, ownerWrite } from '../support/delivery-rows.ts';
import { decisionView, decisionViews, openPortal } from '../support/hubspot-portal.ts';
import { createSpecValidator, findOperation, readOperations } from '../support/hubspot-specs.ts';
import { vendorSpecs } from '../support/vendor-specs.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox({ port: 0 });
});
afterAll(() => sandbox.close());

interface Seen {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly status: number;
  readonly reply: unknown;
}

/** Everything our client asks, and what came back, through the real client and over HTTP. */
const recorded = (call: CallHubspot) => {
  const seen: Seen[] = [];
  const recording: CallHubspot = async (connection, request) => {
    const reply = await call(connection, request);
    seen.push({
      method: request.method,
      path: request.path,
      body: request.body,
      status: reply.status,
      reply: reply.body,
    });
    return reply;
  };
  return { seen, call: recording };
};

const REPLY = {
  status: 'COMPLETE',
  results: [],
  startedAt: '2026-11-23T15:00:00Z',
  completedAt: '2026-11-23T15:00:00Z',
};

const folder = vendorSpecs('hubspot') ?? '';

const FILES = [
  'contacts',
  'companies',
  'deals',
  'leads',
  'users',
  'objects',
  'owners',
  'associations',
  'properties',
  'actionsV4',
  'pipelines',
];

/** Where HubSpot's guides and samples say other than its descriptions, and we follow the guides (docs/verify-live.md). */
const FOLLOWS_THE_GUIDE = / \/sorts\/0 must be string$/;

/** What is wrong with a request and its reply, in words. */
const createCheck = (described: string) => {
  const operations = readOperations(described, FILES);
  const validate = createSpecValidator();
  return ({ method, path, body, status, reply }: Seen): readonly string[] => {
    const operation = findOperation(operations, method, path);
    if (!operation) return [`${method} ${path} is not described`];
    return [
      ...(body === undefined ? [] : validate.request(operation, body)),
      ...validate.reply(operation, status, reply ?? null),
    ]
      .map((problem) => `${method} ${path} (${status}): ${problem}`)
      .filter((problem) => !FOLLOWS_THE_GUIDE.test(problem));
  };
};

describe.skipIf(folder === '')(
  "what we send and what we read are as HubSpot's 2026-03 descriptions have them",
  () => {
    test('every call of the reader, sender, directory, counter and poll', async () => {
      const portal = openPortal(sandbox);
      const { seen, call } = recorded(portal.call);
      const company = portal.contact({ name: 'Acme', domain: 'acme.test' }, 'companies');
      const contact = sandbox.hubspot.create({
        portalId: portal.portalId,
        objectType: 'contacts',
        properties: { email: 'a@acme.test' },
        associations: [{ objectType: 'companies', id: company }],
      }).id;
      const lead = sandbox.hubspot.create({
        portalId: portal.portalId,
        objectType: 'leads',
        properties: { hs_lead_name: 'Acme' },
        associations: [{ objectType: 'contacts', id: contact }],
      }).id;
      const connection = portal.connection;
      const until = () => Date.now() + 30_000;

      const reader = gatherReads({
        readers: [
          createHubspotReader(call, createStages(call, { now: Date.now }), 'https://app.hubspot.com'),
        ],
        connection: async () => connection,
      });
      const ref = (objectType: string, recordId: string) => ({
        connectionId: connection.id,
        objectType,
        recordId,
      });
      await reader.read(ref('contact', contact), { employees: 'company.numberofemployees' });
      await reader.read(ref('lead', lead), { country: 'contact.country' });

      const sender = createHubspotSender({
        call,
        reasonFields: createReasonFields(call),
        decisionsById: decisionViews,
        clock: { now: Date.now },
      });
      const record = ref('contact', contact);
      const task = { kind: 'task', body: { record, ownerId: '1001', decisionId: 'dec_1' } } as const;
      for (const attempts of [1, 2]) await sender.send(connection, [deliveryOf(task, attempts)], until());
      await sender.send(
        connection,
        [deliveryOf({ ...task, body: { ...task.body, record: ref('lead', lead) } })],
        until(),
      );
      await sender.send(
        connection,
        [deliveryOf(ownerWrite(contact, '1001')), deliveryOf(ownerWrite('404404', '1001'))],
        until(),
      );
      await sender.send(
        connection,
        [deliveryOf({ kind: 'callback', body: { callbackId: 'ap-1', decisionId: 'dec_1' } })],
        until(),
      );

      await createHubspotDirectory(call).read(connection, []);
      await countOpenWork(call, createStages(call, { now: Date.now }), connection, ['1001']);
      const cursor = JSON.stringify({ types: { contact: { at: Date.now() - 60_000 } }, goneAt: 0 });
      await createHubspotChanges(call).read(connection, {
        cursor,
        now: Date.now(),
        sources: { country: 'contact.country', stage: 'lead.hs_pipeline_stage' },
        openRecords: async () => [record, ref('lead', lead), ref('contact', '404404')],
      });

      expect(seen.flatMap(createCheck(folder))).toEqual([]);
      expect(new Set(seen.map(({ path }) => path)).size).toBeGreaterThanOrEqual(14);
    });

    test('every call by which leads enter, are found, filled and converted, and of what was done about them', async () => {
      const portal = openPortal(sandbox);
      const { seen, call } = recorded(portal.call);
      const { connection } = portal;
      const until = () => Date.now() + 30_000;
      portal.contact({ name: 'Acme', domain: 'acme.test' }, 'companies');
      const entry = createHubspotEntry({
        call,
        stages: createStages(call, { now: Date.now }),
        reasonFields: createReasonFields(call),
        keyField: createKeyField(call),
      });
      const person = {
        name: 'Ann Lee',
        company: 'Acme',
        email: 'ann@acme.test',
        phone: '+14155550100',
        source: null,
        message: null,
        url: null,
      };
      const record = { person, values: { 'contact.country': 'US' }, ownerId: '1001' };
      const create = (key: string, mayExist: boolean) =>
        entry.create(connection, [{ ...record, key, mayExist, decision: decisionView('dec_1') }], until());
      const [entered] = await create('led_1', false);
      await create('led_1', true);
      await create('led_2', false);
      if (entered?.kind !== 'entered') throw new Error('The lead did not enter.');
      await entry.find(connection, [person, { email: 'nobody@acme.test', phone: null }]);
      await entry.find(connection, [{ email: null, phone: '+14155550100' }]);
      await entry.fill(connection, entered.ref, { 'contact.city': 'Boston' }, until());
      await entry.convert?.(connection, [{ ref: entered.ref, ownerId: '1001' }], until());
      const call1 = { objectType: 'calls', properties: { hs_timestamp: new Date().toISOString() } };
      const associations = [{ objectType: 'leads', id: entered.ref.recordId }];
      sandbox.hubspot.create({ portalId: portal.portalId, ...call1, associations });
      await firstActivity(call, connection, [{ ref: entered.ref, since: 0 }]);

      expect(seen.flatMap(createCheck(folder))).toEqual([]);
      expect(new Set(seen.map(({ path }) => path)).size).toBeGreaterThanOrEqual(25);
    });

    test('the check itself sees a wrong body, a wrong path and a wrong reply', () => {
      const check = createCheck(folder);
      const path = '/crm/objects/2026-03/contacts/batch/update';
      const problems = (body: unknown, at = path) =>
        check({ method: 'POST', path: at, body, status: 200, reply: REPLY });
      expect(problems({ inputs: [{ id: '1', properties: {} }] })).toEqual([]);
      expect(problems({ inputs: [{ id: 1, properties: {} }] })).not.toEqual([]);
      expect(
        problems({ inputs: [{ id: '1', properties: {} }] }, '/crm/v3/objects/contacts/batch/update'),
      ).not.toEqual([]);
      expect(
        check({ method: 'POST', path, body: { inputs: [] }, status: 200, reply: { results: [] } }),
      ).not.toEqual([]);
    });
  },
);
