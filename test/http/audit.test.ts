import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AUDIT_ACTIONS } from '../../server/assignments/audit/actions.ts';
import { ENDPOINTS } from '../../server/http/endpoints.ts';
import { type AuditedWorld, CASES, connection, lead, POLICY, REPS } from '../support/audit-cases.ts';
import { openBrowserOf } from '../support/cookie-jar.ts';
import { type OwnedDatabase, openTestDatabase } from '../support/databases.ts';
import { API_KEY, type InstallWorld, openInstallWorld } from '../support/install-world.ts';

let database: OwnedDatabase;
let world: InstallWorld;
let tenantId: string;
let audited: AuditedWorld;

type Method = 'get' | 'post' | 'put' | 'delete';
const api = (method: Method, path: string, key = API_KEY) =>
  supertest(world.url)[method](`/api/v1${path}`).set('authorization', `Bearer ${key}`);

interface Line {
  readonly who: string;
  readonly action: string;
  readonly subject: string | null;
  readonly outcome: string;
}
const lines = async (query = ''): Promise<readonly Line[]> =>
  (await api('get', `/audit?limit=500${query}`).expect(200)).body.lines;

beforeAll(async () => {
  database = await openTestDatabase('pglite');
  world = await openInstallWorld(database.storage);
  const { rows } = await database.storage.executeSql('select id from tenant');
  tenantId = (rows[0] as { id: string }).id;
  await api('put', '/reps').send(REPS).expect(200);
  await api('put', '/policy').send(POLICY).expect(200);
  await reachable();
  // Before a CRM is connected, which a lead would have to enter first.
  const offered = [await lead({ api }, 'DE'), await lead({ api }, 'DE')];
  audited = { api, storage: database.storage, tenantId, offered };
}, 120_000);
afterAll(async () => {
  await world?.close();
  await database?.storage.close();
  await database?.drop();
});

/** Offers go to those whom Slack reaches; nothing is sent here. */
const reachable = async (): Promise<void> => {
  const slack = { vendor: 'slack', externalId: 'T1', name: 'Slack', scopes: [] };
  const connected = await api('post', '/connections').send({ ...slack, tokens: { accessToken: 'xoxb' } });
  for (const { id } of REPS)
    await database.storage.executeSql(
      `insert into rep_identity (tenant_id, connection_id, kind, external_id, rep_id) values ($1, $2, 'user', $3, $4)`,
      [tenantId, connected.body.id, `U${id}`, id],
    );
  await database.storage.executeSql('update lane set roster_version = roster_version + 1');
};

const changing = ENDPOINTS.filter(({ method }) => method !== 'get');
const nameOf = ({ method, path }: (typeof ENDPOINTS)[number]) => `${method} ${path.slice('/api/v1'.length)}`;
/** What comes with a browser, and what takes back what another asked for: below, or in tests of their own. */
const ELSEWHERE = [
  'post /installs/claim',
  'post /workspace/deletion/undo',
  'post /me/away',
  'post /me/sign-out',
  'post /me/sign-out-everywhere',
  'post /me/sessions/{id}/end',
  'post /me/sessions/end-others',
];

/** A signed-in browser connects HubSpot at its consent page. */
const install = async () => {
  const browser = openBrowserOf(world.url);
  await browser.get('/');
  const { location: page } = await browser.get('/oauth/hubspot/install');
  const { location: back } = await browser.get(`${page}&approve=1`);
  return { browser, back };
};

