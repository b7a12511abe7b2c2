import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { INSTALL_SCOPES } from '../../server/crm/zoho/scopes.ts';
import { openGrant } from '../../server/installs/grants.ts';
import { readKeyring } from '../../server/installs/keyring.ts';
import { createVault } from '../../server/installs/vault.ts';
import { openBrowserOf } from '../support/cookie-jar.ts';
import { type OwnedDatabase, openTestDatabase } from '../support/databases.ts';
import { type InstallWorld, openInstallWorld, SLACK_SIGNING_SECRET } from '../support/install-world.ts';

let database: OwnedDatabase;
let world: InstallWorld;

beforeAll(async () => {
  database = await openTestDatabase('pglite');
  world = await openInstallWorld(database.storage);
}, 120_000);
afterAll(async () => {
  await world?.close();
  await database?.storage.close();
  await database?.drop();
});

interface Shown {
  readonly id: string;
  readonly vendor: string;
  readonly externalId: string;
  readonly status: string;
  readonly missing: readonly { readonly scope: string; readonly without: string }[];
}

const all = async () => (await world.api('GET', '/api/v1/connections')).body as readonly Shown[];
const shown = async (vendor: string) => (await all()).find((one) => one.vendor === vendor);
const leave = (id: string) => world.api('DELETE', `/api/v1/connections/${id}`);

/** Installs by agreeing at the vendor's page; with `scope` asked for less. */
const install = async (vendor: string, scope?: string) => {
  const browser = openBrowserOf(world.url);
  await browser.get('/');
  const page = new URL((await browser.get(`/oauth/${vendor}/install`)).location);
  if (scope !== undefined) page.searchParams.set('scope', scope);
  page.searchParams.delete('optional_scope');
  page.searchParams.set('approve', '1');
  const { location } = vendor === 'slack' ? await allow(page) : await browser.get(page.href);
  await browser.get(location);
  return (await shown(vendor))!;
};

/** Slack's page is a form. */
const allow = async (page: URL) => {
  const reply = await fetch(page.origin + page.pathname, {
    method: 'POST',
    body: page.searchParams,
    redirect: 'manual',
  });
  return { location: reply.headers.get('location') ?? '' };
};

const rowOf = (id: string) =>
  database.storage.directory((trx) =>
    trx.selectFrom('connection').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
  );
const setRow = (id: string, change: Record<string, unknown>) =>
  database.storage.directory((trx) =>
    trx.updateTable('connection').set(change).where('id', '=', id).execute(),
  );

describe('disconnecting', () => {
  test('is for the account’s own tenant, and for whom there is one', async () => {
    const { id } = await install('hubspot');
    const { tenant_id: own } = await rowOf(id);
    await setRow(id, { tenant_id: 'ten_other' });
    expect((await leave(id)).status).toBe(404);
    expect((await leave('con_nothing')).status).toBe(404);
    expect((await rowOf(id)).status).toBe('active');
    // Nor do its tokens open where its row was put.
    await setRow(id, { tenant_id: own });
    const pipedrive = await install('pipedrive');
    await setRow(pipedrive.id, { tokens: (await rowOf(id)).tokens });
    const vault = createVault(readKeyring(`k:${Buffer.alloc(32, 7).toString('base64')}`));
    const opened = async (row: { id: string; tenant_id: string; tokens: string | null }) =>
      openGrant(vault, { id: row.id, tenantId: row.tenant_id, tokens: row.tokens });
    expect((await opened(await rowOf(id)))?.refreshToken).toBeTypeOf('string');
    await expect(opened(await rowOf(pipedrive.id))).rejects.toMatchObject({ code: 'sealed_elsewhere' });
    await expect(opened({ ...(await rowOf(id)), tenant_id: 'ten_other' })).rejects.toMatchObject({
      code: 'sealed_elsewhere',
    });
  });

  test('leaves an account for another workspace to connect, and keeps what it was', async () => {
    const { id, externalId } = await install('zoho');
    const { tenant_id: own } = await rowOf(id);
    await database.storage.directory((trx) =>
      trx.insertInto('tenant').values({ id: 'ten_before', name: 'Before' }).execute(),
    );
    await setRow(id, { tenant_id: 'ten_before' });
    const refused = await world.api('POST', '/api/v1/connections', {
      vendor: 'zoho',
      externalId,
      name: 'Mine',
      scopes: [],
      tokens: { refreshToken: 'r' },
      settings: (await rowOf(id)).settings,
    });
    expect([refused.status, refused.body.code]).toEqual([409, 'conflict']);
    await setRow(id, { status: 'disconnected', tokens: null });
    const mine = await install('zoho');
    expect(mine).toMatchObject({ externalId, status: 'active' });
    expect(mine.id).not.toBe(id);
    expect(await rowOf(id)).toMatchObject({
      tenant_id: 'ten_before',
      name: expect.any(String),
      status: 'disconnected',
    });
    expect((await rowOf(mine.id)).tenant_id).toBe(own);
  });
});

