import { afterAll, beforeAll, expect, test } from 'vitest';
import { openRestartingService, type RestartingService } from '../support/restarting-service.ts';

const MINUTE = 60_000;
const NAMES: Readonly<Record<string, string>> = { dana: 'Dana', sam: 'Sam', jo: 'Jo' };
const REPS = Object.entries(NAMES).map(([id, name]) => ({
  id,
  name,
  email: `${id}@example.com`,
  ...(id !== 'jo' && { manager: 'jo' }),
}));
/** Their Slack users. */
const USERS: Record<string, string> = { dana: 'U1', sam: 'U2', jo: 'U3' };
const POLICY = {
  fairlead: 1,
  name: 'First touch',
  timezone: 'America/New_York',
  fields: { country: { type: 'text' } },
  pools: [
    {
      id: 'all',
      name: 'Everybody',
      members: [{ rep: 'dana' }, { rep: 'sam' }],
      method: 'round_robin',
      availability: 'ignore',
    },
  ],
  slas: [
    {
      id: 'first-touch',
      name: 'First touch',
      within: 'PT5M',
      clock: 'elapsed',
      until: 'first_activity',
      steps: [
        { after: 'PT3M', notify: 'rep' },
        { after: 'PT5M', notify: 'manager' },
        { after: 'PT15M', do: 'reassign' },
      ],
    },
  ],
  rules: [
    {
      id: 'us',
      when: { field: 'country', op: 'eq', value: 'US' },
      sla: 'first-touch',
      then: [{ pool: 'all' }],
    },
  ],
};

let service: RestartingService;
beforeAll(async () => {
  service = await openRestartingService({ reps: REPS, policy: POLICY });
}, 120_000);
afterAll(() => service?.close());

const textsTo = (user: string): readonly string[] => {
  const channels = service.slack.state.channels
    .filter(({ kind, members }) => kind === 'im' && members.includes(user))
    .map(({ id }) => id);
  return service.messages().flatMap(({ channel, text }) => (channels.includes(channel) ? [text] : []));
};
const get = async (path: string): Promise<Record<string, unknown>> => (await service.api('get', path)).body;

test('an SLA tells the rep, then their manager, and gives the lead on; a restart in between changes nothing', async () => {
  const { body: decision } = await service.api('post', '/api/v1/leads', {
    fields: { country: 'US' },
    person: { name: 'Ada Lovelace', company: 'Analytical Engines', email: 'ada@engines.example' },
  });
  const [first, second] = decision.rep.id === 'dana' ? ['dana', 'sam'] : ['sam', 'dana'];
  await expect.poll(() => textsTo(USERS[first]!).length, { timeout: 15_000 }).toBe(1);

  await service.restartAt(3 * MINUTE);
  await expect.poll(() => textsTo(USERS[first]!).length, { timeout: 15_000 }).toBe(2);
  expect(textsTo(USERS[first]!)[1]).toMatch(/^Ada Lovelace, Analytical Engines: First touch is due /);
  expect(textsTo(USERS.jo!)).toEqual([]);

  await service.restartAt(5 * MINUTE);
  await expect.poll(() => textsTo(USERS.jo!).length, { timeout: 15_000 }).toBe(1);
  expect(JSON.stringify(service.messages().at(-1)!.blocks)).toContain('has not been worked on');
  expect(await get('/api/v1/overview')).toMatchObject({
    slas: { running: 1, overdue: 1, metToday: 0, missedToday: 1, metPercent: 0 },
  });

  await service.restartAt(15 * MINUTE);
  const about = `/api/v1/decisions/${decision.id}/explanation`;
  const story = async () => ((await get(about)).story as { text: string }[]).map(({ text }) => text);
  await expect
    .poll(async () => (await story()).at(-1), { timeout: 15_000 })
    .toBe(`Assigned to ${NAMES[second]}.`);
  await expect.poll(() => textsTo(USERS[second]!).length, { timeout: 15_000 }).toBe(1);
  expect((await story()).slice(1)).toEqual([
    expect.stringMatching(/^First touch was due .* and is missed\.$/),
    `First touch was missed: it is taken from ${NAMES[first]} and given to somebody else.`,
    `Assigned to ${NAMES[second]}.`,
  ]);
  expect((await get(about)).slas).toMatchObject([
    { state: 'running', reps: [{ id: second }] },
    { state: 'missed', reps: [{ id: first }] },
  ]);
  expect([textsTo(USERS[first]!).length, textsTo(USERS.jo!).length]).toEqual([2, 1]);

  // She is to be forgotten: cards and notices, of the rep before and of the manager too, say so and no more.
  const naming = () =>
    service.messages().filter((message) => /Lovelace|Engines/i.test(JSON.stringify(message)));
  expect(naming().length).toBe(4);
  const erased = await service.api('post', '/api/v1/erasures', { email: 'ada@engines.example' });
  expect(erased.body).toEqual({ leads: 1 });
  await expect.poll(() => naming().length, { timeout: 15_000 }).toBe(0);
  expect(new Set(textsTo(USERS[first]!))).toEqual(
    new Set(['What this message said about a lead was erased.']),
  );
}, 120_000);
