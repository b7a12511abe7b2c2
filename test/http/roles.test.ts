import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROLES, type Role } from '../../server/base/roles.ts';
import { ENDPOINTS } from '../../server/http/endpoints.ts';
import { VENDOR_ROUTES } from '../../server/http/vendor-routes.ts';
import { openSignInWorld, type SignInWorld } from '../support/sign-in-world.ts';

/** What each role may do, said here once more: a change of the product's table has to be meant. */
const MAY: Readonly<Record<Role, readonly string[]>> = {
  owner: ['read', 'route', 'answer', 'manage', 'administer', 'own'],
  admin: ['read', 'route', 'answer', 'manage', 'administer'],
  manager: ['read', 'answer', 'manage'],
  rep: ['answer'],
  auditor: ['read'],
};
/** These end the session that asks. */
const ENDING = new Set(['/api/v1/me/sign-out', '/api/v1/me/sign-out-everywhere']);

let world: SignInWorld;
const jars = new Map<Role, ReadonlyMap<string, string>>();

const ask = (jar: ReadonlyMap<string, string>, method: string, path: string, body: unknown = {}) =>
  fetch(world.url + path.replaceAll(/\{\w+\}/g, 'nothing'), {
    method: method.toUpperCase(),
    headers: {
      cookie: [...jar].map((pair) => pair.join('=')).join('; '),
      origin: world.url,
      'content-type': 'application/json',
    },
    ...(method !== 'get' && { body: JSON.stringify(body) }),
  });

beforeAll(async () => {
  world = await openSignInWorld('pglite');
  await world.api('/api/v1/people/invitations', { email: 'olga@example.com', role: 'owner' });
  const owner = (await world.signIn('olga')).browser.jar;
  jars.set('owner', owner);
  for (const role of ROLES) {
    if (role === 'owner') continue;
    await world.storage.executeSql("delete from identity where subject = 'dana'");
    await world.storage.executeSql("update person set email_verified = false where name like 'Dana%'");
    await world.api('/api/v1/people/invitations', { email: 'dana@example.com', role });
    jars.set(role, (await world.signIn('dana')).browser.jar);
  }
}, 120_000);
afterAll(async () => {
  await world?.close();
});

describe.each(ROLES)('the role %s', (role) => {
  test.each(
    ENDPOINTS.filter(({ path }) => !ENDING.has(path)).map(
      (one) => [one.method, one.path, one.needs] as const,
    ),
  )('%s %s', async (method, path, needs) => {
    const reply = await ask(jars.get(role)!, method, path);
    const refused = reply.status === 403 && ((await reply.json()) as { code: string }).code === 'forbidden';
    expect(refused).toBe(needs !== null && !MAY[role].includes(needs));
  });

  test.each(['/api/v1/decisions/stream', '/api/v1/pools/x/fairness.csv', '/api/v1/pools/x/entries.csv'])(
    'GET %s',
    async (path) => {
      const reply = await ask(jars.get(role)!, 'get', path);
      expect(reply.status === 403).toBe(!MAY[role].includes('read'));
      await reply.body?.cancel();
    },
  );

  test('begins an install, or does not', async () => {
    const reply = await fetch(`${world.url}/oauth/hubspot/install`, {
      redirect: 'manual',
      headers: { cookie: [...jars.get(role)!].map((pair) => pair.join('=')).join('; ') },
    });
    // There is no app of HubSpot's here: who may is told that.
    expect(reply.headers.get('location')).toBe(
      MAY[role].includes('administer')
        ? '/connections?failed=not_configured&vendor=hubspot'
        : '/connections?connect=hubspot',
    );
  });
});

test('nobody who is not signed in gets past any endpoint', async () => {
  for (const { method, path } of ENDPOINTS)
    expect([path, (await ask(new Map(), method, path)).status]).toEqual([path, 401]);
  const open = VENDOR_ROUTES.filter(({ security }) => security === 'nothing').map(({ path }) => path);
  expect(open).toEqual(['/oauth/sign-in', '/oauth/sign-in/owner', '/oauth/{provider}/sign-in']);
});

describe('who sees who has access', () => {
  interface Seen {
    readonly whole: boolean;
    readonly people: readonly { readonly id: string; readonly name: string; readonly email: string | null }[];
    readonly others: readonly object[];
    readonly removed: readonly object[];
    readonly invitations: readonly object[];
    readonly admits: string | null;
  }
  const seenBy = async (asks: (path: string) => Promise<Response>): Promise<{ seen: Seen; text: string }> => {
    const reply = await asks('/api/v1/people');
    expect(reply.status).toBe(200);
    const text = await reply.text();
    return { seen: JSON.parse(text) as Seen, text };
  };
  beforeAll(async () => {
    await world.api('/api/v1/people/invitations', { email: 'invited@example.com', role: 'admin' });
    await world.api('/api/v1/people/admission', { role: 'auditor' }, undefined, 'PUT');
    // Only signed in, and let in by nobody.
    await world.storage.executeSql(
      "insert into person (id, tenant_id, name, email) select 'per_waits', id, 'Wanda Waits', 'wanda@example.com' from tenant",
    );
  });

  const inside = async (): Promise<number> => {
    const found = await world.storage.executeSql('select count(*) as n from person where role is not null');
    return (found.rows[0] as { n: number }).n;
  };

  test.each(['owner', 'admin', 'auditor'] as const)('%s: addresses, roles and invitations', async (role) => {
    const { seen } = await seenBy((path) => ask(jars.get(role)!, 'get', path));
    expect(seen).toMatchObject({ whole: true, others: [], admits: 'auditor' });
    expect(seen.people.map(({ email }) => email)).toEqual(
      expect.arrayContaining(['olga@example.com', 'wanda@example.com']),
    );
    expect(seen.invitations).toEqual([expect.objectContaining({ email: 'invited@example.com' })]);
  });

  test('a manager: themselves, and of others the name that stands in what they did', async () => {
    const jar = jars.get('manager')!;
    const { person } = (await (await ask(jar, 'get', '/api/v1/me')).json()) as { person: { id: string } };
    const { seen, text } = await seenBy((path) => ask(jar, 'get', path));
    expect(seen).toMatchObject({ whole: false, invitations: [], admits: null, removed: [] });
    expect(seen.people).toEqual([expect.objectContaining({ id: person.id, role: 'manager' })]);
    expect(seen.others.length).toBe((await inside()) - 1);
    for (const other of seen.others) expect(Object.keys(other).toSorted()).toEqual(['id', 'name']);
    expect(text).not.toMatch(/olga@|wanda|invited@|"owner"/i);
  });

  test('an API key: by whether it administers', async () => {
    const byKey = async (scopes: readonly string[]) => {
      const made = await world.api('/api/v1/keys', { name: scopes.join(' and '), scopes });
      const { key } = (await made.json()) as { key: string };
      return seenBy((path) => fetch(world.url + path, { headers: { authorization: `Bearer ${key}` } }));
    };
    expect((await byKey(['read', 'administer'])).seen).toMatchObject({ whole: true, others: [] });
    const { seen, text } = await byKey(['read', 'manage']);
    expect(seen).toMatchObject({ whole: false, people: [], invitations: [] });
    expect(seen.others.length).toBe(await inside());
    expect(text).not.toContain('@');
  });
});

