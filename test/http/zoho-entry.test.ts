import { describe, expect, test } from 'vitest';
import { createZohoEntry } from '../../server/crm/zoho/entry.ts';
import { decisionView } from '../support/hubspot-portal.ts';
import { zohoAtWork } from '../support/zoho-at-work.ts';
import type { TestZohoOrg } from '../support/zoho-org.ts';

const { open, pass, ref, until, zoho } = zohoAtWork();

describe('entering leads', () => {
  const entryOf = ({ call, fields, clock }: TestZohoOrg) => createZohoEntry(call, { fields, clock });
  const person = (email: string | null, name = 'Ada King Lovelace') => ({
    name,
    company: 'Engines',
    email,
    phone: null,
    source: 'Website',
    message: 'Hello',
    url: null,
  });
  const wanted = (org: TestZohoOrg, key: string, email: string | null, mayExist = false) => ({
    key,
    person: person(email),
    values: { 'Lead.No_of_Employees': '40', 'Lead.Country': 'US', 'Lead.Unknown': 'x' },
    ownerId: org.idOf('owner.1@example.com'),
    decision: decisionView(`dec_${key}`),
    mayExist,
  });

  test('a lead stands with its owner, values of the right type and the reason; a second try makes no second', async () => {
    const org = open();
    const entry = entryOf(org);
    zoho().setFaults([{ kind: 'truncated', path: '/upsert', times: 1 }]);
    const [first] = await entry.create(org.connection, [wanted(org, 'key-1', 'ada@x.co')], until());
    const [second] = await entry.create(org.connection, [wanted(org, 'key-1', 'ada@x.co', true)], until());
    const { id } = org.rows('Leads')[0]!;
    expect([first, second]).toMatchObject([
      { kind: 'failed', result: { outcome: 'retry' } },
      { kind: 'entered', existed: true, ref: { recordId: id } },
    ]);
    expect(org.rows('Leads')).toHaveLength(1);
    expect(org.record(id)).toMatchObject({
      First_Name: 'Ada King',
      Last_Name: 'Lovelace',
      No_of_Employees: 40,
      Country: 'US',
      Owner: { id: org.idOf('owner.1@example.com') },
      Fairlead_Decision: 'dec_key-1',
      Fairlead_Key: 'key-1',
    });
  });

  test('without a field for the key whoever has the address is left as they are', async () => {
    const org = open({ fairleadFields: false });
    const standing = org.lead({ Email: 'ada@x.co', City: 'Rome' });
    const entered = await entryOf(org).create(
      org.connection,
      [wanted(org, 'key-1', 'Ada@x.co'), wanted(org, 'key-2', 'eve@x.co'), wanted(org, 'key-3', null)],
      until(),
    );
    expect(entered).toMatchObject([
      { existed: true, ref: { recordId: standing } },
      { existed: false },
      { existed: false },
    ]);
    expect(org.ownerOf(standing)).toBe(org.nobody);
    expect(org.rows('Notes')).toHaveLength(2);
  });

  test('an address another record must not share is told as that record', async () => {
    const org = open();
    const standing = org.lead({ Email: 'ada@x.co' });
    zoho().setAutomation({ uniqueEmail: true }, org.domain);
    const [entered] = await entryOf(org).create(org.connection, [wanted(org, 'key-9', 'ada@x.co')], until());
    expect(entered).toMatchObject({ kind: 'entered', existed: true, ref: { recordId: standing } });
  });

  test('who stands there already: open leads before contacts before those that are done, newest first', async () => {
    const org = open();
    const junk = org.lead({ Email: 'a@x.co', Lead_Status: 'Junk Lead' });
    zoho().create({
      domain: org.domain,
      objectType: 'Contacts',
      values: { Last_Name: 'C', Email: 'a@x.co' },
    });
    org.lead({ Email: 'a@x.co' });
    pass(5_000);
    const newest = org.lead({ Secondary_Email: 'A@x.co' });
    const byPhone = org.lead({ Mobile: '+1 555' });
    const onlyJunk = org.lead({ Email: 'junk@x.co', Lead_Status: 'Lost Lead' });
    const people = [
      { email: 'A@x.co', phone: null },
      { email: 'nobody@x.co', phone: '+1 555' },
      { email: 'junk@x.co', phone: null },
      { email: 'who@x.co', phone: null },
      { email: null, phone: null },
    ];
    const found = await entryOf(org).find(org.connection, people);
    expect(found.map((one) => one?.recordId ?? null)).toEqual([newest, byPhone, onlyJunk, null, null]);
    expect(junk).toBeDefined();
  });

  test('only what is lacking is filled in', async () => {
    const org = open();
    const id = org.lead({ City: 'Rome' });
    const values = { 'Lead.City': 'Paris', 'Lead.Country': 'IT', 'Lead.No_of_Employees': '7' };
    expect(await entryOf(org).fill(org.connection, ref(id), values, until())).toEqual({ outcome: 'done' });
    expect(org.record(id)).toMatchObject({ City: 'Rome', Country: 'IT', No_of_Employees: 7 });
    expect(
      await entryOf(org).fill(org.connection, ref('6756839000000999999'), values, until()),
    ).toMatchObject({
      code: 'record_gone',
    });
  });

  test('leads are converted with their owner, one alone or sixty by jobs of fifty; those that are gone are told', async () => {
    const org = open();
    const [one, two] = [org.idOf('owner.1@example.com'), org.idOf('owner.2@example.com')];
    const leads = [
      { ref: ref(org.lead()), ownerId: one },
      ...Array.from({ length: 60 }, () => ({ ref: ref(org.lead()), ownerId: two })),
    ];
    zoho().resetStats();
    const results = await entryOf(org).convert!(org.connection, leads, until());
    expect(results.every(({ outcome }) => outcome === 'done')).toBe(true);
    expect(zoho().stats().byKind).toMatchObject({ 'leads.convert': 1, 'leads.mass_convert': 2 });
    const owners = org.rows('Contacts').map(({ Owner }) => (Owner as { id: string }).id);
    expect(owners.filter((id) => id === two)).toHaveLength(60);
    const gone = [
      { ref: ref(org.lead()), ownerId: two },
      { ref: ref('6756839000000999999'), ownerId: two },
    ];
    expect(await entryOf(org).convert!(org.connection, gone, until())).toMatchObject([
      { outcome: 'done' },
      { outcome: 'refused', code: 'record_gone' },
    ]);
  });
});
