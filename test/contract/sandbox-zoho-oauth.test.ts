import { describe, expect, test } from 'vitest';
import { openSandboxZoho, token } from '../support/sandbox-zoho-org.ts';

describe('accounts servers', () => {
  const authorize = (url: string, changes: Record<string, string> = {}) =>
    fetch(
      `${url}/zoho/accounts.com/oauth/v2/auth?${new URLSearchParams({
        response_type: 'code',
        client_id: 'sandbox-zoho-client',
        redirect_uri: 'https://app.example.com/callback',
        scope: 'ZohoCRM.modules.ALL',
        access_type: 'offline',
        prompt: 'consent',
        state: 's1',
        ...changes,
      })}`,
      { redirect: 'manual' },
    );

  test('the callback names the accounts server of the person’s data centre, and only there the code is worth a token', async () => {
    const eu = await openSandboxZoho({ dc: 'eu' });
    expect(await (await authorize(eu.url)).text()).toContain('Fairlead would like to access');
    const back = new URL((await authorize(eu.url, { approve: '1' })).headers.get('location') ?? '');
    const {
      code = '',
      location,
      state,
      'accounts-server': server = '',
    } = Object.fromEntries(back.searchParams);
    expect({ location, state, server }).toEqual({
      location: 'eu',
      state: 's1',
      server: `${eu.url}/zoho/accounts.eu`,
    });
    const form = { grant_type: 'authorization_code', code, redirect_uri: 'https://app.example.com/callback' };
    const granted = await token(eu, server, form);
    expect(granted.body).toMatchObject({
      api_domain: `${eu.url}/zoho/api.eu`,
      expires_in: 3600,
      token_type: 'Bearer',
    });
    expect(granted.body.refresh_token).toBeTypeOf('string');
    // Once only, and errors come with the status 200.
    expect(await token(eu, server, form)).toEqual({ status: 200, body: { error: 'invalid_code' } });
    const other = new URL((await authorize(eu.url, { approve: '1' })).headers.get('location') ?? '');
    const elsewhere = { ...form, code: other.searchParams.get('code') ?? '' };
    expect((await token(eu, `${eu.url}/zoho/accounts.com`, elsewhere)).body).toEqual({
      error: 'invalid_code',
    });
    await eu.close();
  });

  test('ten access tokens in ten minutes, then none until the window is over; no second refresh token', async () => {
    const own = await openSandboxZoho();
    const form = { grant_type: 'refresh_token', refresh_token: own.installed.refreshToken };
    const ask = () => token(own, own.installed.accountsServer, form);
    for (let n = 0; n < 10; n++) expect((await ask()).body.refresh_token).toBeUndefined();
    expect((await ask()).body).toMatchObject({ error: 'Access Denied' });
    own.scheduler.advance(10 * 60_000);
    expect((await ask()).body.access_token).toBeTypeOf('string');
    await own.close();
  });

  test('the twenty-first refresh token kills the oldest; a revoked one is refused with the status 200', async () => {
    const own = await openSandboxZoho();
    const latest = Array.from({ length: 20 }, () => own.zoho.install('test')).at(-1)!;
    const refresh = (refresh_token: string) =>
      token(own, own.installed.accountsServer, { grant_type: 'refresh_token', refresh_token });
    expect((await refresh(own.installed.refreshToken)).body).toEqual({ error: 'invalid_code' });
    expect((await refresh(latest.refreshToken)).body.access_token).toBeTypeOf('string');
    await fetch(`${latest.accountsServer}/oauth/v2/token/revoke?token=${latest.refreshToken}`, {
      method: 'POST',
    });
    expect(await refresh(latest.refreshToken)).toEqual({ status: 200, body: { error: 'invalid_code' } });
    await own.close();
  });
});