describe('a rep', () => {
  const put = (path: string, body: unknown) => world.api(path, body, undefined, 'PUT');
  const answer = (deed: string, rep: string, role: Role = 'rep') =>
    ask(jars.get(role)!, 'post', `/api/v1/assignments/nothing/${deed}`, { rep });

  test('answers for themselves alone, as whom their verified address is in the directory', async () => {
    for (const deed of ['claim', 'decline']) expect((await answer(deed, 'dana')).status).toBe(403);
    await put('/api/v1/reps', [
      { id: 'dana', name: 'Dana Whitfield', email: 'Dana@Example.com' },
      { id: 'sam', name: 'Sam Okafor', email: 'sam@example.com' },
    ]);
    // Only one of those who have the address has it verified; the earlier ones of this test do not.
    const me = await (await ask(jars.get('rep')!, 'get', '/api/v1/me')).json();
    await world.storage.executeSql("update person set email_verified = (id = $1) where name like 'Dana%'", [
      (me as { person: { id: string } }).person.id,
    ]);
    for (const deed of ['claim', 'decline']) {
      expect([deed, (await answer(deed, 'sam')).status]).toEqual([deed, 403]);
      // There is no such assignment.
      expect([deed, (await answer(deed, 'dana')).status]).toEqual([deed, 404]);
      expect([deed, (await answer(deed, 'sam', 'manager')).status]).toEqual([deed, 404]);
    }
    expect((await ask(jars.get('rep')!, 'get', '/api/v1/me/home')).status).toBe(200);
    expect((await ask(jars.get('manager')!, 'get', '/api/v1/me/home')).status).toBe(409);
  });

  test('makes nobody anything, themselves least of all', async () => {
    const me = (await (await ask(jars.get('rep')!, 'get', '/api/v1/me')).json()) as {
      person: { id: string };
    };
    for (const role of ['admin', 'manager', 'rep', 'auditor'] as const) {
      const raise = await ask(jars.get(role)!, 'post', `/api/v1/people/${me.person.id}/role`, {
        role: 'owner',
      });
      expect([role, raise.status]).toEqual([role, 403]);
      const own = await ask(jars.get(role)!, 'post', '/api/v1/people/invitations', {
        email: 'mallory@example.com',
        role: 'owner',
      });
      expect([role, own.status]).toEqual([role, 403]);
    }
  });
});

test('a manager who is a rep as well is named in the story of a lead they give away', async () => {
  const put = (path: string, body: unknown) => world.api(path, body, undefined, 'PUT');
  const manager = jars.get('manager')!;
  const me = (await (await ask(manager, 'get', '/api/v1/me')).json()) as { person: { id: string } };
  await world.storage.executeSql("update person set email_verified = (id = $1) where name like 'Dana%'", [
    me.person.id,
  ]);
  await put('/api/v1/reps', [
    { id: 'dana', name: 'Dana Whitfield', email: 'dana@example.com' },
    { id: 'sam', name: 'Sam Okafor' },
    { id: 'kim', name: 'Kim Lee' },
  ]);
  await put('/api/v1/policy', {
    fairlead: 1,
    name: 'Inbound',
    timezone: 'America/New_York',
    fields: { country: { type: 'country' } },
    pools: [
      { id: 'all', name: 'All', method: 'round_robin', members: [{ rep: 'sam' }], availability: 'ignore' },
    ],
    rules: [],
    fallback: [{ pool: 'all' }],
  });
  const routed = await world.api('/api/v1/leads', { fields: { country: 'US' } });
  const { id, assignment } = (await routed.json()) as { id: string; assignment: string };
  const given = await ask(manager, 'post', `/api/v1/assignments/${assignment}/reassign`, { rep: 'kim' });
  expect([given.status, await given.json()]).toEqual([200, { already: false }]);
  const told = await ask(manager, 'get', `/api/v1/decisions/${id}/explanation`);
  const { story } = (await told.json()) as { story: readonly { readonly text: string }[] };
  expect(story.at(-1)?.text).toBe('Dana Whitfield gave it to Kim Lee, before Sam Okafor.');
});
