import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { openBrowserOf } from '../support/cookie-jar.ts';
import { type OwnedDatabase, openTestDatabase } from '../support/databases.ts';
import { API_KEY, type InstallWorld, openInstallWorld } from '../support/install-world.ts';
import {
  addElsewhere,
  LIES,
  VENDOR_SIGN_INS,
  type VendorAccount,
  type VendorSignIn,
} from '../support/vendor-sign-ins.ts';

const ANNA = 'anna@example.com';
const BEN = 'ben@example.com';

describe.each(['pglite', 'postgresql'] as const)('signing in with a vendor, on %s', (kind) => {
  let database: OwnedDatabase;
  let world: InstallWorld;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    world = await openInstallWorld(database.storage, { settings: { LIMIT_INSTALLS: '10000' } });
    addElsewhere(world.sandbox);
  }, 120_000);
  afterAll(async () => {
    await world?.close();
    await database?.storage.close();
    await database?.drop();
  });
  afterEach(() => void vi.useRealTimers());
  beforeEach(async () => {
    for (const table of ['person', 'invitation', 'connection']) await sql(`delete from ${table}`);
    await sql('update tenant set admits = null');
    for (const { verify } of VENDOR_SIGN_INS) verify?.(world.sandbox, ANNA, false);
  });

  const sql = async (text: string, values: readonly unknown[] = []) =>
    (await database.storage.executeSql(text, values)).rows as Record<string, unknown>[];
  const api = (path: string, body: unknown, method = 'POST') =>
    fetch(`${world.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const invite = async (email: string, role = 'owner') =>
    expect((await api('/people/invitations', { email, role })).status).toBe(200);
  /** Connected to a workspace, as it stands in the database. */
  const connect = async ({ vendor, externalId, settings }: VendorAccount, tenant?: string) => {
    if (tenant !== undefined)
      await sql('insert into tenant (id, name) values ($1, $1) on conflict do nothing', [tenant]);
    await sql(
      `insert into connection (id, tenant_id, vendor, external_id, name, settings)
       values ($1, coalesce($2, (select id from tenant where id <> 'other' limit 1)), $3, $4, $3, $5)`,
      [`con_${vendor}`, tenant ?? null, vendor, externalId, JSON.stringify(settings)],
    );
  };
  const ended = (location: string) => location.replace(world.url, '');
  /** The vendor's page for a browser that begins. */
  const begin = async (provider: string, browser = openBrowserOf(world.url), query = '') => {
    const { location } = await browser.get(`/oauth/${provider}/sign-in${query}`);
    return { browser, page: location };
  };
  /** Where a browser ends, with the given press at the vendor's page. */
  const signIn = async (provider: string, press: string, query = '') => {
    const { browser, page } = await begin(provider, openBrowserOf(world.url), query);
    const back = await browser.get(`${page}${press}`);
    return ended((await browser.get(back.location)).location);
  };
  const people = () => sql('select name, role, email_verified from person order by name');
  const nobody = async () => expect(await people()).toEqual([]);

  describe.each(VENDOR_SIGN_INS)('$name', (way: VendorSignIn) => {
    const { provider } = way;
    const press = (email = ANNA, where: 'here' | 'elsewhere' = 'here') =>
      way.press(world.sandbox, email, where);
    const connected = (tenant?: string) => connect(way.account(world.sandbox), tenant);
    const verified = (is: boolean) => way.verify?.(world.sandbox, ANNA, is);

    test('who comes with a connected account waits, until an owner lets them in', async () => {
      expect(await signIn(provider, press())).toBe('/sign-in?failed=no_workspace');
      await connected();
      expect(await signIn(provider, press())).toBe('/sign-in?failed=waiting');
      expect(await people()).toEqual([
        { name: 'Anna Quist', role: null, email_verified: way.verify === null },
      ]);
      const [person] = await sql('select id from person');
      expect((await api(`/people/${person?.id}/role`, { role: 'manager' })).status).toBe(200);
      expect(await signIn(provider, press())).toBe('/');
      expect(await sql('select issuer, subject from identity')).toEqual([
        {
          issuer: expect.stringMatching(way.identity.issuer),
          subject: expect.stringMatching(way.identity.subject),
        },
      ]);
    });

    test('or comes in at once with the role that an owner said', async () => {
      await connected();
      expect((await api('/people/admission', { role: 'rep' }, 'PUT')).status).toBe(200);
      expect(await signIn(provider, press(BEN))).toBe('/');
      expect(await people()).toEqual([expect.objectContaining({ name: 'Ben Ode', role: 'rep' })]);
    });

    test('who is to prove anew who they are is asked for it, and in', async () => {
      await connected();
      expect((await api('/people/admission', { role: 'rep' }, 'PUT')).status).toBe(200);
      const { page } = await begin(provider, openBrowserOf(world.url), '?again=1');
      expect(new URL(page).searchParams.get('prompt')).toBe('login');
      expect(await signIn(provider, press(BEN), '?again=1&return=/settings')).toBe('/settings');
    });

    test('who is invited by an address that the vendor looked at has the role', async () => {
      await invite(ANNA, 'auditor');
      verified(true);
      expect(await signIn(provider, press())).toBe('/');
      expect(await people()).toEqual([{ name: 'Anna Quist', role: 'auditor', email_verified: true }]);
    });

    test.skipIf(way.verify === null)('an address nobody looked at matches no invitation', async () => {
      await invite(ANNA);
      expect(await signIn(provider, press())).toBe('/sign-in?failed=no_workspace');
      await connected();
      expect(await signIn(provider, press())).toBe('/sign-in?failed=waiting');
      expect(await sql('select email from invitation')).toEqual([{ email: ANNA }]);
    });

    test('another workspace’s invitation takes nobody away from the one their account is connected to', async () => {
      await connected('other');
      await invite(ANNA);
      verified(true);
      expect(await signIn(provider, press())).toBe('/sign-in?failed=waiting');
      expect(await sql('select tenant_id from person')).toEqual([{ tenant_id: 'other' }]);
    });

    test('an account that is disconnected opens nothing', async () => {
      await connected();
      await sql("update connection set status = 'disconnected'");
      expect(await signIn(provider, press())).toBe('/sign-in?failed=no_workspace');
    });

    test('who cancels at the vendor is signed in nowhere', async () => {
      expect(await signIn(provider, '&deny=1')).toBe('/sign-in?failed=sign_in_declined');
    });

    test.skipIf(provider === 'slack')(
      'somebody of the same name, address and id in another account is somebody else',
      async () => {
        await connected();
        await api('/people/admission', { role: 'rep' }, 'PUT');
        await signIn(provider, press());
        await invite(ANNA);
        expect(await signIn(provider, press(ANNA, 'elsewhere'))).toBe(
          // Salesforce says of whoever confirmed an address that it is theirs, in whatever org.
          provider === 'salesforce' ? '/' : '/sign-in?failed=no_workspace',
        );
        const [{ n } = {}] = await sql('select count(*)::int as n from identity');
        expect(n).toBe(provider === 'salesforce' ? 2 : 1);
      },
    );

    test.for([...Object.keys(LIES), ...Object.keys(way.lies)])(
      'an ID token %s signs nobody in',
      async (what) => {
        await connected();
        await api('/people/admission', { role: 'rep' }, 'PUT');
        const before = await begin(provider);
        const nonce = new URL(before.page).searchParams.get('nonce') ?? '';
        expect(nonce).not.toBe('');
        const lie = LIES[what]?.(nonce) ?? way.lies[what]?.(world.sandbox) ?? {};
        way.idTokens(world.sandbox).lieOnce(lie);
        expect(await signIn(provider, press())).toBe('/sign-in?failed=sign_in_refused');
        await nobody();
        // And an honest one does, of the same person.
        expect(await signIn(provider, press())).toBe('/');
      },
    );

    test('an answer serves once, and a code of somebody else’s sign-in is worth nothing in another', async () => {
      await connected();
      await api('/people/admission', { role: 'rep' }, 'PUT');
      const attacker = await begin(provider);
      const victim = await begin(provider);
      const answer = async ({ browser, page }: typeof victim, email: string) =>
        (await browser.get(`${page}${press(email)}`)).location;
      const own = new URL(await answer(attacker, BEN));
      const stolen = await answer(victim, ANNA);
      own.searchParams.set('code', new URL(stolen).searchParams.get('code') ?? '');
      expect(ended((await attacker.browser.get(own.href)).location)).toBe('/sign-in?failed=sign_in_refused');
      await nobody();
      const again = await begin(provider);
      const back = await answer(again, ANNA);
      const held = new Map(again.browser.jar);
      expect(ended((await again.browser.get(back)).location)).toBe('/');
      for (const [name, value] of held) again.browser.jar.set(name, value);
      expect(ended((await again.browser.get(back)).location)).toBe('/sign-in?failed=sign_in_expired');
    });

    test('a key that is new is asked for; the one before is not needed', async () => {
      await connected();
      await api('/people/admission', { role: 'rep' }, 'PUT');
      expect(await signIn(provider, press())).toBe('/');
      way.idTokens(world.sandbox).rotate();
      way.idTokens(world.sandbox).rotate();
      // Keys are asked for once a minute at most.
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 });
      expect(await signIn(provider, press(BEN))).toBe('/');
    });

    test('the vendor sends nobody to an address that is not registered, letter for letter', async () => {
      const { browser, page } = await begin(provider);
      for (const change of ['/', '?x=1', '/../callback']) {
        const asked = new URL(`${page}${press()}`);
        asked.searchParams.set('redirect_uri', `${asked.searchParams.get('redirect_uri')}${change}`);
        const { status, location } = await browser.get(asked.href);
        expect([change, status, location]).toEqual([change, 400, '']);
      }
    });
  });

  test('an address that somebody else has at Slack makes them nobody', async () => {
    const [slack] = VENDOR_SIGN_INS as [VendorSignIn];
    await connect(slack.account(world.sandbox));
    await invite(ANNA);
    expect(await signIn('slack', '&as=U1')).toBe('/');
    const { users } = world.sandbox.slack.state;
    const at = users.findIndex(({ id }) => id === 'U2');
    const ben = users[at]!;
    users[at] = { ...ben, email: ANNA };
    expect(await signIn('slack', '&as=U2')).toBe('/sign-in?failed=waiting');
    users[at] = ben;
  });

  test('Entra says that an address is the tenant’s own in one of two ways, or that it is not', async () => {
    const microsoft = VENDOR_SIGN_INS.find(({ provider }) => provider === 'microsoft')!;
    for (const edov of ['boolean', 'text'] as const) {
      world.sandbox.dynamics.entra.setEdov(edov);
      await invite(ANNA, 'auditor');
      // Whoever administers another tenant gives its people what addresses they like.
      expect(await signIn('microsoft', microsoft.press(world.sandbox, ANNA, 'elsewhere'))).toBe(
        '/sign-in?failed=no_workspace',
      );
      expect(await signIn('microsoft', microsoft.press(world.sandbox, ANNA))).toBe('/');
      await sql('delete from person');
    }
  });

  test('somebody without an e-mail address comes in by the account', async () => {
    const microsoft = VENDOR_SIGN_INS.find(({ provider }) => provider === 'microsoft')!;
    await connect(microsoft.account(world.sandbox));
    const { dynamics } = world.sandbox;
    const rows = dynamics.environment('scenarios').tables.get('systemuser')!;
    const ben = [...rows.values()].find(({ values }) => values.domainname === BEN)!;
    rows.set(ben.id, { ...ben, values: { ...ben.values, internalemailaddress: null } });
    expect(await signIn('microsoft', microsoft.press(world.sandbox, BEN))).toBe('/sign-in?failed=waiting');
    expect(await people()).toEqual([{ name: 'Ben Ode', role: null, email_verified: false }]);
    rows.set(ben.id, ben);
  });

  test('HubSpot says who agreed: the account lets them in, their address never does', async () => {
    await invite('admin@example.com');
    expect(await signIn('hubspot', '&approve=1')).toBe('/sign-in?failed=no_workspace');
    const externalId = String([...world.sandbox.hubspot.portals.keys()][0]);
    await connect({ vendor: 'hubspot', externalId, settings: {} });
    expect(await signIn('hubspot', '&approve=1')).toBe('/sign-in?failed=waiting');
    expect(await people()).toEqual([{ name: expect.any(String), role: null, email_verified: false }]);
  });
});
