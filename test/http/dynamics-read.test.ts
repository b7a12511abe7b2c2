import { describe, expect, test } from 'vitest';
import { createDynamicsConnector } from '../../server/crm/dynamics/create-dynamics-connector.ts';
import { createDynamicsReader } from '../../server/crm/dynamics/reader.ts';
import { gatherReads } from '../../server/crm/gather-reads.ts';
import { type DynamicsEnvironment, openDynamicsEnvironment } from '../support/dynamics-environment.ts';
import { sandboxForAllTests } from '../support/sandbox-for-all-tests.ts';

const sandbox = sandboxForAllTests();

const SOURCES = {
  country: 'lead.address1_country',
  source: 'lead.leadsourcecode',
  sourceName: 'lead.leadsourcecode.label',
  industry: 'account.industrycode',
};

const readerOf = (env: DynamicsEnvironment) =>
  gatherReads({
    readers: [createDynamicsReader(env.call, env.addresses)],
    connection: async () => env.connection,
  });

describe('reading records through', () => {
  test('a lead with its values, its labels, its person, its owner and where it opens', async () => {
    const env = openDynamicsEnvironment(sandbox());
    const id = env.lead({
      firstname: 'Ada',
      emailaddress1: 'ada@example.com',
      companyname: 'Engines',
      address1_country: 'GB',
      leadsourcecode: 8,
    });
    expect(await readerOf(env).read(env.ref(id), SOURCES)).toEqual({
      ref: env.ref(id),
      raw: { country: 'GB', source: '8', sourceName: 'Web', industry: null },
      person: {
        name: 'Ada Lovelace',
        company: 'Engines',
        email: 'ada@example.com',
        phone: null,
        source: 'Web',
        message: null,
        url: `${env.installed.url}/main.aspx?pagetype=entityrecord&etn=lead&id=${id}`,
      },
      ownerId: env.nobody,
      ownerSince: expect.any(Number),
      gone: null,
      alwaysOwned: true,
      open: true,
    });
  });

  test('a hundred that arrive together cost one call', async () => {
    const env = openDynamicsEnvironment(sandbox());
    const reader = readerOf(env);
    const ids = Array.from({ length: 100 }, () => env.lead());
    await reader.read(env.ref(ids[0]!), SOURCES);
    env.dynamics.resetStats();
    const read = await Promise.all(ids.map((id) => reader.read(env.ref(id), SOURCES)));
    expect(read.map(({ ref }) => ref.recordId)).toEqual(ids);
    expect(env.dynamics.stats().requests).toBe(1);
  });

  test('qualified, merged, disqualified, deleted and impossible leads are told apart; a team is an owner', async () => {
    const env = openDynamicsEnvironment(sandbox());
    const { name } = env;
    const [survivor, merged, deleted, qualified, lost, teams] = Array.from({ length: 6 }, () => env.lead());
    env.dynamics.merge({ name, id: survivor!, mergeId: merged! });
    env.dynamics.remove({ name, id: deleted! });
    env.dynamics.convert({ name, id: qualified! });
    env.dynamics.disqualify({ name, id: lost! });
    env.dynamics.changeOwner({ name, id: teams!, ownerId: env.idOf('Holding') });
    const reader = readerOf(env);
    const read = await Promise.all(
      [survivor!, merged!, deleted!, qualified!, lost!, 'no-guid'].map((id) =>
        reader.read(env.ref(id), SOURCES),
      ),
    );
    expect(read.map(({ gone }) => gone)).toEqual([
      null,
      { mergedInto: survivor },
      'missing',
      'converted',
      null,
      'missing',
    ]);
    expect(read[4]?.open).toBe(false);
    expect((await reader.read(env.ref(teams!), SOURCES)).ownerId).toBe(`team:${env.idOf('Holding')}`);
  });

  test('a column that is not there fails with its name', async () => {
    const env = openDynamicsEnvironment(sandbox());
    const reading = readerOf(env).read(env.ref(env.lead()), { x: 'lead.new_region' });
    await expect(reading).rejects.toThrow(/new_region/);
  });

  test('the connector names the sources that have no column, for a call a table, and counts its calls', async () => {
    const env = openDynamicsEnvironment(sandbox());
    const { addresses, tokens, clock, connection } = env;
    const push = { origin: () => 'https://leads.example.com', secretOf: () => 'secret' };
    const connector = createDynamicsConnector({ addresses }, { tokens, clock, push });
    const there = ['lead.leadsourcecode.label', 'lead._campaignid_value', 'Lead.companyname', 'account.name'];
    env.dynamics.resetStats();
    expect(
      await connector.missingSources?.(connection, [...there, 'lead.new_region', 'invoice.total']),
    ).toEqual(['lead.new_region', 'invoice.total']);
    expect(env.dynamics.stats().requests).toBe(2);
    expect(connector.usage?.(connection)).toEqual({
      limit: 'calls in five minutes',
      used: 2,
      of: 6_000,
      resetsAt: null,
    });
  });
});
