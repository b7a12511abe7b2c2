import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from '../../sandbox/create-sandbox.ts';
import type { NewRecord } from '../../server/crm/connector.ts';
import { createSalesforceEntry } from '../../server/crm/salesforce/entry/create-entry.ts';
import { firstActivity } from '../../server/crm/salesforce/first-activity.ts';
import { decisionView } from '../support/hubspot-portal.ts';
import { openSalesforceOrg, type TestOrg } from '../support/salesforce-org.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox({ port: 0 });
});
afterEach(() => sandbox.salesforce.setFaults([]));
afterAll(() => sandbox.close());

const open = (options: Parameters<typeof openSalesforceOrg>[1] = {}) => {
  const org = openSalesforceOrg(sandbox, options);
  return { ...org, entry: createSalesforceEntry(org.call, org.clock), until: Date.now() + 60_000 };
};
type Opened = ReturnType<typeof open>;

const ADA = {
  name: 'Ada King Lovelace',
  company: 'Engines',
  email: 'ada@engines.example',
  phone: '+44 20 7946 0123',
};
const person = (changes: Partial<typeof ADA> & { email?: string | null; phone?: string | null } = {}) => ({
  ...ADA,
  source: 'Web',
  message: 'Call me',
  url: null,
  ...changes,
});
const wanted = (org: Opened, changes: Partial<NewRecord> & { mayExist?: boolean } = {}) => ({
  key: 'led_1',
  person: person(),
  values: { 'Lead.Country': 'GB', 'Lead.NumberOfEmployees': '250' },
  ownerId: org.idOf('owner.1@example.com'),
  decision: decisionView('dec_1'),
  mayExist: false,
  ...changes,
});
const leads = (org: TestOrg) => org.rows('Lead').filter(({ IsDeleted }) => !IsDeleted);
const account = (org: TestOrg, values: Record<string, unknown>): string =>
  org.salesforce.create({ domain: org.domain, objectType: 'Account', values }).Id;
const refOf = (org: TestOrg, recordId: string) => ({
  connectionId: org.connection.id,
  objectType: 'lead',
  recordId,
});

