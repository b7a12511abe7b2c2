import { createHash } from 'node:crypto';
import { decodeJwt } from 'jose';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from '../../sandbox/create-sandbox.ts';
import { createManualScheduler } from '../../sandbox/scheduler.ts';
import { TEST_ENVIRONMENT } from '../support/sandbox-environment.ts';
import { TEST_ORG } from '../support/sandbox-org.ts';

const FAIRLEAD = 'https://leads.example.com';
const VERIFIER = 'v'.repeat(43);
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

let sandbox: Sandbox;
let scheduler: ReturnType<typeof createManualScheduler>;
beforeEach(async () => {
  scheduler = createManualScheduler(Date.parse('2026-11-24T15:00:00Z'));
  sandbox = await createSandbox({
    port: 0,
    scheduler,
    fairleadUrl: 'http://127.0.0.1:9',
    fairleadPublicUrl: FAIRLEAD,
    orgs: [TEST_ORG, { ...TEST_ORG, domain: 'other', name: 'Other org' }],
    environments: [TEST_ENVIRONMENT, { ...TEST_ENVIRONMENT, name: 'fabrikam', friendlyName: 'Fabrikam' }],
  });
});
afterEach(() => sandbox.close());

interface Party {
  /** The login host. */
  readonly issuer: () => string;
  readonly discovery: () => string;
  readonly client: Readonly<Record<string, string>>;
  readonly redirect: string;
  readonly as: () => string;
}
const oid = () =>
  String(
    sandbox.dynamics.rows('systemuser').find(({ values }) => values.domainname === 'anna@example.com')?.values
      .azureactivedirectoryobjectid,
  );
const salesforce: Party = {
  issuer: () => `${sandbox.url}/salesforce`,
  discovery: () => `${sandbox.url}/salesforce`,
  client: { client_id: 'sandbox-salesforce-client', client_secret: 'sandbox-salesforce-secret' },
  redirect: `${FAIRLEAD}/oauth/salesforce/signed-in`,
  as: () => 'anna@example.com.test',
};
const entra: Party = {
  issuer: () => `${sandbox.url}/dynamics/login/${sandbox.dynamics.environment().tenantId}/v2.0`,
  discovery: () => `${sandbox.url}/dynamics/login/organizations/v2.0`,
  client: { client_id: 'sandbox-dynamics-client', client_secret: 'sandbox-dynamics-secret' },
  redirect: `${FAIRLEAD}/oauth/microsoft/signed-in`,
  as: () => `${sandbox.dynamics.environment().tenantId}/${oid()}`,
};
const json = async (url: string, init?: RequestInit) => {
  const reply = await fetch(url, init);
  return { status: reply.status, body: (await reply.json()) as Record<string, unknown> };
};
const documentOf = async (at: string) =>
  (await json(`${at}/.well-known/openid-configuration`)).body as Record<string, string>;

/** What the browser is sent back with. */
const answer = async (party: Party, change: Record<string, string> = {}) => {
  const { authorization_endpoint } = await documentOf(party.discovery());
  const query = new URLSearchParams({
    client_id: party.client.client_id ?? '',
    redirect_uri: party.redirect,
    response_type: 'code',
    scope: 'openid profile email',
    state: 's',
    nonce: 'n',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
    as: party.as(),
    ...change,
  });
  const reply = await fetch(`${authorization_endpoint}?${query}`, { redirect: 'manual' });
  return {
    status: reply.status,
    text: await reply.text(),
    query: new URL(reply.headers.get('location') ?? 'http://nowhere').searchParams,
  };
};
const codeOf = async (party: Party, change: Record<string, string> = {}) =>
  (await answer(party, change)).query.get('code') ?? '';
const exchange = async (party: Party, form: Record<string, string>, at = party.discovery()) => {
  const { token_endpoint = '' } = await documentOf(at);
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    redirect_uri: party.redirect,
    code_verifier: VERIFIER,
    ...party.client,
    ...form,
  });
  return json(token_endpoint, { method: 'POST', body });
};

