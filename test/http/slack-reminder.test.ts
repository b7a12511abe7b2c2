import { afterAll, beforeAll, expect, test } from 'vitest';
import { openRestartingService, type RestartingService } from '../support/restarting-service.ts';

const MINUTE = 60_000;
const POLICY = {
  fairlead: 1,
  name: 'Offers',
  timezone: 'America/New_York',
  pools: [
    {
      id: 'all',
      name: 'Everybody',
      members: [{ rep: 'dana' }],
      method: 'round_robin',
      availability: 'ignore',
    },
  ],
  fallback: [{ pool: 'all', give: 'offer', claimWithin: 'PT20M', clock: 'elapsed' }],
};

const REPS = [{ id: 'dana', name: 'Dana', email: 'dana@example.com' }];

let service: RestartingService;
beforeAll(async () => {
  service = await openRestartingService({ reps: REPS, policy: POLICY });
}, 120_000);
afterAll(() => service?.close());

const home = (): string =>
  JSON.stringify(
    service.slack.state.views.find(({ type, user }) => type === 'home' && user === 'U1') ?? null,
  );

test('a reminder planned before a restart is sent once after it, and goes with the claim; the Home follows', async () => {
  await service.control('home', { user: 'U1' });
  await expect.poll(home).toContain('Nothing waits for your answer.');
  await service.api('post', '/api/v1/leads', { fields: {}, person: { name: 'Ada Lovelace' } });
  await expect.poll(() => service.messages().length, { timeout: 15_000 }).toBe(1);
  // The card's arrival starts the clock, and is drawn on it.
  await expect.poll(() => JSON.stringify(service.messages()), { timeout: 15_000 }).toContain('Claim by');

  await service.restartAt(14 * MINUTE);
  await expect.poll(home, { timeout: 15_000 }).toContain('Open offers (1)');
  expect(service.messages()).toHaveLength(1);

  await service.restartAt(15 * MINUTE);
  await expect.poll(() => service.messages().length, { timeout: 15_000 }).toBe(2);
  const reminder = service.messages()[1]!;
  expect(reminder.text).toContain('Ada Lovelace');

  await service.restartAt(16 * MINUTE);
  await service.control('press', {
    user: 'U1',
    channel: reminder.channel,
    ts: reminder.ts,
    actionId: 'lead_claim',
  });
  await expect.poll(() => service.messages().length, { timeout: 15_000 }).toBe(1);
  expect(JSON.stringify(service.messages())).toContain('This lead is yours.');
  service.pass(2_000);
  await expect.poll(home, { timeout: 15_000 }).toContain('Your leads (1)');
}, 120_000);

test('going away in Slack holds for the next lead, and the decision says so', async () => {
  await service.control('command', { user: 'U1', command: '/leads away 2h' });
  await expect
    .poll(() => service.messages().at(-1)?.text, { timeout: 15_000 })
    .toContain('You are away until');
  const { body } = await service.api('get', '/api/v1/overview');
  expect(body.pools[0].members).toMatchObject([{ rep: { id: 'dana' }, availability: 'time_off' }]);
});
