import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { RECENT_SIGN_IN_MS } from '../../server/base/recent-sign-in.ts';
import type { CookieBrowser } from '../support/cookie-jar.ts';
import { openSignInWorld, type SignInWorld } from '../support/sign-in-world.ts';

interface Session {
  readonly id: string;
  readonly here: boolean;
}

describe.each(['pglite', 'postgresql'] as const)('sessions on %s', (kind) => {
  let world: SignInWorld;

  beforeAll(async () => {
    world = await openSignInWorld(kind);
  }, 120_000);
  afterAll(async () => {
    await world?.close();
  });
  beforeEach(async () => {
    await sql('delete from person');
    await sql('delete from invitation');
  });

  const sql = async (text: string, values: readonly unknown[] = []) =>
    (await world.storage.executeSql(text, [...values])).rows as Record<string, unknown>[];
  const invited = async (as: string, role: string): Promise<CookieBrowser> => {
    await world.api('/api/v1/people/invitations', { email: `${as}@example.com`, role });
    return (await world.signIn(as)).browser;
  };
  const post = async ({ jar }: CookieBrowser, path: string, body: unknown = {}) => {
    const reply = await world.api(`/api/v1${path}`, body, jar);
    return { status: reply.status, body: (await reply.json()) as Record<string, unknown> };
  };
  const isIn = async ({ jar }: CookieBrowser): Promise<boolean> =>
    (await world.api('/api/v1/me', undefined, jar)).status === 200;
  const sessionsOf = async ({ jar }: CookieBrowser): Promise<readonly Session[]> =>
    (await (await world.api('/api/v1/me/sessions', undefined, jar)).json()) as readonly Session[];
  const idOf = async (name: string): Promise<unknown> =>
    (await sql('select id from person where name like $1', [`${name}%`]))[0]?.id;
  /** Has every session’s proof of who it is be as old as it may be, and a second more. */
  const age = (): Promise<unknown> =>
    sql(`update session set proven_at = now() - interval '${RECENT_SIGN_IN_MS / 1_000 + 1} seconds'`);

  test('one is ended by itself, and nobody else’s', async () => {
    const one = await invited('dana', 'rep');
    const { browser: two } = await world.signIn('dana');
    const olga = await invited('olga', 'owner');
    const seen = await sessionsOf(one);
    expect(seen.map(({ here }) => here).toSorted()).toEqual([false, true]);
    const other = seen.find(({ here }) => !here)!;
    expect(await isIn(two)).toBe(true);
    // An owner's own list has none of it, whatever they may.
    expect((await post(olga, `/me/sessions/${other.id}/end`)).status).toBe(404);
    expect((await post(one, `/me/sessions/${(await sessionsOf(olga))[0]!.id}/end`)).status).toBe(404);
    expect((await post(one, `/me/sessions/${other.id}/end`)).status).toBe(200);
    expect([await isIn(one), await isIn(two), await isIn(olga)]).toEqual([true, false, true]);
    expect((await post(one, `/me/sessions/${other.id}/end`)).status).toBe(404);
    const [line] = (await (await world.api('/api/v1/audit?action=person.session_ended')).json()).lines;
    expect(line).toMatchObject({ who: `person:${await idOf('Dana')}`, subject: other.id, outcome: 'done' });
  });

  test('all the others are ended, and the one that asks stays', async () => {
    const one = await invited('dana', 'manager');
    const others = [(await world.signIn('dana')).browser, (await world.signIn('dana')).browser];
    const olga = await invited('olga', 'owner');
    for (const other of others) expect(await isIn(other)).toBe(true);
    expect(await post(one, '/me/sessions/end-others')).toEqual({ status: 200, body: { ended: 2 } });
    expect(await Promise.all([one, ...others, olga].map(isIn))).toEqual([true, false, false, true]);
    expect(await sessionsOf(one)).toMatchObject([{ here: true }]);
  });

  test('an API key is signed in nowhere', async () => {
    for (const path of ['/me/sessions/nothing/end', '/me/sessions/end-others'])
      expect((await world.api(`/api/v1${path}`, {})).status).toBe(403);
  });

  test('who administers ends all of somebody’s and changes no role; an owner’s an owner alone does', async () => {
    const olga = await invited('olga', 'owner');
    const dana = await invited('dana', 'admin');
    const sam = await invited('sam', 'rep');
    const [owner, admin, rep] = [await idOf('Olga'), await idOf('Dana'), await idOf('Sam')];
    const signOut = async (who: CookieBrowser, whom: unknown) =>
      (await post(who, `/people/${whom}/sign-out`)).status;
    expect(await isIn(sam)).toBe(true);
    expect(await post(dana, `/people/${rep}/sign-out`)).toEqual({ status: 200, body: { ended: 1 } });
    expect(await isIn(sam)).toBe(false);
    const { browser: again } = await world.signIn('sam');
    expect(await sql('select role from person where id = $1', [rep])).toEqual([{ role: 'rep' }]);
    expect(await signOut(dana, owner)).toBe(403);
    expect(await isIn(olga)).toBe(true);
    // A key that administers and does not own is no owner either.
    const made = await world.api('/api/v1/keys', { name: `admin-${kind}`, scopes: ['administer'] });
    const { key } = (await made.json()) as { key: string };
    const byKey = await fetch(`${world.url}/api/v1/people/${owner}/sign-out`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}` },
    });
    expect(byKey.status).toBe(403);
    for (const whom of [owner, admin, rep]) expect(await signOut(again, whom)).toBe(403);
    expect(await signOut(dana, 'per_nobody')).toBe(404);
    expect(await signOut(olga, admin)).toBe(200);
    expect([await isIn(dana), await isIn(olga)]).toEqual([false, true]);
  });

  test('nobody of another workspace is signed out, nor known to be there', async () => {
    const olga = await invited('olga', 'owner');
    await sql("insert into tenant (id, name) values ('ten_other', 'Other') on conflict do nothing");
    await sql(
      "insert into person (id, tenant_id, name, role) values ('per_other', 'ten_other', 'Otto', 'rep')",
    );
    await sql(`insert into session (hash, tenant_id, subject, role, person_id, expires_at)
      values ('0123456789abcdef', 'ten_other', 'person:per_other', 'rep', 'per_other', now() + interval '1 day')`);
    expect((await post(olga, '/people/per_other/sign-out')).status).toBe(404);
    expect((await post(olga, '/me/sessions/0123456789ab/end')).status).toBe(404);
    await post(olga, '/me/sessions/end-others');
    expect(await sql("select hash from session where person_id = 'per_other'")).toHaveLength(1);
  });

  test('what decides who gets in asks for a recent sign-in, of people alone', async () => {
    const olga = await invited('olga', 'owner');
    await invited('dana', 'rep');
    const dana = await idOf('Dana');
    await age();
    const workspace = (await (await world.api('/api/v1/workspace')).json()) as { name: string };
    const asked: readonly (readonly [path: string, body: unknown])[] = [
      ['/people/invitations', { email: 'new@example.com', role: 'owner' }],
      ['/people/invitations', { email: 'new@example.com', role: 'admin' }],
      [`/people/${dana}/role`, { role: 'owner' }],
      ['/keys', { name: 'wide', scopes: ['read', 'administer'] }],
      ['/me/sessions/nothing/end', {}],
      ['/me/sessions/end-others', {}],
      ['/me/sign-out-everywhere', {}],
      ['/workspace/deletion', { name: workspace.name }],
    ];
    for (const [path, body] of asked)
      expect([path, await post(olga, path, body)]).toEqual([
        path,
        { status: 403, body: expect.objectContaining({ code: 'sign_in_again' }) },
      ]);
    expect(await sql('select email from invitation')).toEqual([]);
    expect(await sql('select role from person where id = $1', [dana])).toEqual([{ role: 'rep' }]);
    expect(await sql("select id from api_key where name = 'wide'")).toEqual([]);
    // What gives little, or takes away, goes on.
    for (const [path, body] of [
      ['/people/invitations', { email: 'new@example.com', role: 'rep' }],
      ['/keys', { name: `narrow-${kind}`, scopes: ['route'] }],
      [`/people/${dana}/sign-out`, {}],
      [`/people/${dana}/remove`, {}],
    ] as const)
      expect([path, (await post(olga, path, body)).status]).toEqual([path, 200]);
    // An API key proves itself with every call.
    const wide = await world.api('/api/v1/keys', { name: `by-key-${kind}`, scopes: ['own'] });
    expect(wide.status).toBe(200);
    // Nor does a new secret of a key that may much go to who signed in long ago.
    const { id } = (await wide.json()) as { id: string };
    expect((await post(olga, `/keys/${id}/rotate`, {})).body.code).toBe('sign_in_again');

    const { ended } = await world.signIn('olga', '?again=1&return=/settings', olga);
    expect(ended).toBe('/settings');
    expect((await post(olga, '/people/invitations', asked[0]![1])).status).toBe(200);
    expect((await post(olga, `/keys/${id}/rotate`, {})).status).toBe(200);
  });

  test('another way in is added by who signed in lately; by who has none yet, at any time', async () => {
    const link = async (browser: CookieBrowser) =>
      (await browser.get('/oauth/oidc/sign-in?link=1&return=/settings')).location;
    const olga = await invited('olga', 'owner');
    await age();
    expect(await link(olga)).toBe(`${world.url}/sign-in?again=1&return=%2Fsettings`);
    await sql("delete from identity where subject = 'olga'");
    expect(await link(olga)).toContain(world.provider.issuer);
  });

  test('the provider is asked anew, and its word on when that was is what counts', async () => {
    await invited('dana', 'owner');
    const browser = world.browser();
    // Signed in at the provider, a browser comes in without a question; again, it is asked.
    const first = await browser.follow('/oauth/oidc/sign-in', (to) => to.includes('/who/'));
    await browser.get(await browser.follow(`${first}?as=dana`, (to) => to.startsWith(`${world.url}/oauth/`)));
    const silently = await browser.follow(
      '/oauth/oidc/sign-in',
      (to) => to.includes('/who/') || to.startsWith(`${world.url}/oauth/`),
    );
    expect(silently).toContain('/signed-in?');
    await browser.get(silently);
    await sql('delete from session');
    const again = await browser.follow('/oauth/oidc/sign-in?again=1', (to) => to.includes('/who/'));
    await browser.get(await browser.follow(`${again}?as=dana`, (to) => to.startsWith(`${world.url}/oauth/`)));
    // In whole seconds: the provider's word, not the moment at which the session began.
    const told =
      "select proven_at = date_trunc('second', proven_at) and proven_at > now() - interval '5 minutes' as told";
    expect(await sql(`${told} from session`)).toEqual([{ told: true }]);
  });
});
