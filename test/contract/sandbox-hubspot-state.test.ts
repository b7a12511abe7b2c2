import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openReceiver } from '../support/receiver.ts';
import { ANNA, openSandbox } from '../support/sandbox-account.ts';

const temporaryFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fairlead-sandbox-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

test('what the stand-in held is there after a restart: records, history, joins, tokens, blocked workflows', async () => {
  const dataDir = await temporaryFolder();
  const receiver = await openReceiver(() => ({
    body: { outputFields: { hs_execution_state: 'BLOCK', hs_expiration_duration: 'PT1H' } },
  }));
  onTestFinished(receiver.close);
  const first = await openSandbox({ dataDir, fairleadUrl: receiver.url });
  const company = first.hubspot.create({
    objectType: 'companies',
    properties: { name: 'Kestrel', numberofemployees: '90' },
  });
  const { id } = first.hubspot.create({
    objectType: 'contacts',
    properties: { email: 'ada@example.com', lifecyclestage: 'lead' },
    associations: [{ objectType: 'companies', id: company.id }],
  });
  first.hubspot.changeOwner({ objectType: 'contacts', id, ownerId: ANNA, by: 'ben@example.com' });
  await vi.waitUntil(() => first.hubspot.workflows.history(8001, id)[0]?.steps[0]?.state === 'blocked');
  const refreshToken = first.hubspot.install().refreshToken;
  await first.close();

  const second = await openSandbox({ dataDir, fairleadUrl: receiver.url });
  onTestFinished(() => second.close());
  const record = second.hubspot.record({ objectType: 'contacts', id });
  expect(record.properties).toMatchObject({ hubspot_owner_id: ANNA, associatedcompanyid: company.id });
  expect(record.history.hubspot_owner_id?.[0]?.source.label).toBe('Ben Rep');
  const joined = await second.call('POST', '/crm/associations/2026-03/contacts/companies/batch/read', {
    inputs: [{ id }],
  });
  expect(joined.body.results[0].to[0].toObjectId).toBe(company.id);
  expect(second.hubspot.tokens.refresh(refreshToken)).toBeDefined();
  await expect(() => second.contact({ email: 'ada@example.com' })).toThrow(/already exists/);
  const callbackId = `${second.hubspot.workflows.history(8001, id)[0]?.steps[0]?.callbackId}`;
  await vi.waitUntil(() =>
    second.hubspot.workflows.complete(8001, callbackId, { hs_execution_state: 'SUCCESS' }),
  );
});

test('it is never the bottleneck: at least 5,000 batch-read inputs a second', {
  timeout: 60_000,
}, async () => {
  const sandbox = await openSandbox({ limits: { perTenSeconds: null } });
  onTestFinished(() => sandbox.close());
  const ids = Array.from({ length: 2000 }, (_, n) =>
    sandbox.contact({ email: `c${n}@example.com`, country: 'US' }),
  );
  const pages = Array.from({ length: 20 }, (_, page) =>
    ids.slice(page * 100, page * 100 + 100).map((id) => ({ id })),
  );
  const properties = ['email', 'country', 'hubspot_owner_id', 'lifecyclestage', 'hs_language', 'company'];
  const ROUNDS = 10;
  const read = async (inputs: readonly unknown[]) => {
    const reply = await sandbox.call('POST', '/crm/objects/2026-03/contacts/batch/read', {
      inputs,
      properties,
    });
    expect(reply.status).toBe(200);
  };
  await Promise.all(pages.map(read));
  sandbox.hubspot.resetStats();
  const startedAt = performance.now();
  for (let round = 0; round < ROUNDS; round++) await Promise.all(pages.map(read));
  const perSecond = (ROUNDS * 2000 * 1000) / (performance.now() - startedAt);
  const { handlingMs, batchInputs } = sandbox.hubspot.stats();
  console.log(
    `batch read: ${Math.round(perSecond).toLocaleString('en-US')} inputs/s, handling p50 ${handlingMs.p50} ms, p99 ${handlingMs.p99} ms`,
  );
  expect(batchInputs).toBe(ROUNDS * 2000);
  expect(perSecond).toBeGreaterThan(5000);
});
