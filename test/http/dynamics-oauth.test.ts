import { describe, expect, test } from 'vitest';
import { createAddresses } from '../../server/crm/dynamics/addresses.ts';
import { createDynamicsRefresher } from '../../server/crm/dynamics/oauth.ts';
import { countOpenWork } from '../../server/crm/dynamics/open-work.ts';
import { type DynamicsEnvironment, openDynamicsEnvironment } from '../support/dynamics-environment.ts';
import { sandboxForAllTests } from '../support/sandbox-for-all-tests.ts';

const sandbox = sandboxForAllTests();

describe('tokens', () => {
  const refresherOf = (env: DynamicsEnvironment, clientSecret = env.dynamics.app.clientSecret) =>
    createDynamicsRefresher({ addresses: env.addresses, clientId: env.dynamics.app.clientId, clientSecret });

  test('client credentials need no grant; an app that was removed is refused for good', async () => {
    const env = openDynamicsEnvironment(sandbox());
    const refresher = refresherOf(env);
    expect(refresher.needsNoGrant?.(env.connection)).toBe(true);
    expect(await refresher.refresh(null, env.connection)).toMatchObject({ ok: true, expiresInMs: 3_599_000 });
    env.dynamics.revoke(env.name);
    expect(await refresher.refresh(null, env.connection)).toEqual({ ok: false, code: 'invalid_grant' });
  });

  test('a wrong secret of ours disconnects nobody, and is told by what to set', async () => {
    const env = openDynamicsEnvironment(sandbox());
    expect(await refresherOf(env, 'wrong').refresh(null, env.connection)).toEqual({
      ok: false,
      code: 'app_refused',
      remedy: expect.stringContaining('DYNAMICS_CLIENT_SECRET'),
    });
  });

  test('a disabled application user breaks the connection with what to do', async () => {
    const env = openDynamicsEnvironment(sandbox());
    env.dynamics.revoke(env.name, 'user');
    await expect(countOpenWork(env.call, env.connection)).rejects.toMatchObject({
      code: 'needs_reconnecting',
      message: expect.stringContaining('application user'),
    });
  });
});

describe('addresses', () => {
  const real = createAddresses('https://login.microsoftonline.com');
  const tenantId = '6f1b2c3d-0000-4000-8000-000000000001';
  const given = (settings: Readonly<Record<string, unknown>>) => ({
    externalId: '6F1B2C3D-0000-4000-8000-000000000002',
    settings: { tenantId, ...settings },
  });

  test.each([
    'https://contoso.crm.dynamics.com',
    'https://contoso.crm4.dynamics.com/',
    'https://contoso.api.crm11.dynamics.com',
    'https://contoso.crm.microsoftdynamics.us',
  ])('%s is an environment', (url) => {
    expect(real.check(given({ url }))).toMatchObject({
      externalId: '6f1b2c3d-0000-4000-8000-000000000002',
      settings: { url: url.replace(/\/$/, '') },
    });
  });

  test.each([
    { url: 'http://contoso.crm.dynamics.com' },
    { url: 'https://contoso.crm.dynamics.com.example.com' },
    { url: 'https://crm.dynamics.com@example.com' },
    { url: 'https://contoso.crm.dynamics.com/other?x=1' },
    { url: 'http://127.0.0.1:3000/dynamics/contoso' },
    { url: 'https://contoso.crm.dynamics.com', tenantId: '../organizations' },
    { url: 'https://contoso.crm.dynamics.com', loginUrl: 'https://login.example.com' },
  ])('%j is refused', (settings) => {
    expect(() => real.check(given(settings))).toThrow(expect.objectContaining({ code: 'invalid_settings' }));
  });
});
