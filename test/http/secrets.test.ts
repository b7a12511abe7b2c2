import { createHmac } from 'node:crypto';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createLog } from '../../server/base/create-log.ts';
import { openGrant } from '../../server/installs/grants.ts';
import { readKeyring } from '../../server/installs/keyring.ts';
import { readPushRoot } from '../../server/installs/push-root.ts';
import { createPushSecrets } from '../../server/installs/push-secrets.ts';
import { createVault } from '../../server/installs/vault.ts';
import { createConnectionStore } from '../../server/storage/directory/connections.ts';
import { createSealedStore } from '../../server/storage/directory/sealed-values.ts';
import { openBrowserOf } from '../support/cookie-jar.ts';
import { type OwnedDatabase, openTestDatabase } from '../support/databases.ts';
import {
  API_KEY,
  type InstallWorld,
  KEYS,
  openInstallWorld,
  SLACK,
  SLACK_SIGNING_SECRET,
} from '../support/install-world.ts';
import { roundRobin } from '../support/round-robin.ts';

const VENDORS = ['hubspot', 'salesforce', 'dynamics', 'zoho', 'pipedrive', 'slack'] as const;
const HOUR = 3_600_000;

let database: OwnedDatabase;
let world: InstallWorld;
let ahead = 0;

/** Everything the service writes, and every refusal it answers with. */
const written: string[] = [];
const refusals: string[] = [];
/** What must be nowhere in it, by what it is. */
const secrets = new Map<string, string>();
let found = 0;
const secret = (what: string, value: string | null | undefined): void => {
  if (value) secrets.set(`${what} ${++found}`, value);
};

beforeAll(async () => {
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((chunk) => {
      written.push(String(chunk));
      return true;
    });
  for (const level of ['debug', 'log', 'info', 'warn', 'error'] as const)
    vi.spyOn(console, level).mockImplementation((...said) => void written.push(said.map(String).join(' ')));
  const lines = new Writable({
    write: (chunk, _, done) => {
      written.push(String(chunk));
      done();
    },
  });
  database = await openTestDatabase('pglite');
  const clock = { now: () => Date.now() + ahead };
  world = await openInstallWorld(database.storage, { log: createLog('trace', lines), clock });
  await world.start();
}, 120_000);
afterAll(async () => {
  await world?.close();
  await database?.storage.close();
  await database?.drop();
  vi.restoreAllMocks();
});

interface Sent {
  readonly method?: string;
  readonly key?: string | null;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}