describe('the audit log', () => {
  test('has a line of an install that went through, and none of one that did not', async () => {
    const { browser, back } = await install();
    expect((await browser.get(back)).location).toBe(`${world.url}/connections?connected=hubspot`);
    const [line] = await lines();
    const expected = { who: 'console', action: 'connection.connected', outcome: 'done' };
    expect(line).toMatchObject({ ...expected, subject: await connection(audited, 'hubspot') });
    const before = (await lines()).length;
    expect((await browser.get(back)).location).toContain('failed=install_expired');
    expect(await lines()).toHaveLength(before);
  });

  test('has a line of an account that came from a marketplace only once it is claimed', async () => {
    const before = (await lines('&who=console')).length;
    const browser = openBrowserOf(world.url);
    await browser.get('/');
    const { location } = await browser.get(world.marketplaceUrl());
    await browser.get(location);
    expect(await lines('&who=console')).toHaveLength(before);
    const cookie = [...browser.jar].map((pair) => pair.join('=')).join('; ');
    const claim = () =>
      fetch(`${world.url}/api/v1/installs/claim`, {
        method: 'POST',
        headers: { cookie, origin: world.url },
      });
    expect((await claim()).status).toBe(200);
    expect((await claim()).status).toBe(409);
    expect(await lines('&who=console')).toHaveLength(before + 1);
    const subject = await connection(audited, 'pipedrive');
    expect((await lines('&who=console'))[0]).toMatchObject({
      who: 'console',
      action: 'connection.connected',
      subject,
    });
  });

  test('is told of by every endpoint that changes something', () => {
    expect(changing.filter(({ changes }) => changes === undefined).map(nameOf)).toEqual([]);
    const told = changing.filter(({ changes }) => changes !== 'nothing').map(nameOf);
    expect(told.toSorted()).toEqual([...Object.keys(CASES), ...ELSEWHERE].toSorted());
    const readers = changing.filter(({ changes }) => changes === 'nothing');
    expect(readers.filter(({ needs }) => needs !== 'read').map(nameOf)).toEqual(['post /erasures/preview']);
  });

  test.each(Object.entries(CASES))('has one line of %s, and none where it refuses', async (name, one) => {
    const [method, path] = name.split(' ') as [Method, string];
    const id = (await one.id?.(audited)) ?? '';
    const body = typeof one.body === 'function' ? await one.body(audited) : one.body;
    const send = (about: string, given: object | undefined) =>
      api(method, path.replace('{id}', about)).send(given);
    // What the service does by itself meanwhile, importing people, is told too.
    const own = () => lines('&who=key:bootstrap');
    const before = await own();
    const refusal = await send('nobody', one.refused ?? body);
    expect([name, Math.floor(refusal.status / 100)]).toEqual([name, 4]);
    expect(await own()).toHaveLength(before.length);
    const done = await send(id, body);
    expect([name, done.status, done.body]).toEqual([name, 200, done.body]);
    const after = await own();
    expect(after).toHaveLength(before.length + 1);
    expect(after[0]).toMatchObject({ who: 'key:bootstrap', outcome: 'done' });
    expect(Object.keys(AUDIT_ACTIONS)).toContain(after[0]!.action);
    expect(after[0]!.subject).toEqual(one.subject?.(done.body, id));
    const begun = `select id from audit_begun where who <> 'service'`;
    expect((await database.storage.executeSql(begun)).rows).toEqual([]);
  });

  test('has a line of a deletion that is taken back, and none where none was asked for', async () => {
    const undo = () => api('post', '/workspace/deletion/undo').send({});
    await undo().expect(200);
    const [line] = await lines('&who=key:bootstrap');
    expect(line).toMatchObject({ action: 'workspace.deletion_taken_back', subject: null, outcome: 'done' });
    const before = (await lines('&who=key:bootstrap')).length;
    await undo().expect(409);
    expect(await lines('&who=key:bootstrap')).toHaveLength(before);
  });

  test('is filtered by who, what and when, and read page by page', async () => {
    expect((await lines('&action=policy.')).every(({ action }) => action.startsWith('policy.'))).toBe(true);
    expect(await lines('&action=policy.published&who=nobody')).toEqual([]);
    const without = await lines('&without=policy.');
    expect(without.length).toBeGreaterThan(0);
    expect(without.some(({ action }) => action.startsWith('policy.'))).toBe(false);
    expect(await lines(`&from=${new Date(Date.now() + 60_000).toISOString()}`)).toEqual([]);
    const all = await lines();
    const paged: unknown[] = [];
    let before: number | null = null;
    do {
      const page: supertest.Response = await api('get', `/audit?limit=7${before ? `&before=${before}` : ''}`);
      paged.push(...page.body.lines);
      before = page.body.next;
    } while (before !== null);
    expect(paged).toEqual(all);
    await api('get', '/audit?action=drop%20table').expect(400);
  });

  test('is taken along as CSV, newest first', async () => {
    const { text } = await api('get', '/audit.csv?action=key.').expect(200);
    const [head, first] = text.split('\n');
    expect(head).toBe('seq,at,who,action,subject,outcome');
    expect(first).toMatch(/^\d+,\d{4}-.*,key:bootstrap,key\.\w+,key_\w+,done$/);
    expect(text.trim().split('\n')).toHaveLength((await lines('&action=key.')).length + 1);
  });

  test('holds what was begun by a process that ended, as unknown', async () => {
    await database.storage.withTenant(tenantId, (trx) =>
      trx
        .insertInto('audit_begun')
        .values({
          tenant_id: tenantId,
          id: 'lost',
          at: new Date(Date.now() - 3_600_000),
          who: 'key:gone',
          action: 'settings.changed',
        })
        .execute(),
    );
    const unknown = { who: 'key:gone', action: 'settings.changed', outcome: 'unknown' };
    expect((await lines())[0]).toMatchObject(unknown);
    expect(await lines('&who=key:gone')).toHaveLength(1);
  });

  test('cannot be written: then nothing is said to be done, and what was begun is not forgotten', async () => {
    await database.storage.executeSql('revoke insert on audit_line from fairlead_app');
    await api('post', '/keys')
      .send({ name: 'unheard', scopes: ['read'] })
      .expect(500);
    const begun = await database.storage.executeSql('select action from audit_begun');
    expect(begun.rows).toEqual([{ action: 'key.made' }]);
    await database.storage.executeSql('grant insert on audit_line to fairlead_app');
    await database.storage.executeSql('revoke insert on audit_begun from fairlead_app');
    await api('post', '/keys')
      .send({ name: 'not begun', scopes: ['read'] })
      .expect(500);
    await database.storage.executeSql('grant insert on audit_begun to fairlead_app');
    const names = (await api('get', '/keys')).body.keys.map(({ name }: { name: string }) => name);
    expect(names).not.toContain('not begun');
  });
});
