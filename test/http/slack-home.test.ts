import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ADA } from '../support/slack-offers.ts';
import { DANA, openSlackWorld, SAM, type SlackWorld } from '../support/slack-world.ts';

let world: SlackWorld;
beforeEach(async () => {
  world = await openSlackWorld();
});
afterEach(() => world.close());

const said = (user: string): string => JSON.stringify(world.shown(user));
const openHome = async (user: string): Promise<void> => {
  expect(await world.control('home', { user })).toEqual({ ok: true });
  await expect.poll(() => said(user)).not.toBe('[]');
};
const modal = () => world.slack.state.views.find((one) => one.type === 'modal');

describe('the Home', () => {
  test('shows a rep their offers with the buttons of the card, their leads, and how they stand', async () => {
    world.offers.offer('asg_1', [DANA, SAM], { expiresAt: Date.now() + 8.5 * 60_000 });
    world.offers.offer('asg_2', [], { state: 'assigned', rep: DANA, written: 'done', offeredTo: [] });
    await openHome('U1');
    expect(said('U1')).toContain('Hello Dana');
    expect(said('U1')).toContain('*You are at work.*');
    expect(said('U1')).toContain('Open offers (1)');
    expect(said('U1')).toContain('*8 min left*');
    expect(said('U1')).toContain('offered to 2: the first to claim gets it');
    expect(said('U1')).toContain('Your leads (1)');
    expect(said('U1')).toContain(ADA.url);
    expect(said('U1')).toContain('*You are owed 0.8 of a lead*');
    expect(said('U1')).toContain(
      'Your share is 2 of 7, or 29 of every 100 leads. 41 have come to you so far.',
    );
    expect(world.openHomes.get('dana')).toMatchObject({ slackUserId: 'U1', connectionId: 'con_1' });
  });

  test('welcomes somebody who is no rep yet, and says whom to ask', async () => {
    world.settings.alertUser = 'U1';
    await openHome('U3');
    expect(said('U3')).toContain('Welcome to Fairlead');
    expect(said('U3')).toContain('Your admin is <@U1>');
    expect(world.openHomes.size).toBe(0);
  });

  test('is not drawn when the Messages tab is opened', async () => {
    expect(await world.control('home', { user: 'U1', tab: 'messages' })).toEqual({ ok: true });
    await world.control('command', { user: 'U1', command: '/leads help' });
    expect(world.shown('U1')).toEqual([]);
  });

  test('lets an offer be claimed, and shows at once that it is theirs', async () => {
    world.offers.offer('asg_1', [DANA]);
    await openHome('U1');
    expect(await world.pressHome('U1', 'lead_claim')).toMatchObject({ ok: true, shown: null });
    await expect.poll(() => said('U1')).toContain('Your leads (1)');
    expect(said('U1')).toContain('Nothing waits for your answer.');
  });

  test('tells who was first over the Home, and draws it anew', async () => {
    world.offers.offer('asg_1', [DANA, SAM]);
    await openHome('U1');
    await world.offers.useCases.claim({ tenantId: 'ten_1', assignmentId: 'asg_1', repId: 'sam' });
    await world.pressHome('U1', 'lead_claim');
    await expect.poll(() => JSON.stringify(modal()?.view)).toContain('*Sam* claimed this lead first.');
    await expect.poll(() => said('U1')).toContain('Nothing waits for your answer.');
  });

  test('lets an offer be declined with the form of the card', async () => {
    world.offers.offer('asg_1', [DANA]);
    await openHome('U1');
    await world.pressHome('U1', 'lead_decline');
    await expect.poll(() => modal()?.view.callback_id).toBe('lead_decline_modal');
    await world.control('submit', { user: 'U1', values: { decline_reason: 'too_busy' } });
    expect(world.offers.declines).toEqual([{ repId: 'dana', reason: 'too_busy', note: null }]);
  });

  test('is drawn again by its delivery, and given up where Slack refuses it', async () => {
    await openHome('U1');
    world.offers.offer('asg_1', [DANA]);
    expect(await world.home('dana', 'U1')).toEqual({ outcome: 'done' });
    expect(said('U1')).toContain('Open offers (1)');
    await world.control('faults', { method: 'views.publish', rateLimited: 9 });
    expect(await world.home('dana', 'U1')).toEqual({ outcome: 'retry', afterMs: 9000, code: 'home_later' });
    await world.control('faults', { method: 'views.publish', error: 'not_enabled' });
    expect(await world.home('dana', 'U1')).toEqual({ outcome: 'done', detail: { skipped: 'not_enabled' } });
    expect(world.openHomes.size).toBe(0);
  });
});