describe('a lead that comes in elsewhere', () => {
  test('is made in one call with its owner, its reason and its company’s account', async () => {
    const org = open();
    const company = account(org, { Name: 'Engines plc', Website: 'https://www.engines.example/about' });
    account(org, { Name: 'Engines of another', Website: 'not-engines.example' });
    sandbox.salesforce.resetStats();
    const [made] = await org.entry.create(org.connection, [wanted(org)], org.until);
    expect(made).toMatchObject({ kind: 'entered', existed: false });
    expect(leads(org)).toEqual([
      expect.objectContaining({
        FirstName: 'Ada King',
        LastName: 'Lovelace',
        Email: 'ada@engines.example',
        Country: 'GB',
        NumberOfEmployees: 250,
        OwnerId: org.idOf('owner.1@example.com'),
        Fairlead_Decision__c: 'dec_1',
        Fairlead_Key__c: 'led_1',
        Fairlead_Account__c: company,
      }),
    ]);
    expect(sandbox.salesforce.stats().byKind).toMatchObject({ 'collection.upsert': 1, query: 1 });
  });

  test.each([true, false])(
    'has no twin after an answer that was lost (package installed: %s)',
    async (packageInstalled) => {
      const org = open({ packageInstalled });
      sandbox.salesforce.setFaults([{ kind: 'reset', path: 'composite/sobjects', times: 1 }]);
      const [lost] = await org.entry.create(org.connection, [wanted(org)], org.until);
      expect(lost).toMatchObject({ kind: 'failed', result: { outcome: 'retry' } });
      const [lead] = leads(org);
      org.salesforce.changeOwner({
        domain: org.domain,
        id: lead!.Id,
        ownerId: org.idOf('owner.2@example.com'),
      });
      const [again] = await org.entry.create(org.connection, [wanted(org, { mayExist: true })], org.until);
      expect(again).toEqual({ kind: 'entered', ref: refOf(org, lead!.Id), existed: true });
      expect(leads(org)).toHaveLength(1);
      expect(org.record(lead!.Id).OwnerId).toBe(org.idOf('owner.2@example.com'));
    },
  );

  test('is the one a blocking duplicate rule takes it for; a rule that only warns does not stop it', async () => {
    const org = open();
    const known = org.lead({ Email: 'ada@engines.example' });
    org.salesforce.setAutomation({ duplicateRule: 'block' }, org.domain);
    const [blocked] = await org.entry.create(org.connection, [wanted(org)], org.until);
    expect(blocked).toEqual({ kind: 'entered', ref: refOf(org, known), existed: true });
    org.salesforce.setAutomation({ duplicateRule: true }, org.domain);
    const [warned] = await org.entry.create(org.connection, [wanted(org)], org.until);
    expect(warned).toMatchObject({ kind: 'entered', existed: false });
  });

  test('goes in without a field that the org no longer has; refused owners say what to do', async () => {
    const org = open({ packageInstalled: false });
    const values = { 'Lead.Gone__c': 'x', 'Lead.IsConverted': 'true' };
    const records = [
      wanted(org, { key: 'a', values }),
      wanted(org, { key: 'b', ownerId: org.idOf('owner.9@example.com') }),
      wanted(org, { key: 'c', person: person({ email: 'no-address' }) }),
      wanted(org, { key: 'd', person: { ...person(), name: null, company: null } }),
    ];
    const made = await org.entry.create(org.connection, records, org.until);
    expect(made[0]).toMatchObject({ kind: 'entered' });
    expect(made[1]).toMatchObject({
      kind: 'failed',
      result: { outcome: 'refused', code: 'rejected', remedy: expect.stringContaining('inactive') },
    });
    expect(made[2]).toMatchObject({ result: { code: 'rejected', remedy: expect.stringContaining('email') } });
    expect(made[3]).toMatchObject({ kind: 'entered' });
  });

  test('is found by e-mail, else by phone in any writing, open before closed, newest first; not once converted', async () => {
    const org = open();
    const closed = org.lead({ Email: 'Ada@Engines.example', Status: 'Unqualified' });
    const older = org.lead({ Email: 'ada@engines.example' });
    const byPhone = org.lead({ MobilePhone: '(020) 7946-0999' });
    const converted = org.lead({ Email: 'gone@example.com' });
    org.salesforce.convert({ domain: org.domain, id: converted });
    const found = await org.entry.find(org.connection, [
      { email: 'ADA@engines.example', phone: null },
      { email: null, phone: '+44 20 7946 0999' },
      { email: 'gone@example.com', phone: null },
      { email: null, phone: '123' },
      { email: "o'neil@example.com", phone: '+44 20 7946 0999' },
    ]);
    expect(found.map((ref) => ref?.recordId ?? null)).toEqual([older, byPhone, null, null, null]);
    expect(closed).not.toBe(older);
  });

  test('is filled only where it is empty, and not over what somebody writes meanwhile', async () => {
    const org = open();
    const id = org.lead({ Country: 'US', Company: '[not provided]' });
    const values = {
      'Lead.Country': 'GB',
      'Lead.City': 'London',
      'Lead.Company': 'Engines',
      'Lead.Gone__c': 'x',
    };
    expect(await org.entry.fill(org.connection, refOf(org, id), values, org.until)).toEqual({
      outcome: 'done',
    });
    expect(org.record(id)).toMatchObject({ Country: 'US', City: 'London', Company: 'Engines' });
    org.salesforce.remove({ domain: org.domain, id });
    const gone = await org.entry.fill(org.connection, refOf(org, id), { 'Lead.City': 'Rome' }, org.until);
    expect(gone).toMatchObject({ outcome: 'refused', code: 'record_gone' });
  });
});

