import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createSandbox } from '../../sandbox/create-sandbox.ts';
import { TEST_COMPANY } from '../support/sandbox-company.ts';

test('what was written is there after a restart: records, registrations and installations', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'fairlead-sandbox-'));
  const first = await createSandbox({ port: 0, companies: [TEST_COMPANY], dataDir });
  const made = first.pipedrive.create({ values: { title: 'Kept', person: { name: 'Ada' } } });
  const { refreshToken, accessToken } = first.pipedrive.install();
  await fetch(`${first.pipedrive.apiUrl()}/v1/webhooks`, {
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      subscription_url: 'https://x.example',
      event_action: '*',
      event_object: 'lead',
      name: 'x',
    }),
  });
  await first.close();
  const second = await createSandbox({ port: 0, companies: [TEST_COMPANY], dataDir });
  expect(second.pipedrive.record({ id: made.id })).toEqual(made);
  expect(second.pipedrive.account().webhooks.size).toBe(1);
  expect(
    second.pipedrive.oauth.exchange({ grant_type: 'refresh_token', refresh_token: refreshToken }),
  ).toMatchObject({
    refreshToken,
  });
  await second.close();
  await rm(dataDir, { recursive: true });
});
