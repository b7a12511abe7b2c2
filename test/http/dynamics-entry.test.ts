import { describe, expect, test } from 'vitest';
import { createDynamicsEntry } from '../../server/crm/dynamics/entry.ts';
import { openDynamicsEnvironment } from '../support/dynamics-environment.ts';
import { decisionView } from '../support/hubspot-portal.ts';
import { sandboxForAllTests } from '../support/sandbox-for-all-tests.ts';

const sandbox = sandboxForAllTests();

describe('entering leads', () => {
  const PERSON = {
    name: 'Ada King Lovelace',
    company: 'Engines',
    email: 'ada@example.com',
    phone: '+44 20 1234',
    source: 'Website',
    message: 'Call me',
    url: null,
  };
  const until = Date.now() + 60_000;

  test('a lead is created with its owner and values, and never twice', async () => {
    const env = openDynamicsEnvironment(sandbox());
    const entry = createDynamicsEntry(env.call, env.columns);
    const record = {
      key: 'led_1',
      person: PERSON,
      values: { 'lead.address1_country': 'GB', 'lead.numberofemployees': '12', 'lead.leadsourcecode': 'Web' },
      ownerId: env.idOf('owner.1@example.com'),
      decision: decisionView('dec_1'),
      mayExist: false,
    };
    const [first] = await entry.create(env.connection, [record], until);
    const [second] = await entry.create(env.connection, [{ ...record, mayExist: true }], until);
    expect(first).toMatchObject({ kind: 'entered', existed: false });
    expect(second).toEqual({ ...first, existed: true });
    expect(env.rows('lead')).toHaveLength(1);
    expect(env.rows('lead')[0]?.values).toMatchObject({
      firstname: 'Ada King',
      lastname: 'Lovelace',
      address1_country: 'GB',
      numberofemployees: 12,
      fairlead_decision: 'dec_1',
      ownerid: { id: env.idOf('owner.1@example.com') },
    });
    // A label is no value of a choice: left out rather than refused.
    expect(env.rows('lead')[0]?.values.leadsourcecode).toBeUndefined();
  });

  test('an owner who has left fails alone', async () => {
    const env = openDynamicsEnvironment(sandbox());
    const entry = createDynamicsEntry(env.call, env.columns);
    const record = { key: 'a', person: PERSON, values: {}, decision: decisionView('dec_1'), mayExist: false };
    const entered = await entry.create(
      env.connection,
      [
        { ...record, ownerId: env.idOf('owner.9@example.com') },
        { ...record, key: 'b', ownerId: null },
      ],
      until,
    );
    expect(entered.map(({ kind }) => kind)).toEqual(['failed', 'entered']);
  });

  test('the lead of a person is found by e-mail, else phone: open before closed, newest first', async () => {
    const env = openDynamicsEnvironment(sandbox());
    const { find } = createDynamicsEntry(env.call, env.columns);
    const closed = env.lead({ emailaddress1: 'ada@example.com' });
    env.dynamics.disqualify({ name: env.name, id: closed });
    const open = env.lead({ emailaddress1: 'ADA@example.com' });
    const byPhone = env.lead({ mobilephone: '+44 20 1' });
    const found = await find(env.connection, [
      { email: 'ada@example.com', phone: null },
      { email: "o'nobody@example.com", phone: '+44 20 1' },
      { email: null, phone: null },
    ]);
    expect(found.map((ref) => ref?.recordId ?? null)).toEqual([open, byPhone, null]);
  });

  test('only empty columns are filled', async () => {
    const env = openDynamicsEnvironment(sandbox());
    const { fill } = createDynamicsEntry(env.call, env.columns);
    const id = env.lead({ companyname: 'Engines' });
    const values = { 'lead.companyname': 'Other', 'lead.address1_city': 'London' };
    expect(await fill(env.connection, env.ref(id), values, until)).toEqual({ outcome: 'done' });
    expect(env.record(id).values).toMatchObject({ companyname: 'Engines', address1_city: 'London' });
  });

  test('qualifying takes the campaign along and gives what it makes to the owner; again is no second time', async () => {
    const env = openDynamicsEnvironment(sandbox());
    const { convert } = createDynamicsEntry(env.call, env.columns);
    const campaign = env.rows('campaign')[0]!.id;
    const id = env.lead({ companyname: 'Engines', 'campaignid@odata.bind': `/campaigns(${campaign})` });
    const ownerId = env.idOf('owner.1@example.com');
    for (let round = 0; round < 2; round++)
      expect(await convert!(env.connection, [{ ref: env.ref(id), ownerId }], until)).toEqual([
        { outcome: 'done' },
      ]);
    const made = ['account', 'contact', 'opportunity'].flatMap((table) => env.rows(table));
    expect(made).toHaveLength(3);
    expect(made.map(env.ownerOf)).toEqual([ownerId, ownerId, ownerId]);
    expect(env.rows('opportunity')[0]?.values.campaignid).toEqual({ table: 'campaign', id: campaign });
  });

  test('what a person gave to somebody else stays theirs; the rest is given, also at a later try', async () => {
    const env = openDynamicsEnvironment(sandbox());
    const { convert } = createDynamicsEntry(env.call, env.columns);
    const id = env.lead({ companyname: 'Engines' });
    const [rep, chosen] = [env.idOf('owner.1@example.com'), env.idOf('owner.2@example.com')];
    // As a process left it that died between the conversion and the giving.
    await env.call(env.connection, {
      method: 'POST',
      path: `leads(${id})/Microsoft.Dynamics.CRM.QualifyLead`,
      body: { CreateAccount: true, CreateContact: true, CreateOpportunity: true, Status: 3 },
      purpose: 'delivery',
    });
    const contact = env.rows('contact')[0]!;
    env.dynamics.changeOwner({ name: env.name, table: 'contact', id: contact.id, ownerId: chosen });
    for (let round = 0; round < 2; round++)
      expect(await convert!(env.connection, [{ ref: env.ref(id), ownerId: rep }], until)).toEqual([
        { outcome: 'done' },
      ]);
    const made = ['account', 'contact', 'opportunity'].flatMap((table) => env.rows(table));
    expect(made.map(env.ownerOf)).toEqual([rep, chosen, rep]);
  });
});