describe('an app that is removed there', () => {
  const slackSays = (type: string, at: number, more: Record<string, unknown> = {}) => {
    const { team, bot } = world.sandbox.slack.state;
    const body = JSON.stringify({
      team_id: team.id,
      api_app_id: bot.appId,
      event: { type, ...more },
      type: 'event_callback',
      event_id: `Ev${Math.random()}`,
      event_time: Math.floor(at / 1000),
    });
    const timestamp = String(Math.floor(Date.now() / 1000));
    const signature = createHmac('sha256', SLACK_SIGNING_SECRET)
      .update(`v0:${timestamp}:${body}`)
      .digest('hex');
    return fetch(`${world.url}/slack/events`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': `v0=${signature}`,
      },
      body,
    });
  };
  const both = async (at: number) => {
    await slackSays('tokens_revoked', at, { tokens: { oauth: [], bot: ['U0'] } });
    await slackSays('app_uninstalled', at);
  };

  test('ends its Slack workspace once, whichever word comes first; a late one leaves the next installation alone', async () => {
    const first = await install('slack');
    const removedAt = Date.now() + 1_000;
    await both(removedAt);
    await expect.poll(async () => (await shown('slack'))?.status).toBe('uninstalled');
    expect((await rowOf(first.id)).tokens).toBeNull();
    const again = await install('slack');
    expect(again).toMatchObject({ id: first.id, status: 'active' });
    await both(Date.now() - 60_000);
    await slackSays('app_home_opened', Date.now());
    expect((await shown('slack'))?.status).toBe('active');
    expect((await leave(first.id)).body).toMatchObject({ status: 'disconnected', left: [] });
    // The vendor's word of what we did ourselves.
    await both(Date.now() + 1_000);
    expect((await shown('slack'))?.status).toBe('disconnected');
    expect(world.sandbox.slack.state.tokens.every(({ revoked }) => revoked)).toBe(true);
  });

  test('ends its Pipedrive company, unless the word is of an earlier installation', async () => {
    await install('pipedrive');
    const { app } = world.sandbox.pipedrive;
    const { settings, external_id } = await rowOf((await shown('pipedrive'))!.id);
    const say = async (timestamp: string) => {
      const reply = await fetch(`${world.url}/oauth/pipedrive/callback`, {
        method: 'DELETE',
        headers: {
          'content-type': 'application/json',
          authorization: `Basic ${Buffer.from(`${app.clientId}:${app.clientSecret}`).toString('base64')}`,
        },
        body: JSON.stringify({
          client_id: app.clientId,
          company_id: external_id,
          user_id: settings.userId,
          timestamp,
        }),
      });
      return reply.json();
    };
    expect(await say(new Date(Date.now() - 60_000).toISOString())).toEqual({ ended: false });
    expect((await shown('pipedrive'))?.status).toBe('active');
    expect(await say(new Date(Date.now() + 1_000).toISOString())).toEqual({ ended: true });
    expect((await shown('pipedrive'))?.status).toBe('uninstalled');
  });

  test('is found out by the first refused refresh, told once, and asked for no more', async () => {
    const { id } = await install('hubspot');
    await setRow(id, { generation: 50 });
    world.sandbox.hubspot.revoke();
    const sync = () => world.api('POST', `/api/v1/connections/${id}/sync`);
    await expect
      .poll(
        async () => {
          await sync();
          return (await shown('hubspot'))?.status;
        },
        { timeout: 20_000 },
      )
      .toBe('needs_reconnecting');
    expect((await rowOf(id)).tokens).toBeNull();
    const { requests } = world.sandbox.hubspot.stats();
    expect((await sync()).status).toBeGreaterThanOrEqual(400);
    expect(world.sandbox.hubspot.stats().requests).toBe(requests);
    expect(await install('hubspot')).toMatchObject({ id, status: 'active' });
    expect((await rowOf(id)).generation).toBe(51);
  });
});

test('what an account did not allow is said, with what does not work, until it does', async () => {
  const { missing } = await install(
    'hubspot',
    'oauth crm.objects.contacts.read crm.objects.contacts.write crm.objects.companies.read crm.objects.companies.write crm.objects.owners.read automation',
  );
  expect(missing).toContainEqual({
    scope: 'crm.objects.users.read',
    without: 'working hours and time off kept in HubSpot are not known',
  });
  expect(missing.map(({ scope }) => scope)).not.toContain('oauth');
  const scope = `${missing.map((one) => one.scope).join(' ')} oauth crm.objects.contacts.read crm.objects.contacts.write crm.objects.companies.read crm.objects.companies.write crm.objects.owners.read automation`;
  expect((await install('hubspot', scope)).missing).toEqual([]);
});

test('an org that was connected before a scope was wanted is told so, until it is connected again', async () => {
  const before = INSTALL_SCOPES.filter((scope) => !scope.includes('user_groups'));
  const { id, missing } = await install('zoho', before.join(','));
  expect(missing).toEqual([
    { scope: 'ZohoCRM.settings.user_groups.READ', without: 'Zoho’s user groups are not known as teams' },
  ]);
  // Its people are imported all the same.
  expect((await world.api('POST', `/api/v1/connections/${id}/sync`)).status).toBe(200);
  expect((await install('zoho')).missing).toEqual([]);
});

test('two accounts of one vendor are left one by one', async () => {
  const first = (await shown('hubspot'))!;
  const second = await world.api('POST', '/api/v1/connections', {
    vendor: 'hubspot',
    externalId: '4711',
    name: 'Second',
    scopes: [],
    tokens: { refreshToken: 'of-the-second' },
  });
  expect((await leave(second.body.id)).status).toBe(200);
  expect((await rowOf(first.id)).status).toBe('active');
  expect((await world.api('POST', `/api/v1/connections/${first.id}/sync`)).status).toBe(200);
});