describe('a conversion', () => {
  test('gives the claimer the contact, in the account that was matched, once', async () => {
    const org = open();
    const company = account(org, { Name: 'Engines plc', Website: 'engines.example' });
    const [made] = await org.entry.create(org.connection, [wanted(org)], org.until);
    const other = org.lead();
    const refs = [(made as { ref: ReturnType<typeof refOf> }).ref, refOf(org, other)];
    const ownerId = org.idOf('owner.3@example.com');
    const asked = refs.map((ref) => ({ ref, ownerId }));
    const convert = () => org.entry.convert!(org.connection, asked, org.until);
    expect(await convert()).toEqual([{ outcome: 'done' }, { outcome: 'done' }]);
    const [lead] = leads(org).filter(({ Id }) => Id === refs[0]!.recordId);
    expect(lead).toMatchObject({
      IsConverted: true,
      ConvertedAccountId: company,
      ConvertedOpportunityId: null,
    });
    expect(org.rows('Contact').map(({ OwnerId }) => OwnerId)).toEqual([ownerId, ownerId]);
    expect(await convert()).toEqual([{ outcome: 'done' }, { outcome: 'done' }]);
    expect(org.rows('Contact')).toHaveLength(2);
  });

  test('makes an opportunity where the connection says so, and renews an ended session', async () => {
    const org = open();
    const connection = {
      ...org.connection,
      settings: { ...org.connection.settings, convertWithOpportunity: true },
    };
    const lead = org.lead();
    sandbox.salesforce.oauth.expireAll();
    const asked = [{ ref: refOf(org, lead), ownerId: org.idOf('owner.1@example.com') }];
    expect(await org.entry.convert!(connection, asked, org.until)).toEqual([{ outcome: 'done' }]);
    expect(org.rows('Opportunity')).toHaveLength(1);
  });

  test('is refused, with what to do, for a queue, somebody who has left, and a lead that is gone', async () => {
    const org = open();
    const removed = org.lead();
    org.salesforce.remove({ domain: org.domain, id: removed });
    const results = await org.entry.convert!(
      org.connection,
      [
        { ref: refOf(org, org.lead()), ownerId: org.idOf('Holding') },
        { ref: refOf(org, org.lead()), ownerId: org.idOf('owner.9@example.com') },
        { ref: refOf(org, removed), ownerId: org.idOf('owner.1@example.com') },
      ],
      org.until,
    );
    expect(results).toMatchObject([
      { code: 'queue_cannot_convert' },
      { code: 'rejected', remedy: expect.stringContaining('inactive') },
      { code: 'record_gone' },
    ]);
  });
});

test('the first activity of a person is a completed task, a meeting or an e-mail sent, whichever came first', async () => {
  let now = Date.parse('2026-11-24T15:00:00Z');
  const manual = await createSandbox({
    port: 0,
    scheduler: { now: () => now, after: () => () => undefined },
  });
  try {
    const org = openSalesforceOrg(manual, { now: () => now });
    const { domain, salesforce } = org;
    const by = 'owner.1@example.com';
    const since = now;
    const later = (minutes: number) => {
      now = since + minutes * 60_000;
    };
    const [called, met, mailed, untouched, early] = [1, 2, 3, 4, 5].map(() => org.lead()) as [
      string,
      string,
      string,
      string,
      string,
    ];
    const task = (WhoId: string, values = {}) =>
      salesforce.create({
        domain,
        by,
        objectType: 'Task',
        values: { WhoId, Subject: 'Call', Status: 'Completed', ...values },
      }).Id;
    task(early);
    later(1);
    task(untouched, { Status: 'Not Started' });
    const open = task(called, { Status: 'Not Started' });
    later(5);
    salesforce.update({ domain, by, objectType: 'Task', id: open, values: { Status: 'Completed' } });
    salesforce.create({ domain, by, objectType: 'Event', values: { WhoId: met, Subject: 'Demo' } });
    later(7);
    task(met);
    const mail = salesforce.create({
      domain,
      by,
      objectType: 'EmailMessage',
      values: { Subject: 'Hello', Incoming: false, MessageDate: new Date(now).toISOString() },
    }).Id;
    salesforce.create({
      domain,
      by,
      objectType: 'EmailMessageRelation',
      values: { EmailMessageId: mail, RelationId: mailed, RelationType: 'ToAddress' },
    });
    manual.salesforce.resetStats();
    const ask = [called, met, mailed, untouched, early].map((id) => ({
      ref: refOf(org, id),
      since: since + 1_000,
    }));
    const found = await firstActivity(org.call, org.connection, ask);
    const at = (minutes: number) => since + minutes * 60_000;
    expect(found).toEqual([at(5), at(5), at(7), null, null]);
    expect(manual.salesforce.stats().apiCalls).toBe(1);
  } finally {
    await manual.close();
  }
});
