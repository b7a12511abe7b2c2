import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { identify } from '../../server/installs/sign-in/identify.ts';
import { createOidcWay } from '../../server/installs/sign-in/oidc-way.ts';
import {
  type SeveralFactors,
  tellsFactors,
  usedSeveralFactors,
} from '../../server/installs/sign-in/several-factors.ts';

const ASK = { state: 's'.repeat(43), nonce: 'n'.repeat(43), verifier: 'v'.repeat(43) };
const REDIRECT = 'https://fairlead.example.com/oauth/oidc/signed-in';

let server: Server;
let issuer = '';
let idToken: () => Promise<string>;
let sent: Record<string, string> = {};

/** What the provider says of somebody, before a test makes it lie. */
const claims = (change: JWTPayload = {}): JWTPayload => ({
  iss: issuer,
  aud: 'fairlead',
  sub: 'dana',
  nonce: ASK.nonce,
  email: 'Dana@Example.com',
  email_verified: true,
  name: 'Dana',
  iat: Math.floor(Date.now() / 1000),
  exp: Math.floor(Date.now() / 1000) + 300,
  ...change,
});
const without = (name: string): JWTPayload =>
  Object.fromEntries(Object.entries(claims()).filter(([claim]) => claim !== name));
let own: CryptoKey;
let foreign: CryptoKey;
const signed = (payload: JWTPayload, key: CryptoKey = own) =>
  new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: 'own' }).sign(key);