const send = async (path: string, { method = 'GET', key = API_KEY, headers = {}, body }: Sent = {}) => {
  const reply = await fetch(world.url + path, {
    method,
    redirect: 'manual',
    headers: {
      ...(key !== null && { authorization: `Bearer ${key}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await reply.text();
  const location = reply.headers.get('location') ?? '';
  if (reply.status >= 300) refusals.push(`${reply.status} ${location} ${text}`);
  return { status: reply.status, text, body: text.startsWith('{') ? JSON.parse(text) : null };
};

/** The tokens the vault holds now, each under the name of its vendor. */
const noteTokens = async (): Promise<ReadonlySet<string>> => {
  const store = createConnectionStore(database.storage);
  const vault = createVault(readKeyring(KEYS));
  const tokens = new Set<string>();
  for (const row of await store.listActive()) {
    const grant = await openGrant(vault, row);
    for (const token of [grant?.accessToken, grant?.refreshToken]) {
      if (!token || tokens.has(token)) continue;
      secret(`a token of ${row.vendor}`, token);
      tokens.add(token);
    }
  }
  return tokens;
};

/** A signed-in browser begins, and somebody agrees at the vendor: where it is sent back to. */
const agreed = async (browser: ReturnType<typeof openBrowserOf>, vendor: (typeof VENDORS)[number]) => {
  const answers = vendor === 'dynamics' ? `?${new URLSearchParams({ url: world.environmentUrl() })}` : '';
  const { location: page } = await browser.get(`/oauth/${vendor}/install${answers}`);
  for (const [name, value] of browser.jar) secret(`the cookie ${name}`, value);
  const asked = new URL(page);
  secret('a state', asked.searchParams.get('state'));
  const back =
    vendor === 'slack'
      ? (await fetch(page, { method: 'POST', body: asked.searchParams, redirect: 'manual' })).headers.get(
          'location',
        )!
      : (await browser.get(`${page}&${vendor === 'dynamics' ? 'accept=yes' : 'approve=1'}`)).location;
  const code = new URL(back, world.url).searchParams.get('code') ?? '';
  // The stand-in for Slack numbers its codes.
  if (vendor !== 'slack') secret('a code', code);
  return back;
};

const install = async (vendor: (typeof VENDORS)[number]) => {
  const browser = openBrowserOf(world.url);
  await browser.get('/');
  // Once from a stranger's browser, whose refusal must not say them either; then as it should be.
  await send((await agreed(browser, vendor)).slice(world.url.length), { key: null });
  const { location } = await browser.get(await agreed(browser, vendor));
  expect([vendor, location]).toEqual([vendor, `${world.url}/connections?connected=${vendor}`]);
};

const slackSays = async (form: Record<string, string>, signedWith = SLACK_SIGNING_SECRET) => {
  const body = new URLSearchParams(form).toString();
  const at = String(Math.floor((Date.now() + ahead) / 1000));
  const signature = createHmac('sha256', signedWith).update(`v0:${at}:${body}`).digest('hex');
  return send('/slack/events', {
    method: 'POST',
    key: null,
    body,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': at,
      'x-slack-signature': `v0=${signature}`,
    },
  });
};

/** Whether a text holds a secret, as it is or as an address, a form or base64 would. */
const holds = (text: string, value: string): boolean =>
  [value, encodeURIComponent(value), Buffer.from(value).toString('base64').replace(/=+$/, '')].some((form) =>
    text.includes(form),
  );

const dump = async (): Promise<readonly { readonly name: string; readonly text: string }[]> => {
  const { rows } = await database.storage.executeSql(
    `select table_schema || '.' || table_name as name from information_schema.tables
     where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'`,
  );
  const tables: { name: string; text: string }[] = [];
  for (const { name } of rows as { name: string }[]) {
    const all = await database.storage.executeSql(`select row_to_json(t)::text as row from ${name} t`);
    tables.push({ name, text: (all.rows as { row: string }[]).map(({ row }) => row).join('\n') });
  }
  return tables;
};

test('no secret is in the log at its most talkative, in any table, in a refusal or among the metrics', async () => {
  secret('the API key', API_KEY);
  for (const [id, bytes] of readKeyring(KEYS).keys) {
    secret(`the vault key ${id}`, Buffer.from(bytes).toString('base64'));
    secret(`the vault key ${id}`, Buffer.from(bytes).toString('hex'));
  }
  secret('Slack’s signing secret', SLACK_SIGNING_SECRET);
  secret('Slack’s client secret', SLACK.clientSecret);
  for (const vendor of ['hubspot', 'salesforce', 'dynamics', 'zoho', 'pipedrive'] as const)
    secret(`the client secret of ${vendor}`, world.config[vendor].clientSecret);

  // Connecting, by consent, and once with tokens given.
  for (const vendor of VENDORS) await install(vendor);
  const given = { accessToken: 'given-access-token-1', refreshToken: 'given-refresh-token-1', expiresIn: 60 };
  for (const value of [given.accessToken, given.refreshToken]) secret('a given token', value);
  const org = await send('/api/v1/connections', {
    method: 'POST',
    body: {
      vendor: 'salesforce',
      externalId: '00D000000000009EAA',
      name: 'Org',
      scopes: [],
      tokens: given,
      settings: { instanceUrl: world.sandbox.url },
    },
  });
  secret('a credential', org.body.credential);
  const { body: renewed } = await send(`/api/v1/connections/${org.body.id}/credential`, { method: 'POST' });
  secret('a credential', renewed.credential);
  const before = await noteTokens();
  expect(before.size).toBeGreaterThan(VENDORS.length);

  // A policy, a lead, keys.
  const reps = [{ id: 'dana', name: 'Dana', email: 'dana@example.com' }];
  await send('/api/v1/reps', { method: 'PUT', body: reps });
  const pools = [roundRobin('all', 'All', 'dana')];
  await send('/api/v1/policy', {
    method: 'PUT',
    body: { fairlead: 1, name: 'P', pools, fallback: [{ pool: 'all' }] },
  });
  await send('/api/v1/leads', { method: 'POST', body: { fields: {} } });
  const made = await send('/api/v1/keys', { method: 'POST', body: { name: 'one', scopes: ['read'] } });
  const rotated = await send(`/api/v1/keys/${made.body.id}/rotate`, { method: 'POST' });
  for (const { body } of [made, rotated]) secret('a made key', body.key);
  await send('/api/v1/keys', { method: 'POST', key: made.body.key, body: { name: 'two', scopes: ['own'] } });

  // Every token is over: all that is asked of a vendor asks for another first.
  ahead = 48 * HOUR;
  const { text } = await send('/api/v1/connections');
  const connections = JSON.parse(text) as { id: string; vendor: string }[];
  for (const { id } of connections) await send(`/api/v1/connections/${id}/sync`, { method: 'POST' });
  const after = await noteTokens();
  expect([...after].some((token) => !before.has(token))).toBe(true);

  // What vendors push, with their proof and without.
  const ring = readKeyring(KEYS);
  const root = await readPushRoot(createSealedStore(database.storage), createVault(ring));
  secret('the root of push secrets', Buffer.from(root).toString('base64'));
  const push = createPushSecrets(root, ring);
  const idOf = (vendor: string) => connections.find((one) => one.vendor === vendor)!.id;
  for (const vendor of ['zoho', 'pipedrive', 'dynamics']) secret('a push secret', push.of(idOf(vendor)));
  for (const wrong of ['', 'x']) {
    const of = (vendor: string) => push.of(idOf(vendor)) + wrong;
    const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
      send(path, { method: 'POST', key: null, body, headers });
    await post(`/zoho/notifications?connection=${idOf('zoho')}`, { token: of('zoho'), ids: ['1'] });
    await post(`/dynamics/webhooks?code=${of('dynamics')}&connection=${idOf('dynamics')}`, { nonsense: 1 });
    const basic = Buffer.from(`${idOf('pipedrive')}:${of('pipedrive')}`).toString('base64');
    await post('/pipedrive/webhooks', { meta: {} }, { authorization: `Basic ${basic}` });
    await post('/hubspot/webhooks', [], { 'x-hubspot-signature-v3': 'wrong' });
    await post('/salesforce/decisions', { records: [] }, { authorization: `Bearer ${renewed.credential}` });
  }

  // Slack: a press, a command, and somebody who cannot sign.
  const action = { action_id: 'lead_claim', block_id: 'b', value: 'asg_none', type: 'button' };
  const pressed = {
    type: 'block_actions',
    team: { id: 'T0SANDBOX' },
    user: { id: 'U1' },
    trigger_id: '1.2.secret-trigger',
    response_url: `${world.sandbox.url}/slack/none`,
    actions: [action],
  };
  await slackSays({ payload: JSON.stringify(pressed) });
  await slackSays({ command: '/leads', text: 'help', team_id: 'T0SANDBOX', user_id: 'U1' });
  await slackSays({ payload: JSON.stringify(pressed) }, 'another secret');

  // Errors that could echo what they were given.
  const leak = 'fl_sent-to-the-wrong-place-0001';
  secret('a key in the wrong place', leak);
  await send('/api/v1/policy', { key: leak });
  await send(`/api/v1/decisions?${new URLSearchParams({ limit: leak })}`);
  await send('/api/v1/connections', { method: 'POST', body: `{"tokens": {"accessToken": "${leak}"` });
  await send('/api/v1/connections', { method: 'POST', body: { tokens: { accessToken: [leak] } } });
  await send('/api/v1/policy', { method: 'PUT', body: { fairlead: leak } });
  await send('/api/v1/nothing', { headers: { cookie: `fairlead_session=${leak}` } });
  await send(`/oauth/hubspot/callback?code=${leak}`, { key: null });
  await send(`/oauth/zoho/callback?error=access_denied&state=${leak}`, { key: null });

  const { text: metrics } = await send('/metrics', { key: null });
  const places = [
    { name: 'the log', text: written.join('') },
    { name: 'refusals', text: refusals.join('\n') },
    { name: 'metrics', text: metrics },
    ...(await dump()),
  ];
  // It would find them.
  expect(places.find(({ name }) => name === 'the log')!.text).toContain('"level":');
  expect(refusals.length).toBeGreaterThan(10);
  expect(
    places.some(({ name, text: rows }) => name === 'public.connection' && rows.includes('hubspot')),
  ).toBe(true);
  const leaks = places.flatMap(({ name, text: inside }) =>
    [...secrets].filter(([, value]) => holds(inside, value)).map(([what]) => `${what} in ${name}`),
  );
  expect(leaks).toEqual([]);
}, 120_000);
