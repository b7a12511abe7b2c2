import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openBrowserOf } from '../support/cookie-jar.ts';
import { type OwnedDatabase, openTestDatabase } from '../support/databases.ts';
import { API_KEY, type InstallWorld, openInstallWorld } from '../support/install-world.ts';

let database: OwnedDatabase;
let world: InstallWorld;

const PEOPLE = [
  {
    id: 'U1',
    name: 'dana',
    realName: 'Dana Whitfield',
    email: 'dana@example.com',
    tz: 'UTC',
    deleted: false,
  },
  { id: 'U2', name: 'sam', realName: 'Sam Okafor', email: 'sam@example.com', tz: 'UTC', deleted: false },
];

beforeAll(async () => {
  database = await openTestDatabase('pglite');
  world = await openInstallWorld(database.storage);
  world.sandbox.slack.state.users.push(...PEOPLE);
}, 120_000);
afterAll(async () => {
  await world?.close();
  await database?.storage.close();
  await database?.drop();
});
beforeEach(async () => {
  for (const table of ['person', 'invitation', 'connection']) await sql(`delete from ${table}`);
  await sql('update tenant set admits = null');
});

const sql = async (text: string, values: readonly unknown[] = []) =>
  (await database.storage.executeSql(text, values)).rows as Record<string, unknown>[];
const api = (path: string, body: unknown, method = 'POST') =>
  fetch(`${world.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
/** Connected to a workspace, as it stands in the database. */
const connect = async (vendor: string, externalId: string, tenant?: string) => {
  if (tenant !== undefined)
    await sql('insert into tenant (id, name) values ($1, $1) on conflict do nothing', [tenant]);
  await sql(
    `insert into connection (id, tenant_id, vendor, external_id, name)
     values ($1, coalesce($2, (select id from tenant where id <> 'other' limit 1)), $3, $4, $3)`,
    [`con_${vendor}_${externalId}`, tenant ?? null, vendor, externalId],
  );
};
const TEAM = 'T0FAIRLEAD';
/** Where a browser ends, with the given press at the vendor's page. */
const signIn = async (provider: string, press: string) => {
  const browser = openBrowserOf(world.url);
  const page = await browser.get(`/oauth/${provider}/sign-in`);
  const back = await browser.get(`${page.location}${press}`);
  const ended = await browser.get(back.location);
  return { ended: ended.location.replace(world.url, ''), browser };
};
const roles = () => sql('select name, role, email_verified from person order by name');

test('who comes with a connected Slack workspace waits, until an owner lets them in', async () => {
  expect((await signIn('slack', '&as=U1')).ended).toBe('/sign-in?failed=no_workspace');
  await connect('slack', TEAM);
  expect((await signIn('slack', '&as=U1')).ended).toBe('/sign-in?failed=waiting');
  expect(await roles()).toEqual([{ name: 'Dana Whitfield', role: null, email_verified: true }]);
  const [person] = await sql('select id from person');
  expect((await api(`/people/${person?.id}/role`, { role: 'manager' })).status).toBe(200);
  expect((await signIn('slack', '&as=U1')).ended).toBe('/');
  expect(await sql('select issuer, subject from identity')).toEqual([
    { issuer: expect.stringMatching(/\/slack$/), subject: `${TEAM}/U1` },
  ]);
});

test('or comes in at once with the role that an owner said', async () => {
  await connect('slack', TEAM);
  expect((await api('/people/admission', { role: 'rep' }, 'PUT')).status).toBe(200);
  expect((await signIn('slack', '&as=U2')).ended).toBe('/');
  expect(await roles()).toEqual([{ name: 'Sam Okafor', role: 'rep', email_verified: true }]);
});

test('another workspace’s invitation takes nobody away from the one their account is connected to', async () => {
  await connect('slack', TEAM, 'other');
  expect((await api('/people/invitations', { email: 'dana@example.com', role: 'owner' })).status).toBe(200);
  expect((await signIn('slack', '&as=U1')).ended).toBe('/sign-in?failed=waiting');
  expect(await sql('select tenant_id from person')).toEqual([{ tenant_id: 'other' }]);
});

test('an account that is disconnected opens nothing', async () => {
  await connect('slack', TEAM);
  await sql("update connection set status = 'disconnected'");
  expect((await signIn('slack', '&as=U1')).ended).toBe('/sign-in?failed=no_workspace');
});

test('an address that somebody else has at Slack makes them nobody', async () => {
  await connect('slack', TEAM);
  expect((await api('/people/invitations', { email: 'dana@example.com', role: 'owner' })).status).toBe(200);
  await signIn('slack', '&as=U1');
  const users = world.sandbox.slack.state.users;
  const at = users.findIndex(({ id }) => id === 'U2');
  users[at] = { ...users[at]!, email: 'dana@example.com' };
  expect((await signIn('slack', '&as=U2')).ended).toBe('/sign-in?failed=waiting');
  users[at] = PEOPLE[1]!;
});

test('who cancels at Slack is signed in nowhere', async () => {
  expect((await signIn('slack', '&deny=1')).ended).toBe('/sign-in?failed=sign_in_declined');
});

test('HubSpot says who agreed: the account lets them in, their address never does', async () => {
  await api('/people/invitations', { email: 'admin@example.com', role: 'owner' });
  const first = await signIn('hubspot', '&approve=1');
  expect(first.ended).toBe('/sign-in?failed=no_workspace');
  await connect('hubspot', String([...world.sandbox.hubspot.portals.keys()][0]));
  expect((await signIn('hubspot', '&approve=1')).ended).toBe('/sign-in?failed=waiting');
  expect(await roles()).toEqual([{ name: expect.any(String), role: null, email_verified: false }]);
});
