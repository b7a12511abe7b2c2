import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from '../../sandbox/create-sandbox.ts';
import { openPipedriveCompany } from '../support/pipedrive-company.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox({ port: 0 });
});
afterEach(() => {
  sandbox.pipedrive.setFaults([]);
  sandbox.pipedrive.resetStats();
});
afterAll(() => sandbox.close());

describe('limits', () => {
  test('how much of the day all apps have used is told as the last reply had it', async () => {
    const { connector, connection, domain } = openPipedriveCompany(sandbox);
    const limits = sandbox.pipedrive.limits(domain);
    limits.set({ dailyTokens: 1_000 });
    limits.spend(100);
    expect(connector.usage?.(connection)).toBeNull();
    await connector.directory.read(connection, []);
    expect(connector.usage?.(connection)).toEqual({
      limit: 'tokens a day',
      used: 140,
      of: 1_000,
      resetsAt: null,
    });
  });

  test('our calls leave the last of the day to the customer’s other apps, looking around first', async () => {
    const company = openPipedriveCompany(sandbox);
    const limits = sandbox.pipedrive.limits(company.domain);
    limits.set({ dailyTokens: 1_000 });
    const looks = (purpose: 'background' | 'read') =>
      company.call(company.connection, {
        method: 'GET',
        path: '/v1/users/me',
        purpose,
        until: Date.now() + 50,
      });
    limits.spend(800);
    await looks('read');
    await expect(looks('background')).rejects.toMatchObject({ code: 'rate_limited' });
    await looks('read');
    limits.spend(170);
    await looks('read');
    await expect(looks('read')).rejects.toMatchObject({ code: 'rate_limited' });
    expect(limits.usage().refused).toBe(0);
  });

  test('two hundred calls and thirty searches at once run into no limit', async () => {
    const company = openPipedriveCompany(sandbox);
    const limits = sandbox.pipedrive.limits(company.domain);
    limits.set({ burst: 80 });
    const { connection } = company;
    const until = Date.now() + 30_000;
    await Promise.all([
      ...Array.from({ length: 200 }, () =>
        company.call(connection, { method: 'GET', path: '/v1/users/me', purpose: 'read', until }),
      ),
      ...Array.from({ length: 30 }, (_, index) =>
        company.call(connection, {
          method: 'GET',
          path: '/api/v2/persons/search',
          query: { term: `nobody${index}` },
          search: true,
          purpose: 'read',
          until,
        }),
      ),
    ]);
    expect(limits.usage().refused).toBe(0);
  }, 40_000);
});
