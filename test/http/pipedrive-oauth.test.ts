import { expect, test } from 'vitest';
import { createAddresses } from '../../server/crm/pipedrive/addresses.ts';
import { OAUTH_URL } from '../../server/crm/pipedrive/facts.ts';
import { createPipedriveRefresher } from '../../server/crm/pipedrive/oauth.ts';
import { openPipedriveCompany } from '../support/pipedrive-company.ts';
import { sandboxForAllTests } from '../support/sandbox-for-all-tests.ts';

const sandbox = sandboxForAllTests();

test('tokens and secrets go to Pipedrive’s hosts alone', () => {
  const { api } = createAddresses(OAUTH_URL);
  const at = (apiDomain: string) => () => api({ settings: { apiDomain } });
  expect(at('https://harbour.pipedrive.com/')()).toBe('https://harbour.pipedrive.com');
  for (const other of [
    'http://harbour.pipedrive.com',
    'https://harbour.pipedrive.com.evil.example',
    'https://evil.example/harbour.pipedrive.com',
    'https://harbour.pipedrive.com:8443',
    'https://user@evil.example',
    'https://pipedrive.com',
    '',
  ])
    expect(at(other), other).toThrow(/apiDomain must be/);
});

test('a refresh gives a new access token; an ended installation is told from a wrong secret of ours', async () => {
  const company = openPipedriveCompany(sandbox());
  const { refreshToken } = sandbox().pipedrive.install(company.domain);
  const { clientId, clientSecret } = sandbox().pipedrive.app;
  const refresherWith = (secret: string) =>
    createPipedriveRefresher({
      addresses: createAddresses(`${sandbox().url}/pipedrive`),
      clientId,
      clientSecret: secret,
    });
  const refresher = refresherWith(clientSecret);
  expect(await refresher.refresh(refreshToken, company.connection)).toMatchObject({
    ok: true,
    expiresInMs: 3_599_000,
    settings: { apiDomain: sandbox().pipedrive.apiUrl(company.domain) },
  });
  expect(await refresherWith('wrong').refresh(refreshToken, company.connection)).toEqual({
    ok: false,
    code: 'app_refused',
    remedy: expect.stringContaining('PIPEDRIVE_CLIENT_SECRET'),
  });
  sandbox().pipedrive.revoke(company.domain);
  expect(await refresher.refresh(refreshToken, company.connection)).toEqual({
    ok: false,
    code: 'invalid_grant',
  });
});