describe.each([
  [
    'Salesforce',
    salesforce,
    ['invalid authorization code', 'expired authorization code', 'invalid code verifier'],
  ],
  ['Entra', entra, [70000, 54005, 501481]],
] as const)('%s', (name, party, [unknown, used, unproven]) => {
  /** What an error says beside its OAuth code. */
  const why = ({ body }: { body: Record<string, unknown> }) =>
    name === 'Entra' ? (body.error_codes as unknown[])[0] : body.error_description;

  test('a code is good once, for its verifier, its address and ten minutes or a quarter of an hour', async () => {
    const code = await codeOf(party);
    expect(why(await exchange(party, { code: 'nonsense' }))).toBe(unknown);
    expect(why(await exchange(party, { code, code_verifier: 'w'.repeat(43) }))).toBe(unproven);
    expect((await exchange(party, { code, redirect_uri: `${party.redirect}/` })).status).toBe(400);
    const granted = await exchange(party, { code });
    expect(granted).toMatchObject({ status: 200, body: { id_token: expect.any(String) } });
    expect(granted.body).not.toHaveProperty('refresh_token');
    const again = await exchange(party, { code });
    expect([again.status, again.body.error, why(again)]).toEqual([400, 'invalid_grant', used]);
    const late = await codeOf(party);
    scheduler.advance(15 * 60_000);
    expect((await exchange(party, { code: late })).body.error).toBe('invalid_grant');
  });

  test('an app proves itself, in the form or by HTTP Basic', async () => {
    const wrong = await exchange(party, { code: await codeOf(party), client_secret: 'wrong' });
    expect([wrong.status, wrong.body.error]).toEqual([401, 'invalid_client']);
    const { token_endpoint = '' } = await documentOf(party.discovery());
    const { client_id, client_secret } = party.client;
    const basic = await json(token_endpoint, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${client_id}:${client_secret}`)}` },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        redirect_uri: party.redirect,
        code_verifier: VERIFIER,
        code: await codeOf(party),
      }),
    });
    expect(basic.status).toBe(200);
  });

  test('it sends nobody to an address it does not know, nor for an app it does not know', async () => {
    for (const change of [{ redirect_uri: 'https://elsewhere.example' }, { client_id: 'another' }]) {
      const { status, query } = await answer(party, change);
      expect([status, [...query]]).toEqual([400, []]);
    }
  });

  test('the token repeats the nonce, is for the app, and holds for minutes', async () => {
    const { body } = await exchange(party, { code: await codeOf(party) });
    const claims = decodeJwt(String(body.id_token));
    expect(claims).toMatchObject({ iss: party.issuer(), aud: party.client.client_id, nonce: 'n' });
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(name === 'Entra' ? 3_600 : 120);
  });

  test('a new key signs at once, and the one before is published beside it', async () => {
    const { jwks_uri = '' } = await documentOf(party.discovery());
    const kids = async () => ((await json(jwks_uri)).body.keys as { kid: string }[]).map(({ kid }) => kid);
    const before = await kids();
    (name === 'Entra' ? sandbox.dynamics : sandbox.salesforce).idTokens.rotate();
    const after = await kids();
    expect(after).toHaveLength(before.length + 1);
    expect(after).toEqual(expect.arrayContaining(before));
  });
});

test('Salesforce: who somebody is, and what they confirmed, is at userinfo', async () => {
  const told = async (scope: string) => {
    const { body } = await exchange(salesforce, { code: await codeOf(salesforce, { scope }) });
    const { userinfo_endpoint = '' } = await documentOf(salesforce.discovery());
    const headers = { authorization: `Bearer ${body.access_token}` };
    return { sub: decodeJwt(String(body.id_token)).sub, ...(await json(userinfo_endpoint, { headers })) };
  };
  const org = sandbox.salesforce.org();
  const { sub, body } = await told('openid email');
  expect(body).toMatchObject({
    sub,
    organization_id: org.id,
    email: 'anna@example.com',
    email_verified: true,
  });
  expect(sub).toMatch(/\/id\/00D\w{15}\/005\w{15}$/);
  sandbox.salesforce.setConfirmed('anna@example.com', false);
  expect((await told('openid email')).body.email_verified).toBe(false);
  expect((await told('openid')).body).not.toHaveProperty('email');
});

