import { describe, expect, test } from 'vitest';
import { companyForAllTests } from '../support/sandbox-company.ts';

const { time, pipedrive, url, call } = companyForAllTests();

describe('OAuth', () => {
  const { app } = { app: { clientId: 'sandbox-pipedrive-client', clientSecret: 'sandbox-pipedrive-secret' } };
  const callback = 'https://leads.example.com/oauth/pipedrive/callback';
  const authorize = (query: Record<string, string>) =>
    fetch(
      `${url()}/pipedrive/oauth/authorize?${new URLSearchParams({ client_id: app.clientId, redirect_uri: callback, ...query })}`,
      { redirect: 'manual' },
    );
  const token = async (form: Record<string, string>, secret = app.clientSecret) => {
    const reply = await fetch(`${url()}/pipedrive/oauth/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${app.clientId}:${secret}`).toString('base64')}` },
      body: new URLSearchParams(form),
    });
    return { status: reply.status, body: await reply.json() };
  };
  const codeOf = async (query: Record<string, string>) => {
    const reply = await authorize({ approve: '1', ...query });
    return new URL(reply.headers.get('location') ?? '').searchParams;
  };

  test('a person allows the app; the code is good once, for five minutes, at its own address', async () => {
    const page = await authorize({ state: 's1' });
    expect(await page.text()).toMatch(/Fairlead asks to act for Ada Admin in Test company/);
    const answer = await codeOf({ state: 's1' });
    expect(answer.get('state')).toBe('s1');
    const grant = { grant_type: 'authorization_code', code: answer.get('code')!, redirect_uri: callback };
    expect((await token(grant, 'wrong')).status).toBe(401);
    const { body } = await token(grant);
    expect(body).toMatchObject({
      token_type: 'Bearer',
      expires_in: 3599,
      api_domain: `${url()}/pipedrive/test`,
    });
    expect((await token(grant)).body.error).toBe('invalid_grant');
    const late = (await codeOf({})).get('code')!;
    time.advance(5 * 60_000 + 1);
    expect((await token({ ...grant, code: late })).body.error).toBe('invalid_grant');
    const elsewhere = { ...grant, code: (await codeOf({})).get('code')!, redirect_uri: 'https://x.example' };
    expect((await token(elsewhere)).body.error).toBe('invalid_grant');
  });

  test('an installation that began in the marketplace comes without a state', async () => {
    expect((await codeOf({})).has('state')).toBe(false);
    const denied = await authorize({ deny: '1', state: 's2' });
    expect(denied.headers.get('location')).toContain('error=user_denied');
  });

  test('an access token ends after its hour, a refresh token after sixty unused days', async () => {
    const { accessToken, refreshToken } = pipedrive().install();
    time.advance(3_600_000);
    expect((await call('GET', '/v1/users/me', undefined, accessToken)).status).toBe(401);
    const refresh = () => token({ grant_type: 'refresh_token', refresh_token: refreshToken });
    time.advance(59 * 24 * 3_600_000);
    expect((await refresh()).status).toBe(200);
    time.advance(61 * 24 * 3_600_000);
    expect((await refresh()).body.error).toBe('invalid_grant');
  });

  test('who installed is who is told; each person installs for themselves', async () => {
    const mine = pipedrive().install('test', 'anna@example.com');
    const { body } = await call('GET', '/v1/users/me', undefined, mine.accessToken);
    expect(body.data).toMatchObject({
      id: pipedrive().userId('anna@example.com'),
      company_id: mine.companyId,
      company_domain: 'test',
    });
    const other = pipedrive().install();
    pipedrive().revoke('test', 'anna@example.com');
    expect((await call('GET', '/v1/users/me', undefined, mine.accessToken)).status).toBe(401);
    expect((await call('GET', '/v1/users/me', undefined, other.accessToken)).status).toBe(200);
  });
});
