import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SlackMessage } from '../../sandbox/slack/model.ts';
import { openWorld, PORTAL, type World } from '../support/world.ts';

const POLICY = {
  fairlead: 1,
  name: 'Slack',
  timezone: 'America/New_York',
  fields: { employees: { type: 'number', hubspot: 'contact.numemployees' } },
  pools: [
    { id: 'desk', name: 'Desk', members: [{ team: 'all' }], method: 'round_robin', availability: 'ignore' },
  ],
  rules: [
    {
      id: 'large',
      name: 'Large companies',
      when: { field: 'employees', op: 'gte', value: 1000 },
      then: [{ pool: 'desk', give: 'broadcast', claimWithin: 'PT15M', clock: 'elapsed' }],
    },
  ],
  fallback: [{ pool: 'desk', give: 'offer', claimWithin: 'PT15M', clock: 'elapsed' }],
};

let world: World;
beforeAll(async () => {
  world = await openWorld({ reps: 2, policy: POLICY, slack: true });
}, 120_000);
afterAll(() => world?.close());

const control = async (path: string, body?: unknown): Promise<Record<string, unknown>> => {
  const init =
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  return (await (await fetch(`${world.sandbox.url}/control/slack/${path}`, init)).json()) as Record<
    string,
    unknown
  >;
};
const seen = async (user: string): Promise<readonly SlackMessage[]> => {
  const { channels } = (await control(`messages?user=${user}`)) as {
    channels: { messages: SlackMessage[] }[];
  };
  return channels.flatMap((channel) => channel.messages);
};
const card = async (user: string, name: string): Promise<SlackMessage> => {
  await expect
    .poll(async () => (await seen(user)).some((one) => JSON.stringify(one.blocks).includes(name)), {
      timeout: 15_000,
    })
    .toBe(true);
  return (await seen(user)).findLast((one) => JSON.stringify(one.blocks).includes(name))!;
};
const press = (user: string, message: SlackMessage, actionId: string) =>
  control('press', { user, channel: message.channel, ts: message.ts, actionId });
const [ONE, TWO] = ['U00000000', 'U00000001'];

const lead = (name: string, employees: number): Promise<{ outcome: string }> =>
  world.api('POST', '/api/v1/leads', {
    fields: { employees },
    person: { name, email: `${name.split(' ')[0]?.toLowerCase()}@example.com` },
  });

test('a broadcast is claimed once, and everybody’s card says by whom', async () => {
  expect(await lead('Ada Lovelace', 2000)).toMatchObject({ outcome: 'offered' });
  const [first, second] = [await card(ONE, 'Ada Lovelace'), await card(TWO, 'Ada Lovelace')];
  expect(JSON.stringify(first.blocks)).toContain('Large companies');
  await Promise.all([press(ONE, first, 'lead_claim'), press(TWO, second, 'lead_claim')]);
  const said = async () =>
    JSON.stringify([(await card(ONE, 'Ada Lovelace')).blocks, (await card(TWO, 'Ada Lovelace')).blocks]);
  await expect.poll(said, { timeout: 15_000 }).toMatch(/This lead is yours/);
  await expect.poll(said, { timeout: 15_000 }).toMatch(/\*Rep [01]\* has this lead/);
  const late = [...(await seen(ONE)), ...(await seen(TWO))].filter((one) => one.ephemeralTo !== null);
  expect(late.map((one) => one.text)).toEqual([
    expect.stringMatching(/^\*Rep [01]\* claimed this lead first\.$/),
  ]);
}, 60_000);

test('a declined offer goes to the next rep', async () => {
  await lead('Grace Hopper', 5);
  const offered = async (): Promise<string | undefined> => {
    for (const user of [ONE, TWO])
      if (JSON.stringify((await seen(user)).at(-1)?.blocks).includes('Grace Hopper')) return user;
    return undefined;
  };
  await expect.poll(offered, { timeout: 15_000 }).toBeDefined();
  const asked = (await offered())!;
  await press(asked, await card(asked, 'Grace Hopper'), 'lead_decline');
  await expect.poll(() => world.sandbox.slack.state.views.length).toBe(1);
  expect(
    await control('submit', {
      user: asked,
      values: { decline_reason: 'too_busy', decline_note: 'Next week.' },
    }),
  ).toMatchObject({ ok: true, errors: null });
  const other = asked === ONE ? TWO : ONE;
  expect(JSON.stringify((await card(other, 'Grace Hopper')).blocks)).toContain('lead_claim');
  await expect
    .poll(async () => JSON.stringify((await card(asked, 'Grace Hopper')).blocks), { timeout: 15_000 })
    .toContain('You declined this lead.');
}, 60_000);

test('the winner’s card follows the owner into HubSpot', async () => {
  const { id } = world.sandbox.hubspot.create({
    portalId: PORTAL,
    objectType: 'contact',
    properties: { firstname: 'Mary', lastname: 'Somerville', email: 'mary@example.com', numemployees: '3' },
  });
  await world.api('POST', '/api/v1/leads', {
    fields: {},
    record: { connection: world.hubspotConnection, objectType: 'contact', recordId: id },
  });
  const offered = async (): Promise<string | undefined> => {
    for (const user of [ONE, TWO])
      if (JSON.stringify((await seen(user)).at(-1)?.blocks).includes('Mary Somerville')) return user;
    return undefined;
  };
  await expect.poll(offered, { timeout: 15_000 }).toBeDefined();
  const asked = (await offered())!;
  const message = await card(asked, 'Mary Somerville');
  expect(JSON.stringify(message.blocks)).toContain('<mailto:mary@example.com|mary@example.com>');
  await press(asked, message, 'lead_claim');
  const said = async () => JSON.stringify((await card(asked, 'Mary Somerville')).blocks);
  await expect.poll(said, { timeout: 20_000 }).toContain('You own it in');
}, 60_000);