test('Salesforce: an org’s own login host is an issuer of its own, with the org’s people alone', async () => {
  const own: Party = {
    ...salesforce,
    discovery: () => `${sandbox.url}/salesforce/other`,
    as: () => 'anna@example.com.other',
  };
  const { body } = await exchange(own, { code: await codeOf(own) });
  expect(decodeJwt(String(body.id_token)).iss).toBe(`${sandbox.url}/salesforce/other`);
  expect((await answer(own, { as: 'anna@example.com.test' })).status).toBe(400);
  // Whoever was deactivated cannot log in.
  expect((await answer(own, { as: 'grace@example.com.other' })).status).toBe(400);
});

test('Salesforce: an app whose package is not installed in the org signs nobody of it in', async () => {
  sandbox.salesforce.setOAuth({ blockUninstalled: true });
  sandbox.salesforce.setPackageInstalled(false, 'other');
  expect(await codeOf(salesforce)).not.toBe('');
  const { query } = await answer(salesforce, { as: 'anna@example.com.other' });
  expect(query.get('error')).toBe('OAUTH_APPROVAL_ERROR_GENERIC');
});

test('Entra: one document is for all tenants, each tenant has its own, and there are no others', async () => {
  const login = `${sandbox.url}/dynamics/login`;
  const { tenantId } = sandbox.dynamics.environment();
  expect((await documentOf(`${login}/organizations/v2.0`)).issuer).toBe(`${login}/{tenantid}/v2.0`);
  expect((await documentOf(`${login}/${tenantId}/v2.0`)).issuer).toBe(entra.issuer());
  const unknown = await json(
    `${login}/11111111-2222-4333-8444-555555555555/v2.0/.well-known/openid-configuration`,
  );
  expect(unknown).toMatchObject({ status: 400, body: { error: 'invalid_tenant', error_codes: [90002] } });
  const { jwks_uri = '' } = await documentOf(entra.discovery());
  const keys = (await json(jwks_uri)).body.keys as { issuer: string; alg?: string }[];
  expect(keys.map(({ issuer }) => issuer.replace(login, ''))).toEqual([
    '/{tenantid}/v2.0',
    '/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0',
  ]);
  expect(keys.some((key) => 'alg' in key)).toBe(false);
});

test('Entra: a code is worth nothing at another tenant, and a secret has to be there', async () => {
  const other = `${sandbox.url}/dynamics/login/${sandbox.dynamics.environment('fabrikam').tenantId}/v2.0`;
  sandbox.dynamics.entra.consent(sandbox.dynamics.environment('fabrikam').tenantId);
  const code = await codeOf(entra);
  expect((await exchange(entra, { code }, other)).body.error_codes).toEqual([700005]);
  const { client_secret: _secret, ...bare } = entra.client;
  const without = await exchange({ ...entra, client: bare }, { code });
  expect([without.status, without.body.error_codes]).toEqual([401, [7000218]]);
});

test('Entra: what the scopes do not cover is not said, and the same person is another subject elsewhere', async () => {
  const claims = async (scope: string, as = entra.as()) =>
    decodeJwt(String((await exchange(entra, { code: await codeOf(entra, { scope, as }) })).body.id_token));
  expect(Object.keys(await claims('openid')).sort()).toEqual(
    ['aud', 'exp', 'iat', 'iss', 'nbf', 'nonce', 'sub', 'tid', 'ver'].sort(),
  );
  const here = await claims('openid profile email');
  expect(here).toMatchObject({ oid: oid(), email: 'anna@example.com', name: 'Anna Rep' });
  expect(here).not.toHaveProperty('xms_edov');
  const there = await claims(
    'openid profile email',
    `${sandbox.dynamics.environment('fabrikam').tenantId}/${oid()}`,
  );
  expect(there.oid).toBe(here.oid);
  expect(there.iss).not.toBe(here.iss);
  expect(there.sub).not.toBe(here.sub);
});

test('Entra: who declines is told apart by a subcode', async () => {
  const { query } = await answer(entra, { deny: '1' });
  expect([query.get('error'), query.get('error_subcode'), query.get('state')]).toEqual([
    'access_denied',
    'cancel',
    's',
  ]);
});