beforeAll(async () => {
  const pair = await generateKeyPair('RS256', { extractable: true });
  own = pair.privateKey;
  foreign = (await generateKeyPair('RS256')).privateKey;
  const jwks = { keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'own', alg: 'RS256', use: 'sig' }] };
  server = createServer(async (request, response) => {
    const reply = (body: unknown): void =>
      void response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
    if (request.url === '/jwks') return reply(jwks);
    if (request.url?.startsWith('/.well-known'))
      return reply({
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        token_endpoint_auth_methods_supported: ['client_secret_basic'],
      });
    let text = '';
    for await (const chunk of request) text += String(chunk);
    sent = Object.fromEntries(new URLSearchParams(text));
    return reply({ access_token: 'a', token_type: 'Bearer', id_token: await idToken() });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

const way = (severalFactors: SeveralFactors | null = null) =>
  createOidcWay({
    provider: 'oidc',
    url: issuer,
    clientId: 'fairlead',
    clientSecret: 'secret',
    severalFactors,
    clock: { now: Date.now },
  });
const identified = (query: Record<string, string> = {}, severalFactors: SeveralFactors | null = null) =>
  way(severalFactors).identify({
    ...ASK,
    redirectUri: REDIRECT,
    query: { code: 'c', state: ASK.state, ...query },
  });

test('an honest provider’s word is taken, and the code is bound by the verifier', async () => {
  idToken = () => signed(claims());
  expect(await identified()).toEqual({
    provider: 'oidc',
    issuer,
    subject: 'dana',
    name: 'Dana',
    email: 'dana@example.com',
    emailVerified: true,
    account: null,
    provenAt: null,
  });
  expect(sent).toMatchObject({ code_verifier: ASK.verifier, redirect_uri: REDIRECT });
  const url = new URL(await way().authorizeUrl({ ...ASK, redirectUri: REDIRECT, again: false }));
  expect(url.searchParams.get('code_challenge_method')).toBe('S256');
  expect(url.href).not.toContain(ASK.verifier);
});

test('who is to prove it anew is asked anew, and when they did is taken from the token', async () => {
  const asked = async (again: boolean) =>
    new URL(await way().authorizeUrl({ ...ASK, redirectUri: REDIRECT, again })).searchParams;
  expect([(await asked(true)).get('prompt'), (await asked(true)).get('max_age')]).toEqual(['login', '900']);
  expect([(await asked(false)).get('prompt'), (await asked(false)).get('max_age')]).toEqual([null, null]);
  idToken = () => signed(claims({ auth_time: 1_700_000_000 }));
  expect((await identified()).provenAt).toBe(1_700_000_000_000);
  for (const auth_time of ['1700000000', 0, -1, null])
    expect(identify('oidc', { iss: issuer, sub: 'dana', auth_time })?.provenAt).toBeNull();
});

const SEVERAL: SeveralFactors = { acrValues: ['urn:two', 'urn:three'], entraContext: 'c1' };

test.each<readonly [claims: JWTPayload, several: boolean]>([
  [{ amr: ['pwd', 'otp'] }, true],
  [{ amr: ['mfa'] }, true],
  [{ amr: ['hwk', 'pin'] }, true],
  [{ amr: ['fpt', 'swk'] }, true],
  [{ acr: 'urn:three' }, true],
  [{}, false],
  [{ amr: ['pwd'] }, false],
  [{ amr: ['pwd', 'pin', 'kba'] }, false],
  [{ amr: ['otp', 'sms'] }, false],
  [{ amr: ['pwd', 'geo', 'rba', 'user', 'mca'] }, false],
  [{ amr: ['pwd', 'constructor', 'toString'] }, false],
  [{ amr: 'mfa' }, false],
  [{ acr: 'urn:one', amr: ['pwd'] }, false],
  [{ acr: ['urn:two'] }, false],
])('a token with %j shows several factors: %s', async (said, several) => {
  idToken = () => signed(claims(said));
  expect((await identified()).subject).toBe('dana');
  const demanded = identified({}, SEVERAL);
  if (several) expect((await demanded).subject).toBe('dana');
  else
    await expect(demanded).rejects.toMatchObject({
      code: 'factors_lacking',
      message: expect.stringContaining('single sign-on did not say'),
    });
});

test('the provider is asked for what is demanded', async () => {
  const asked = async (demand: SeveralFactors | null) =>
    new URL(await way(demand).authorizeUrl({ ...ASK, redirectUri: REDIRECT, again: false })).searchParams;
  expect((await asked(SEVERAL)).get('acr_values')).toBe('urn:two urn:three');
  expect((await asked({ ...SEVERAL, acrValues: [] })).has('acr_values')).toBe(false);
  expect((await asked(null)).has('acr_values')).toBe(false);
});

test('Entra tells by its authentication context, and not at all without one; the others never do', () => {
  const said = { iss: 'https://login.microsoftonline.com/x/v2.0', sub: 'x' };
  for (const [acrs, several] of [
    [['c1'], true],
    [['c2', 'c1'], true],
    ['c1', true],
    [['c11'], false],
    ['c11', false],
    [undefined, false],
  ] as const)
    expect([acrs, usedSeveralFactors('microsoft', { ...said, acrs, amr: ['mfa'] }, SEVERAL)]).toEqual([
      acrs,
      several,
    ]);
  const without = { ...SEVERAL, entraContext: null };
  expect(usedSeveralFactors('microsoft', { ...said, acrs: ['c1'] }, without)).toBe(false);
  expect(
    ['oidc', 'microsoft', 'slack', 'salesforce', 'hubspot'].filter((id) => tellsFactors(id, SEVERAL)),
  ).toEqual(['oidc', 'microsoft']);
  expect(tellsFactors('microsoft', without)).toBe(false);
});

const unsigned = (payload: JWTPayload): string => {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part(payload)}.`;
};

test.each<readonly [string, () => Promise<string>]>([
  ['of another nonce', () => signed(claims({ nonce: 'other' }))],
  ['without a nonce', () => signed(without('nonce'))],
  ['of another issuer', () => signed(claims({ iss: 'https://elsewhere.example' }))],
  ['for another app', () => signed(claims({ aud: 'another-app' }))],
  ['for several apps, issued to another', () => signed(claims({ aud: ['fairlead', 'other'], azp: 'other' }))],
  ['that is over', () => signed(claims({ exp: Math.floor(Date.now() / 1000) - 120 }))],
  ['signed by somebody else', () => signed(claims(), foreign)],
  ['signed by nobody', async () => unsigned(claims())],
  ['of nobody', () => signed(without('sub'))],
  ['that is none', async () => 'none'],
])('an ID token %s signs nobody in', async (_what, lie) => {
  idToken = lie;
  await expect(identified()).rejects.toMatchObject({ code: 'sign_in_refused' });
});

test.each([
  [{ state: 'x'.repeat(43) }, 'sign_in_refused'],
  [{ iss: 'https://elsewhere.example' }, 'sign_in_refused'],
  [{ error: 'access_denied' }, 'sign_in_declined'],
  [{ error: 'server_error' }, 'sign_in_refused'],
])('an answer with %j is refused', async (query, code) => {
  idToken = () => signed(claims());
  await expect(identified(query as unknown as Record<string, string>)).rejects.toMatchObject({ code });
});

test('each vendor’s claims mean somebody for certain, or nobody', () => {
  const said = { iss: 'https://issuer.example', sub: 'sub', email: 'A@Example.com', email_verified: true };
  const slack = { 'https://slack.com/user_id': 'U1', 'https://slack.com/team_id': 'T1' };
  expect(identify('slack', { ...said, ...slack })).toMatchObject({
    subject: 'T1/U1',
    account: { vendor: 'slack', by: 'externalId', value: 'T1' },
  });
  expect(identify('slack', said)).toBeNull();
  const sub = 'https://login.salesforce.com/id/00D000000000001AAA/005000000000001AAA';
  expect(identify('salesforce', { ...said, sub })).toMatchObject({
    subject: sub,
    account: { vendor: 'salesforce', value: '00D000000000001AAA' },
  });
  expect(identify('salesforce', said)).toBeNull();
  const entra = {
    oid: '11111111-1111-4111-8111-111111111111',
    tid: '22222222-2222-4222-8222-222222222222',
  };
  // Whoever administers an Entra tenant writes what addresses they like.
  expect(identify('microsoft', { ...said, ...entra })).toMatchObject({
    subject: entra.oid,
    emailVerified: false,
    account: { vendor: 'dynamics', by: 'tenantId', value: entra.tid },
  });
  expect(identify('microsoft', { ...said, ...entra, xms_edov: true })?.emailVerified).toBe(true);
  expect(identify('microsoft', { ...said, oid: entra.oid })).toBeNull();
  expect(identify('oidc', { ...said, email_verified: 'true' })?.emailVerified).toBe(false);
});

test('each unverified fact is listed in docs/verify-live.md', () => {
  const folder = new URL('../../server/installs/sign-in/', import.meta.url);
  const sources = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), 'utf8'));
  const names = [...sources.join('\n').matchAll(/@unverified (\w+)/g)].map(([, name]) => name!);
  expect(names.length).toBeGreaterThan(2);
  const page = readFileSync(new URL('../../docs/verify-live.md', import.meta.url), 'utf8');
  for (const name of names) expect(page).toContain(`\`${name}\``);
});