describe('the out-of-office switch', () => {
  test('takes a rep off new leads until they switch back', async () => {
    world.offers.offer('asg_1', [DANA, SAM]);
    await openHome('U1');
    await world.pressHome('U1', 'home_away');
    await expect.poll(() => said('U1')).toContain('*You are away until you switch back*');
    expect(said('U1')).toContain('Nothing waits for your answer.');
    await world.pressHome('U1', 'home_back');
    await expect.poll(() => said('U1')).toContain('*You are at work.*');
  });

  test('asks until when in a form, and takes only times to come', async () => {
    await openHome('U1');
    await world.pressHome('U1', 'home_away_until');
    await expect.poll(() => modal()?.view.callback_id).toBe('home_away_modal');
    const until = Math.floor(Date.now() / 1000) + 7200;
    expect(await world.control('submit', { user: 'U1', values: {} })).toMatchObject({
      errors: { away_until: 'Please complete this required field.' },
    });
    expect(await world.control('submit', { user: 'U1', values: { away_until: '1000000000' } })).toMatchObject(
      {
        errors: { away_until: 'Choose a time that is still to come.' },
      },
    );
    expect(
      await world.control('submit', { user: 'U1', values: { away_until: String(until) } }),
    ).toMatchObject({
      ok: true,
      errors: null,
    });
    expect(modal()).toBeUndefined();
    await expect.poll(() => said('U1')).toContain(`*You are away until <!date^${until}^`);
  });

  test('is a command too', async () => {
    world.offers.offer('asg_1', [DANA]);
    const say = async (text: string): Promise<string> => {
      const before = (await world.seen('U1')).length;
      await world.control('command', { user: 'U1', command: `/leads ${text}` });
      await expect.poll(async () => (await world.seen('U1')).length).toBe(before + 1);
      return (await world.seen('U1')).at(-1)?.text ?? '';
    };
    expect(await say('away')).toMatch(
      /^:palm_tree: \*You are away until you switch back.*your turn is kept\.$/,
    );
    expect(await say('back')).toContain('*You are back.*');
    expect(await say('away 3 hours')).toMatch(/\*You are away until <!date\^\d+\^.*E[SD]T>\.\*/);
    expect(await say('away soon')).toContain('Write how long');
  });

  test('tells somebody who is no rep so', async () => {
    await world.control('command', { user: 'U3', command: '/leads away' });
    await expect
      .poll(async () => (await world.seen('U3')).at(-1)?.text)
      .toContain('does not know you as a rep');
  });
});

describe('a reminder', () => {
  const offered = async (to = [DANA]): Promise<void> => {
    world.offers.offer('asg_1', to, { expiresAt: Date.now() + 150_000 });
    await world.card('asg_1', 'dana', 'U1');
  };

  test('is a short message of its own that can be answered, sent once', async () => {
    await offered();
    expect(await world.remind('asg_1', 'dana', 'U1', 'dlv_r')).toEqual({ outcome: 'done' });
    expect(await world.remind('asg_1', 'dana', 'U1', 'dlv_r')).toMatchObject({
      detail: { skipped: 'reminded_already' },
    });
    const [card, reminder, ...more] = await world.seen('U1');
    expect(more).toEqual([]);
    expect(JSON.stringify(reminder?.blocks)).toContain('waits for your answer until <!date^');
    expect(reminder?.text).toMatch(/^Claim by .* E[SD]T: Ada Lovelace, Analytical Engines$/);
    await world.press('U1', reminder!, 'lead_claim');
    await world.refresh('asg_1');
    const left = await world.seen('U1');
    expect(left.map(({ ts }) => ts)).toEqual([card?.ts]);
    expect(JSON.stringify(left)).toContain('*This lead is yours.*');
  });

  test('is not sent once the rep has answered, the time is over, or another has the lead', async () => {
    const none = { outcome: 'done', detail: { skipped: 'no_longer_open' } };
    await offered();
    await world.offers.useCases.claim({ tenantId: 'ten_1', assignmentId: 'asg_1', repId: 'dana' });
    expect(await world.remind('asg_1', 'dana', 'U1')).toEqual(none);
    await offered([DANA, SAM]);
    await world.offers.useCases.claim({ tenantId: 'ten_1', assignmentId: 'asg_1', repId: 'sam' });
    expect(await world.remind('asg_1', 'dana', 'U1')).toEqual(none);
    await offered();
    world.offers.change('asg_1', { expiresAt: Date.now() - 1 });
    expect(await world.remind('asg_1', 'dana', 'U1')).toEqual(none);
    await offered();
    world.offers.expire('asg_1');
    expect(await world.remind('asg_1', 'dana', 'U1')).toEqual(none);
    expect(await world.remind('asg_404', 'dana', 'U1')).toEqual(none);
  });

  test('is tried again where Slack certainly did not post it, and never where that is unknown', async () => {
    await offered();
    await world.control('faults', { method: 'chat.postMessage', rateLimited: 2 });
    expect(await world.remind('asg_1', 'dana', 'U1', 'dlv_r')).toMatchObject({ code: 'rate_limited' });
    await world.control('faults', { method: 'chat.postMessage', lostReply: true });
    expect(await world.remind('asg_1', 'dana', 'U1', 'dlv_r')).toMatchObject({ code: 'vendor_unavailable' });
    expect(await world.remind('asg_1', 'dana', 'U1', 'dlv_r')).toMatchObject({
      detail: { skipped: 'reminded_already' },
    });
    expect(await world.seen('U1')).toHaveLength(2);
  });

  test('that arrives as the offer ends is taken away again', async () => {
    await offered([DANA, SAM]);
    await world.control('faults', { method: 'chat.postMessage', delayMs: 200 });
    const late = world.remind('asg_1', 'dana', 'U1');
    await world.offers.useCases.claim({ tenantId: 'ten_1', assignmentId: 'asg_1', repId: 'sam' });
    await late;
    expect(await world.seen('U1')).toHaveLength(1);
  });
});
