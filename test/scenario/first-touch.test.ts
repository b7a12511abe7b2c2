import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openTestDatabase } from '../support/databases.ts';
import { signV3 } from '../support/hubspot-signature.ts';
import { hubspot, OWNER_IDS, PORTAL } from './crms/hubspot.ts';
import { openScenarioWorld, type ScenarioWorld } from './scenario-world.ts';

const PATIENCE = { timeout: 20_000, interval: 100 };
const MINUTE = 60_000;

/** The headline on the record card, as HubSpot asks for it. */
const headlineOf = async ({ url, sandbox, now }: ScenarioWorld, contact: string): Promise<string> => {
  const path = `/hubspot/assignments?objectType=contact&objectId=${contact}&portalId=${PORTAL}&userId=70001`;
  const headers = signV3(sandbox.hubspot.app.clientSecret, 'GET', url + path, '', now());
  const answer = (await (await fetch(url + path, { headers })).json()) as {
    card: { standing: { headline: string } | null };
  };
  return answer.card.standing?.headline ?? '';
};

describe.each(['pglite', 'postgresql'] as const)('the first touch of a HubSpot lead on %s', (kind) => {
  let world: ScenarioWorld;
  beforeAll(async () => {
    world = await openScenarioWorld(hubspot, await openTestDatabase(kind));
  }, 120_000);
  afterAll(() => world?.close());

  test('a call that the rep logs is on the card, with how long the lead had waited for it', async () => {
    const { account, sandbox } = world;
    const [called, silent] = ['called', 'silent'].map((name) =>
      account.arrive({ email: `${name}@example.org`, country: 'US' }),
    ) as [string, string];
    const standing = await vi.waitFor(async () => {
      for (const id of [called, silent])
        expect(await world.standing(id)).toMatchObject({ state: 'assigned', written: 'done' });
      return (await world.standing(called))!;
    }, PATIENCE);
    expect(await headlineOf(world, called)).toMatch(/ has it\.$/);
    await world.pass(4 * MINUTE);
    const rep = standing.rep as 'anna' | 'ben';
    sandbox.hubspot.create({
      portalId: PORTAL,
      objectType: 'calls',
      properties: {
        hs_timestamp: new Date(world.now()).toISOString(),
        hubspot_owner_id: OWNER_IDS[rep],
        hs_call_title: 'Said hello',
      },
      associations: [{ objectType: 'contacts', id: called }],
    });
    await vi.waitFor(async () => {
      await world.pass(MINUTE);
      expect(await headlineOf(world, called)).toMatch(
        / has it, first touched after 4 minutes( \d+ seconds?)?\.$/,
      );
    }, PATIENCE);
    expect((await world.standing(called))?.events.filter((kind) => kind === 'first_activity')).toHaveLength(
      1,
    );
    expect(await headlineOf(world, silent)).toMatch(/ has it\.$/);
  }, 60_000);
});
