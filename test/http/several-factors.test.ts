import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openSignInWorld, type SignInWorld } from '../support/sign-in-world.ts';

describe.each(['pglite', 'postgresql'] as const)('where several factors are demanded, on %s', (kind) => {
  let world: SignInWorld;

  beforeAll(async () => {
    const slack = { SLACK_CLIENT_ID: 'slack', SLACK_CLIENT_SECRET: 'secret', SLACK_SIGNING_SECRET: 'secret' };
    const entra = { DYNAMICS_CLIENT_ID: 'entra', DYNAMICS_CLIENT_SECRET: 'secret' };
    world = await openSignInWorld(kind, {
      settings: { ...slack, ...entra, SIGN_IN_SEVERAL_FACTORS: 'on' },
    });
  }, 120_000);
  afterAll(async () => {
    await world?.close();
  });
  beforeEach(async () => {
    await world.storage.executeSql('delete from person');
    await world.api('/api/v1/people/invitations', { email: 'dana@example.com', role: 'owner' });
  });

  const people = async () => (await world.storage.executeSql('select id from person')).rows;
  const signInBy = async (...amr: string[]) => {
    const browser = world.browser();
    const { location } = await browser.get(await world.agreed(browser, 'dana', '', amr));
    return { browser, ended: location.replace(world.url, '') };
  };

  test('who used two is in, and who used one is not, nor known afterwards', async () => {
    const { browser, ended } = await signInBy('pwd');
    expect(ended).toBe('/sign-in?failed=factors_lacking');
    expect(browser.jar.has('fairlead_session')).toBe(false);
    expect(await people()).toEqual([]);
    expect((await signInBy()).ended).toBe('/sign-in?failed=factors_lacking');
    const two = await signInBy('pwd', 'otp');
    expect(two.ended).toBe('/');
    expect((await world.api('/api/v1/me', undefined, two.browser.jar)).status).toBe(200);
  });

  test('nor is another way in added by one factor', async () => {
    const { browser } = await signInBy('mfa');
    const back = await world.agreed(browser, 'olga', '?link=1', ['pwd']);
    expect((await browser.get(back)).location).toBe(`${world.url}/sign-in?failed=factors_lacking`);
    expect((await world.storage.executeSql('select subject from identity')).rows).toEqual([
      { subject: 'dana' },
    ]);
  });

  test('whoever does not tell is offered to nobody, and refused', async () => {
    const offered = (await (await fetch(`${world.url}/oauth/sign-in`)).json()) as {
      ways: readonly { readonly id: string }[];
    };
    expect(offered.ways.map(({ id }) => id)).toEqual(['oidc']);
    // Entra tells only where it is asked for an authentication context.
    for (const provider of ['slack', 'microsoft'])
      expect((await world.browser().get(`/oauth/${provider}/sign-in`)).location).toBe(
        `${world.url}/sign-in?failed=factors_untold`,
      );
    expect((await world.browser().get('/oauth/salesforce/sign-in')).location).toBe(
      `${world.url}/sign-in?failed=not_configured`,
    );
  });
});
