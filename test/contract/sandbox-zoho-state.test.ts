import { expect, test } from 'vitest';
import { createSandbox } from '../../sandbox/create-sandbox.ts';
import { TEST_ORG, token } from '../support/sandbox-zoho-org.ts';

test('what was there is there after a restart: records, people, grants, channels', async () => {
  const { mkdtemp, rm } = await import('node:fs/promises');
  const dataDir = await mkdtemp('/tmp/fairlead-zoho-');
  const options = { port: 0, dataDir, zohoOrgs: [TEST_ORG] };
  const before = await createSandbox(options);
  const { refreshToken } = before.zoho.install('test');
  const { id } = before.zoho.create({ values: { Last_Name: 'Kept' } });
  before.zoho.channels.enable(
    before.zoho.org(),
    before.zoho.install('test').userId,
    { channel_id: '5', events: ['Leads.all'], notify_url: 'https://x.example' },
    0,
  );
  await before.close();
  const after = await createSandbox(options);
  expect(after.zoho.record({ id }).Last_Name).toBe('Kept');
  expect(after.zoho.org().users.size).toBe(TEST_ORG.users.length);
  const server = `${after.url}/zoho/accounts.com`;
  expect(
    (await token(after, server, { grant_type: 'refresh_token', refresh_token: refreshToken })).body
      .access_token,
  ).toBeTypeOf('string');
  expect(after.zoho.channels.alive(after.zoho.org())).toHaveLength(1);
  expect(after.zoho.create({ values: { Last_Name: 'New' } }).id > id).toBe(true);
  await after.close();
  await rm(dataDir, { recursive: true });
});
