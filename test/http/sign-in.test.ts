import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeOwnerLink } from '../../server/installs/sign-in/owner-links.ts';
import { openSignInWorld, type SignInWorld } from '../support/sign-in-world.ts';

describe.each(['pglite', 'postgresql'] as const)('signing in on %s', (kind) => {
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
    await sql('delete from used_link');
    await sql('update tenant set admits = null');
  });

  const sql = async (text: string) =>
    (await world.storage.executeSql(text)).rows as Record<string, unknown>[];
  const invite = async (email: string, role: string) =>
    expect((await world.api('/api/v1/people/invitations', { email, role })).status).toBe(200);
  const me = async (cookies: ReadonlyMap<string, string>) => {
    const reply = await world.api('/api/v1/me', undefined, cookies);
    return { status: reply.status, body: (await reply.json()) as Record<string, unknown> };
  };
  const invited = async (as: string, role: string) => {
    await invite(`${as}@example.com`, role);
    return (await world.signIn(as)).browser;
  };
  const token = async () => new URL((await world.service.firstLink()) ?? '').hash.slice(1);
  const redeem = (body: unknown, headers: Record<string, string> = { origin: world.url }) =>
    fetch(`${world.url}/oauth/sign-in/owner`, { method: 'POST', headers, body: JSON.stringify(body) });

  test('who is invited by a verified address has the role, and is known from then on', async () => {
    await invite('DANA@example.com', 'manager');
    const { browser, ended } = await world.signIn('dana', '?return=/policy');
    expect(ended).toBe('/policy');
    expect((await me(browser.jar)).body).toMatchObject({
      name: 'Dana Whitfield',
      role: 'manager',
      may: ['read', 'answer', 'manage'],
    });
    expect((await world.api('/api/v1/overview', undefined, browser.jar)).status).toBe(200);
    expect((await world.api('/api/v1/settings', { paused: true }, browser.jar, 'PUT')).status).toBe(403);
    const again = await world.signIn('dana');
    expect((await me(again.browser.jar)).body.role).toBe('manager');
    expect(await sql('select count(*)::int as n from person')).toEqual([{ n: 1 }]);
  });

  test('nobody comes in by an address that is not verified, nor uninvited', async () => {
    await invite('dana@example.com', 'owner');
    const { browser, ended } = await world.signIn('mallory');
    expect(ended).toBe('/sign-in?failed=no_workspace');
    expect(browser.jar.has('fairlead_session')).toBe(false);
    expect(await sql('select email from invitation')).toEqual([{ email: 'dana@example.com' }]);
    expect(await sql('select id from person')).toEqual([]);
  });

  test('the link to the first owner serves once, for nobody but the first, and not by being followed', async () => {
    const first = await token();
    const second = await token();
    expect((await world.browser().get('/sign-in/owner')).status).toBe(200);
    expect(
      (await redeem({ token: first, name: 'Olga' }, { origin: 'https://elsewhere.example' })).status,
    ).toBe(403);
    const reply = await redeem({ token: first, name: 'Olga' });
    expect(reply.status).toBe(200);
    const [cookie = ''] = reply.headers.getSetCookie();
    expect(cookie).toMatch(/^fairlead_session=fs_[\w-]{43}; .*HttpOnly; SameSite=Lax$/);
    const jar = new Map([cookie.split(';')[0]!.split('=') as [string, string]]);
    expect((await me(jar)).body).toMatchObject({ name: 'Olga', role: 'owner' });
    expect((await redeem({ token: first, name: 'Olga' })).status).toBe(409);
    expect((await redeem({ token: second, name: 'Mallory' })).status).toBe(409);
    expect(await world.service.firstLink()).toBeNull();
  });

  test('a link is proven by a key, ends, and one that the operator asked for makes an owner at any time', async () => {
    await invited('dana', 'owner');
    const at = Date.now();
    const link = (expiresAt: number, keyring = world.keyring) =>
      makeOwnerLink(keyring, { kind: 'owner', tenantId: null, expiresAt });
    const other = { active: 'k', keys: new Map([['k', new Uint8Array(32).fill(8)]]) };
    for (const refused of [
      link(at - 1),
      link(at + 60_000, other),
      `${link(at + 60_000)}x`,
      // Reads as the same bytes, and would be another link to what knows the used ones.
      `${link(at + 60_000)}=`,
      'fo_a.b.c',
      'fo_',
      '',
    ])
      expect([refused, (await redeem({ token: refused, name: 'M' })).status]).toEqual([
        refused,
        refused === '' ? 400 : 409,
      ]);
    expect((await redeem({ token: link(at + 60_000), name: 'Olga' })).status).toBe(200);
  });

  test('a state serves once, and only in the browser it was given to', async () => {
    await invite('dana@example.com', 'auditor');
    const browser = world.browser();
    const back = await world.agreed(browser, 'dana');
    const kept = new Map(browser.jar);
    const other = world.browser();
    await world.agreed(other, 'olga');
    const over = `${world.url}/sign-in?failed=sign_in_expired`;
    expect((await other.get(back)).location).toBe(over);
    // Nor in the first one afterwards: whoever tried may have seen the code.
    expect((await browser.get(back)).location).toBe(over);
    for (const [name, value] of kept) browser.jar.set(name, value);
    const once = await world.agreed(browser, 'dana');
    const held = new Map(browser.jar);
    expect((await browser.get(once)).location).toBe(`${world.url}/`);
    for (const [name, value] of held) browser.jar.set(name, value);
    expect((await browser.get(once)).location).toBe(over);
  });

  test('a state that was forged, is another provider’s, or is too old leads nowhere', async () => {
    await invite('dana@example.com', 'auditor');
    const over = `${world.url}/sign-in?failed=sign_in_expired`;
    const browser = world.browser();
    const forged = new URL(await world.agreed(browser, 'dana'));
    const state = forged.searchParams.get('state') ?? '';
    forged.searchParams.set('state', 'x'.repeat(43));
    expect((await browser.get(forged.href)).location).toBe(over);
    const late = world.browser();
    const back = await world.agreed(late, 'dana');
    expect(
      await sql("select expires_at > now() + interval '10 minutes' as long from sign_in"),
    ).not.toContainEqual({
      long: true,
    });
    await sql("update sign_in set expires_at = now() - interval '1 second'");
    expect((await late.get(back)).location).toBe(over);
    expect(state).not.toBe('');
    expect(await sql('select id from person')).toEqual([]);
  });

  test('a code of somebody else’s sign-in is worth nothing in another', async () => {
    await invite('dana@example.com', 'owner');
    const victim = world.browser();
    const stolen = new URL(await world.agreed(victim, 'dana')).searchParams.get('code') ?? '';
    const attacker = world.browser();
    const own = new URL(await world.agreed(attacker, 'olga'));
    own.searchParams.set('code', stolen);
    expect((await attacker.get(own.href)).location).toBe(`${world.url}/sign-in?failed=sign_in_refused`);
    expect(await sql('select id from person')).toEqual([]);
  });

  test('an answer in another issuer’s name is refused', async () => {
    await invite('dana@example.com', 'owner');
    const browser = world.browser();
    const back = new URL(await world.agreed(browser, 'dana'));
    expect(back.searchParams.get('iss')).toBe(world.provider.issuer);
    back.searchParams.set('iss', 'https://elsewhere.example');
    expect((await browser.get(back.href)).location).toBe(`${world.url}/sign-in?failed=sign_in_refused`);
  });

  test('what is declined at the provider signs nobody in, and says so', async () => {
    const { ended } = await world.signIn('nobody');
    expect(ended).toBe('/sign-in?failed=sign_in_declined');
  });

  test.each([
    'https://elsewhere.example/',
    '//elsewhere.example',
    '/\\elsewhere.example',
    '/\t/elsewhere.example',
    '/.//elsewhere.example',
    'javascript:alert(1)',
    '/oauth/oidc/sign-in',
    '/api/v1/leads',
  ])('one comes back to the console alone, not to %s', async (path) => {
    await invited('dana', 'auditor');
    expect((await world.signIn('dana', `?return=${encodeURIComponent(path)}`)).ended).toBe('/');
  });

  test('an account that is to be connected leads to sign-in, and back to where one was', async () => {
    await invited('dana', 'admin');
    const { ended } = await world.signIn(
      'dana',
      `?return=${encodeURIComponent('/connections?connect=hubspot')}`,
    );
    expect(ended).toBe('/connections?connect=hubspot');
  });

  test('a session that a browser held before is over once somebody signs in in it', async () => {
    const browser = await invited('olga', 'owner');
    const planted = new Map(browser.jar);
    await invite('dana@example.com', 'auditor');
    await world.signIn('dana', '', browser);
    expect(browser.jar.get('fairlead_session')).not.toBe(planted.get('fairlead_session'));
    expect((await me(planted)).status).toBe(401);
    expect((await me(browser.jar)).body.role).toBe('auditor');
    // One that nobody gave out is not taken up either.
    const fixed = world.browser();
    fixed.jar.set('fairlead_session', 'fs_chosen-by-an-attacker');
    await world.signIn('dana', '', fixed);
    expect(fixed.jar.get('fairlead_session')).toMatch(/^fs_[\w-]{43}$/);
  });

  test('a session ends at sign-out, everywhere at once if asked, after eight idle hours and after a day', async () => {
    const [one, two, three] = [
      await invited('dana', 'auditor'),
      ...(await Promise.all([0, 1].map(() => world.signIn('dana')))).map(({ browser }) => browser),
    ];
    const seen = (await (await world.api('/api/v1/me/sessions', undefined, one.jar)).json()) as unknown[];
    expect(seen).toHaveLength(3);
    expect((await world.api('/api/v1/me/sign-out', {}, one.jar)).status).toBe(200);
    expect((await me(one.jar)).status).toBe(401);
    expect((await me(two!.jar)).status).toBe(200);
    expect((await world.api('/api/v1/me/sign-out-everywhere', {}, two!.jar)).status).toBe(200);
    expect((await me(three!.jar)).status).toBe(401);
    for (const ended of ["seen_at = now() - interval '481 minutes'", 'expires_at = now()']) {
      const { browser } = await world.signIn('dana');
      await sql(`update session set ${ended}`);
      expect([ended, (await me(browser.jar)).status]).toEqual([ended, 401]);
    }
    const { browser } = await world.signIn('dana');
    expect(await sql("select expires_at <= now() + interval '24 hours' as day from session")).toContainEqual({
      day: true,
    });
    expect(JSON.stringify(await sql('select * from session'))).not.toContain(
      browser.jar.get('fairlead_session'),
    );
  });

  test('a changed role and a removed person are so at once, and the last owner stays', async () => {
    const owner = await invited('olga', 'owner');
    const rep = await invited('dana', 'manager');
    const [dana] = await sql("select id from person where name like 'Dana%'");
    const [olga] = await sql("select id from person where name like 'Olga%'");
    const change = async (who: unknown, what: string, body: unknown = {}) =>
      (await world.api(`/api/v1/people/${who}/${what}`, body, owner.jar)).status;
    expect((await me(rep.jar)).status).toBe(200);
    expect(await change(dana?.id, 'role', { role: 'auditor' })).toBe(200);
    expect((await me(rep.jar)).status).toBe(401);
    const { browser } = await world.signIn('dana');
    expect((await me(browser.jar)).body.role).toBe('auditor');
    expect(await change(dana?.id, 'remove')).toBe(200);
    expect((await me(browser.jar)).status).toBe(401);
    expect((await world.signIn('dana')).ended).toBe('/sign-in?failed=removed');
    // What they did stands with their name.
    const listed = (await (await world.api('/api/v1/people')).json()) as Record<
      'people' | 'removed',
      unknown
    >;
    expect(listed.removed).toEqual([{ id: dana?.id, name: 'Dana Whitfield' }]);
    expect(listed.people).toHaveLength(1);
    expect(await change(olga?.id, 'role', { role: 'admin' })).toBe(409);
    expect(await change(olga?.id, 'remove')).toBe(409);
    expect(await change('per_nobody', 'role', { role: 'admin' })).toBe(404);
    // Invited again, they are in again.
    expect((await me((await invited('dana', 'rep')).jar)).body.role).toBe('rep');
  });

  test('two owners who remove each other at once leave one', async () => {
    const [one, two] = [await invited('olga', 'owner'), await invited('dana', 'owner')];
    const [dana] = await sql("select id from person where name like 'Dana%'");
    const [olga] = await sql("select id from person where name like 'Olga%'");
    await Promise.all([
      world.api(`/api/v1/people/${dana?.id}/remove`, {}, one.jar),
      world.api(`/api/v1/people/${olga?.id}/role`, { role: 'rep' }, two.jar),
    ]);
    expect(await sql("select count(*)::int as n from person where role = 'owner'")).toEqual([{ n: 1 }]);
  });

  test('another way in is added by who is signed in alone, and is nobody else’s', async () => {
    const reply = await redeem({ token: await token(), name: 'Olga' });
    const browser = world.browser();
    const [name = '', value = ''] = reply.headers.getSetCookie()[0]!.split(';')[0]!.split('=');
    browser.jar.set(name, value);
    expect((await world.signIn('olga', '?link=1&return=/settings', browser)).ended).toBe('/settings');
    const [line, ...more] = (await (await world.api('/api/v1/audit?action=person.way_added')).json()).lines;
    expect(line).toMatchObject({ who: `person:${line.subject}`, outcome: 'done' });
    expect(more).toEqual([]);
    expect((await me((await world.signIn('olga')).browser.jar)).body.role).toBe('owner');
    await invited('dana', 'auditor');
    expect((await world.signIn('dana', '?link=1', browser)).ended).toBe('/sign-in?failed=identity_taken');
    expect((await world.browser().get('/oauth/oidc/sign-in?link=1')).location).toBe(`${world.url}/sign-in`);
    // Nor is it a page of another site that has it added.
    const cookie = `${name}=${value}`;
    const sent = (site: string) =>
      fetch(`${world.url}/oauth/oidc/sign-in?link=1`, {
        redirect: 'manual',
        headers: { cookie, 'sec-fetch-site': site },
      });
    expect([(await sent('cross-site')).status, (await sent('same-origin')).status]).toEqual([403, 302]);
    // Begun by one and finished while another is signed in, it is added to neither.
    const back = await world.agreed(browser, 'sam', '?link=1');
    const { browser: other } = await world.signIn('dana');
    browser.jar.set('fairlead_session', other.jar.get('fairlead_session') ?? '');
    expect((await browser.get(back)).location).toBe(`${world.url}/sign-in?failed=sign_in_expired`);
  });
});
