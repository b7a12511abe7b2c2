import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { CLIENT, openOrg, SECRET } from '../support/sandbox-org.ts';

const temporaryFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fairlead-sandbox-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

test('what the org held is there after a restart: records, history, decisions, settings, refresh tokens', async () => {
  const dataDir = await temporaryFolder();
  const first = await openOrg({ dataDir });
  first.salesforce.setAutomation({ trigger: true });
  const id = first.lead({ OwnerId: first.idOf('anna@example.com'), Email: 'ada@example.com' });
  await first.connection.sobject('Lead').update({ Id: id, OwnerId: first.idOf('ben@example.com') });
  await first.call('PATCH', '/sobjects/Assignment_Decision__c/Decision_Id__c/dec_1', { Lead__c: id });
  await first.close();

  const second = await openOrg({ dataDir });
  onTestFinished(() => second.close());
  expect(second.salesforce.org()).toMatchObject({
    id: first.salesforce.org().id,
    automation: { trigger: true },
  });
  expect(second.salesforce.record({ id })).toMatchObject({
    OwnerId: second.idOf('ben@example.com'),
    Email: 'ada@example.com',
  });
  const history = await second.query(`SELECT Id FROM LeadHistory WHERE LeadId = '${id}'`);
  expect(history.body.totalSize).toBe(2);
  const path = '/sobjects/Assignment_Decision__c/Decision_Id__c/dec_1';
  expect((await second.call('PATCH', path, { Outcome__c: 'assigned' })).body.created).toBe(false);
  expect(second.lead()).not.toBe(id);
  const body = new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: first.installed.refreshToken,
    client_id: CLIENT,
    client_secret: SECRET,
  });
  const refreshed = await fetch(`${second.installed.loginUrl}/services/oauth2/token`, {
    method: 'POST',
    body,
  });
  expect(refreshed.status).toBe(200);
});

test('it is never the bottleneck: at least 10,000 records read a second in collections', {
  timeout: 60_000,
}, async () => {
  const org = await openOrg({});
  onTestFinished(() => org.close());
  org.salesforce.limits().set({ dailyApiCalls: 10_000_000 });
  const ids = Array.from({ length: 2000 }, (_, n) => org.lead({ LastName: `L${n}`, Country: 'US' }));
  const fields = [
    'Id',
    'OwnerId',
    'Country',
    'State',
    'NumberOfEmployees',
    'LeadSource',
    'Status',
    'SystemModstamp',
  ];
  const pages = Array.from({ length: 10 }, (_, page) => ids.slice(page * 200, page * 200 + 200));
  const ROUNDS = 15;
  const measure = async (what: string, count: number, work: () => Promise<unknown>): Promise<number> => {
    await work();
    org.salesforce.resetStats();
    const startedAt = performance.now();
    for (let round = 0; round < ROUNDS; round++) await work();
    const perSecond = (ROUNDS * count * 1000) / (performance.now() - startedAt);
    const { p50, p99 } = org.salesforce.stats().handlingMs;
    console.log(
      `${what}: ${Math.round(perSecond).toLocaleString('en-US')}/s, handling p50 ${p50} ms, p99 ${p99} ms`,
    );
    return perSecond;
  };
  const read = (page: readonly string[]) =>
    org.call('POST', '/composite/sobjects/Lead', { ids: page, fields });
  const write = (page: readonly string[]) =>
    org.call('PATCH', '/composite/sobjects', {
      records: page.map((id) => ({ attributes: { type: 'Lead' }, id, OwnerId: org.idOf('ben@example.com') })),
    });
  const one = (id: string) => org.call('GET', `/sobjects/Lead/${id}?fields=Id,OwnerId`);

  const perSecond = await measure('collection reads, records', 2000, () => Promise.all(pages.map(read)));
  await measure('collection owner writes, records', 2000, () => Promise.all(pages.map(write)));
  await measure('row reads, requests', 200, () => Promise.all(ids.slice(0, 200).map(one)));
  await measure('queries over 2,000 leads', 20, () =>
    Promise.all(
      pages.flatMap(() => [
        org.query("SELECT Id FROM Lead WHERE SystemModstamp > 2030-01-01T00:00:00Z AND Owner.Type = 'User'"),
        org.query('SELECT OwnerId, COUNT(Id) FROM Lead WHERE IsConverted = false GROUP BY OwnerId'),
      ]),
    ),
  );
  expect(perSecond).toBeGreaterThan(10_000);
});
