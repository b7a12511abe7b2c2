import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from '../../sandbox/create-sandbox.ts';
import { createZohoChanges } from '../../server/crm/zoho/changes.ts';
import type { Call, CallZoho } from '../../server/crm/zoho/client.ts';
import { createZohoDirectory } from '../../server/crm/zoho/directory.ts';
import { createZohoEntry } from '../../server/crm/zoho/entry.ts';
import { createFieldCatalog } from '../../server/crm/zoho/fields.ts';
import { readFirstActivity } from '../../server/crm/zoho/first-activity.ts';
import { createPushKeeper } from '../../server/crm/zoho/keep-push.ts';
import { countOpenWork } from '../../server/crm/zoho/open-work.ts';
import { createZohoReader } from '../../server/crm/zoho/reader.ts';
import { createZohoSender } from '../../server/crm/zoho/sender.ts';
import { deliveryOf, ownerWrite } from '../support/delivery-rows.ts';
import { decisionView, decisionViews } from '../support/hubspot-portal.ts';
import { vendorSpecs } from '../support/vendor-specs.ts';
import { openZohoOrg, type TestZohoOrg } from '../support/zoho-org.ts';
import { createZohoCheck, type ZohoExchange } from '../support/zoho-specs.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox({ port: 0 });
});
afterAll(() => sandbox.close());

/** Everything our client asks, and what came back, through the real client and over HTTP. */
const recorded = ({ call }: TestZohoOrg) => {
  const seen: ZohoExchange[] = [];
  const recording: CallZoho = async (connection, request: Call) => {
    const reply = await call(connection, request);
    const { method, path, query = {}, headers = {}, body } = request;
    seen.push({ method, path, query, headers, body, status: reply.status, reply: reply.body });
    return reply;
  };
  return { seen, call: recording };
};

const folder = vendorSpecs('zoho') ?? '';

const until = () => Date.now() + 30_000;
const PERSON = { company: 'Acme', source: 'Web', message: 'Hello', url: null };

/** Every call the connector makes, with all that can be read or written. */
const useEverything = async (org: TestZohoOrg, call: CallZoho): Promise<void> => {
  const { connection, clock, addresses } = org;
  const fields = createFieldCatalog(call, clock);
  const ids = Array.from({ length: 4 }, (_, n) =>
    org.lead({ Email: `lead${n}@acme.test`, No_of_Employees: 5 }),
  );
  const ref = (recordId: string, objectType = 'lead') => ({
    connectionId: connection.id,
    objectType,
    recordId,
  });
  const owner = org.idOf('owner.1@example.com');

  const reader = createZohoReader(call, addresses);
  await reader.read(connection, [{ ref: ref(ids[0]!), sources: { employees: 'Lead.No_of_Employees' } }]);

  const sender = createZohoSender({
    call,
    fields,
    decisionsById: decisionViews,
    clock,
  });
  const task = { kind: 'task', body: { record: ref(ids[0]!), ownerId: owner, decisionId: 'dec_1' } } as const;
  for (const attempts of [1, 2]) await sender.send(connection, [deliveryOf(task, attempts)], until());
  const writes = [...ids, '6756839000000999999'].map((id) =>
    deliveryOf(ownerWrite(id, owner, org.nobody, 'lead'), 2),
  );
  await sender.send(connection, writes, until());

  await createZohoDirectory(call).read(connection, []);
  await countOpenWork(call, connection);
  await readFirstActivity(call, connection, [{ ref: ref(ids[0]!), since: 0 }]);
  const keep = createPushKeeper(call, {
    clock,
    push: { origin: () => 'https://leads.example.com', secretOf: () => 's'.repeat(43) },
  });
  await keep.keep(connection);
  await keep.keep(connection);

  const entry = createZohoEntry(call, { fields, clock });
  await entry.find(connection, [{ email: 'lead1@acme.test', phone: '+1 555' }]);
  const person = { ...PERSON, name: 'Ada Lovelace', email: 'ada@new.test', phone: '+1 555 0100' };
  const wanted = {
    key: 'key-1',
    person,
    values: { 'Lead.No_of_Employees': '40' },
    ownerId: owner,
    decision: decisionView('dec_9'),
  };
  for (const mayExist of [false, true]) await entry.create(connection, [{ ...wanted, mayExist }], until());
  await entry.fill(connection, ref(ids[1]!), { 'Lead.Country': 'US' }, until());
  await entry.convert?.(
    connection,
    ids.slice(0, 1).map((id) => ({ ref: ref(id), ownerId: owner })),
    until(),
  );
  await entry.convert?.(
    connection,
    ids.slice(1, 3).map((id) => ({ ref: ref(id), ownerId: owner })),
    until(),
  );
  sandbox.zoho.remove({ domain: org.domain, id: ids[3]! });
  await createZohoChanges(call, addresses, 1_000).read(connection, {
    cursor: null,
    now: Date.now(),
    sources: {},
  });
};

describe.skipIf(folder === '')(
  "what we send and what we read are as Zoho's descriptions of v8 have them",
  () => {
    test.each([true, false])(
      'every call of the connector, with fields of our own: %s',
      async (fairleadFields) => {
        const org = openZohoOrg(sandbox, {
          fairleadFields,
          shifts: [
            {
              name: 'Day',
              timezone: 'America/New_York',
              days: ['Monday'],
              from: '09:00',
              to: '17:00',
              breaks: [{ from: '12:00', to: '12:30' }],
              users: ['owner.1@example.com'],
            },
          ],
          territories: [{ name: 'EMEA', users: ['owner.1@example.com'] }],
          groups: [{ name: 'DACH', users: ['owner.1@example.com'] }],
          users: [
            {
              email: 'away@example.com',
              firstName: 'A',
              lastName: 'Way',
              away: [{ from: '2026-12-01T00:00:00Z', to: '2026-12-05T00:00:00Z' }],
            },
          ],
        });
        const { seen, call } = recorded(org);
        await useEverything(org, call);
        expect(seen.flatMap(createZohoCheck(folder))).toEqual([]);
        expect(
          seen.filter(({ path, status }) => path.includes('/associated_groups') && status === 200),
        ).toHaveLength(1);
        expect(
          new Set(seen.map(({ method, path }) => `${method} ${path.replace(/\d{9,}/g, '#')}`)).size,
        ).toBeGreaterThan(15);
      },
    );

    test('the check itself sees a wrong body, parameter, path and reply', () => {
      const check = createZohoCheck(folder);
      const good: ZohoExchange = {
        method: 'PUT',
        path: '/crm/v8/Leads',
        query: {},
        headers: {},
        body: { data: [{ id: '1' }], trigger: [] },
        status: 200,
        reply: { data: [] },
      };
      expect(check(good)).toEqual([]);
      expect(check({ ...good, body: { data: [{ id: 1 }] } })).not.toEqual([]);
      expect(check({ ...good, body: { rows: [] } })).not.toEqual([]);
      expect(check({ ...good, query: { force: 'true' } })).not.toEqual([]);
      expect(check({ ...good, path: '/crm/v8/Leads/1/2/3/4/5' })).not.toEqual([]);
      expect(check({ ...good, reply: { data: [{ code: 7 }] } })).not.toEqual([]);
      expect(check({ ...good, status: 400, reply: { error: 'x' } })).not.toEqual([]);
    });
  },
);
