import { describe, expect, test } from 'vitest';
import { createZohoRefresher } from '../../server/crm/zoho/oauth.ts';
import { zohoAtWork } from '../support/zoho-at-work.ts';
import type { TestZohoOrg } from '../support/zoho-org.ts';

const { open, pass, zoho } = zohoAtWork();
const HOUR = 3_600_000;

describe('tokens', () => {
  const refresher = ({ addresses, clock }: TestZohoOrg) =>
    createZohoRefresher({
      addresses,
      clock,
      clientId: 'sandbox-zoho-client',
      clientSecret: 'sandbox-zoho-secret',
    });

  test('another token, with its life and no other refresh token; a revoked grant is known though the status is 200', async () => {
    const org = open();
    const ask = () => refresher(org).refresh(org.installed.refreshToken, org.connection);
    expect(await ask()).toMatchObject({ ok: true, refreshToken: null, expiresInMs: HOUR });
    zoho().revoke(org.domain);
    expect(await ask()).toEqual({ ok: false, code: 'invalid_grant' });
  });

  test('a loop of refusals never locks the org out', async () => {
    const org = open();
    const one = refresher(org);
    const asked: unknown[] = [];
    zoho().resetStats();
    for (let n = 0; n < 30; n++)
      asked.push(
        await one
          .refresh(org.installed.refreshToken, org.connection)
          .catch((error: { code: string }) => error.code),
      );
    expect(asked.at(-1)).toBe('vendor_unavailable');
    expect(zoho().stats().tokens).toBeLessThan(10);
    pass(11 * 60_000);
    expect(await one.refresh(org.installed.refreshToken, org.connection)).toMatchObject({ ok: true });
  });
});
