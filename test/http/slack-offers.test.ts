import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { SlackMessage } from '../../sandbox/slack/model.ts';
import { DANA, MAX, openSlackWorld, SAM, type SlackWorld } from '../support/slack-world.ts';

let world: SlackWorld;
beforeEach(async () => {
  world = await openSlackWorld();
});
afterEach(() => world.close());

const say = (message: SlackMessage | undefined): string => JSON.stringify(message?.blocks);
const last = async (user: string): Promise<SlackMessage> => {
  const message = (await world.seen(user)).at(-1);
  if (message === undefined) throw new Error(`${user} has no message.`);
  return message;
};
const buttons = (message: SlackMessage): string[] =>
  message.blocks.flatMap((block) =>
    ((block.elements ?? []) as { action_id?: string }[]).flatMap((one) => one.action_id ?? []),
  );

/** Offers a lead to Dana and Sam and posts both cards. */
const offerToBoth = async (): Promise<[SlackMessage, SlackMessage]> => {
  world.offers.offer('asg_1', [DANA, SAM]);
  expect(await world.card('asg_1', 'dana', 'U1')).toMatchObject({ outcome: 'done' });
  expect(await world.card('asg_1', 'sam', 'U2')).toMatchObject({ outcome: 'done' });
  return [await last('U1'), await last('U2')];
};

describe('an offer', () => {
  test('shows who the lead is, why it came to the rep and until when, with buttons to answer', async () => {
    world.offers.offer('asg_1', [DANA]);
    await world.card('asg_1', 'dana', 'U1');
    const card = await last('U1');
    expect(card.blocks[0]).toMatchObject({
      type: 'header',
      text: { text: 'Ada Lovelace, Analytical Engines' },
    });
    expect(say(card)).toContain('<mailto:ada@engines.example|ada@engines.example>');
    expect(say(card)).toContain('<tel:+442079460018|+44 20 7946 0018>');
    expect(say(card)).toContain('We need forty seats before March.');
    expect(say(card)).toContain('Dana is owed the most in Enterprise');
    expect(say(card)).toContain('|Tue, 14:05 EST>');
    expect(say(card)).toContain('Rule: Large companies · Pool: Enterprise · asg_1');
    expect(buttons(card)).toEqual(['lead_claim', 'lead_decline', 'lead_open']);
    expect(card.text).toBe('New lead: Ada Lovelace, Analytical Engines – claim by Tue, 14:05 EST');
    expect(card.metadata).toEqual({
      event_type: 'fairlead_card',
      event_payload: { assignment: 'asg_1', version: 1 },
    });
  });

  test('goes to the first who claims; the other sees who has it, and is told so on a late press', async () => {
    const [danas, sams] = await offerToBoth();
    expect(await world.press('U2', sams, 'lead_claim')).toMatchObject({ ok: true, status: 200 });
    expect(await world.press('U1', danas, 'lead_claim')).toMatchObject({ ok: true, status: 200 });
    await expect.poll(async () => (await last('U1')).text).toBe('*Sam* claimed this lead first.');
    expect((await last('U1')).ephemeralTo).toBe('U1');
    await world.refresh('asg_1');
    const redrawn = (await world.seen('U1'))[0];
    expect(say(redrawn)).toContain('*Sam* has this lead.');
    expect(say(redrawn)).not.toContain('ada@engines.example');
    expect(buttons(redrawn!)).toEqual([]);
    expect(say(await last('U2'))).toContain('*This lead is yours.* Writing you as its owner to HubSpot…');
  });

  test('has one winner when both press at the same moment', async () => {
    const [danas, sams] = await offerToBoth();
    await Promise.all([world.press('U1', danas, 'lead_claim'), world.press('U2', sams, 'lead_claim')]);
    const told = async (): Promise<string[]> =>
      [...(await world.seen('U1')), ...(await world.seen('U2'))]
        .filter((one) => one.ephemeralTo !== null)
        .map((one) => one.text);
    await expect.poll(told).toHaveLength(1);
    expect((await told())[0]).toMatch(/^\*(Dana|Sam)\* claimed this lead first\.$/);
  });

  test('pressed twice by the winner stays theirs and says nothing more', async () => {
    const [danas] = await offerToBoth();
    await Promise.all([world.press('U1', danas, 'lead_claim'), world.press('U1', danas, 'lead_claim')]);
    await world.refresh('asg_1');
    expect(await world.seen('U1')).toHaveLength(1);
    expect(say(await last('U1'))).toContain('*This lead is yours.*');
  });

  test('then tells whether the owner stands in the CRM', async () => {
    const [danas] = await offerToBoth();
    await world.press('U1', danas, 'lead_claim');
    world.offers.change('asg_1', { written: 'done' });
    await world.refresh('asg_1');
    expect(say(await last('U1'))).toContain('You own it in HubSpot.');
    world.offers.change('asg_1', { written: 'refused', remedy: 'Give Dana a seat in HubSpot.' });
    await world.refresh('asg_1');
    expect(say(await last('U1'))).toContain(
      'HubSpot refused to make you its owner. Give Dana a seat in HubSpot.',
    );
  });

  test('that runs out says so, and a late press is told', async () => {
    const [danas] = await offerToBoth();
    world.offers.expire('asg_1');
    await world.press('U1', danas, 'lead_claim');
    await expect.poll(async () => (await last('U1')).text).toContain('Time ran out on this offer');
    await world.refresh('asg_1');
    expect(say((await world.seen('U1'))[0])).toContain('Time ran out on this lead.');
  });

  test('given directly is a notice without anything to press but the link', async () => {
    world.offers.offer('asg_1', [], { state: 'assigned', rep: DANA, written: 'done', offeredTo: [] });
    await world.card('asg_1', 'dana', 'U1');
    expect(buttons(await last('U1'))).toEqual(['lead_open']);
    expect(say(await last('U1'))).toContain('ada@engines.example');
  });

  test('made again to the same rep is a new message, and the old one points to it', async () => {
    world.offers.offer('asg_1', [DANA]);
    await world.card('asg_1', 'dana', 'U1');
    world.offers.change('asg_1', { version: 5 });
    await world.card('asg_1', 'dana', 'U1');
    const [old, fresh] = await world.seen('U1');
    expect(say(old)).toContain('see the newer message below');
    expect(buttons(fresh!)).toContain('lead_claim');
  });

  test('that is no longer the rep’s when its turn comes is not posted', async () => {
    world.offers.offer('asg_1', [SAM]);
    expect(await world.card('asg_1', 'dana', 'U1')).toEqual({
      outcome: 'done',
      detail: { skipped: 'no_longer_theirs' },
    });
    expect(await world.seen('U1')).toEqual([]);
  });
});

describe('a decline', () => {
  const decline = async (values: Record<string, string>): Promise<Record<string, unknown>> => {
    const [danas] = await offerToBoth();
    await world.press('U1', danas, 'lead_decline');
    await expect.poll(() => world.slack.state.views.length).toBe(1);
    return world.control('submit', { user: 'U1', values });
  };

  test('asks why, and passes reason and note on', async () => {
    expect(await decline({ decline_reason: 'conflict', decline_note: ' My cousin. ' })).toMatchObject({
      ok: true,
      errors: null,
    });
    expect(world.offers.declines).toEqual([{ repId: 'dana', reason: 'conflict', note: 'My cousin.' }]);
    expect(world.slack.state.views).toEqual([]);
    await world.refresh('asg_1');
    expect(say(await last('U1'))).toContain('You declined this lead.');
    expect(buttons(await last('U2'))).toContain('lead_claim');
  });

  test('needs a reason', async () => {
    expect(await decline({})).toMatchObject({
      errors: { decline_reason: 'Please complete this required field.' },
    });
    expect(world.offers.declines).toEqual([]);
  });

  test('after somebody claimed says so in the form', async () => {
    const [danas, sams] = await offerToBoth();
    await world.press('U1', danas, 'lead_decline');
    await expect.poll(() => world.slack.state.views.length).toBe(1);
    await world.press('U2', sams, 'lead_claim');
    await world.control('submit', { user: 'U1', values: { decline_reason: 'other' } });
    expect(JSON.stringify(world.slack.state.views[0]?.view)).toContain('This lead has been claimed');
  });

  test('that the database takes long over closes the form in time, and its refusal is told beside the card', async () => {
    const [danas, sams] = await offerToBoth();
    await world.press('U1', danas, 'lead_decline');
    await expect.poll(() => world.slack.state.views.length).toBe(1);
    const busy = Promise.withResolvers<void>();
    world.offers.held = busy.promise;
    expect(await world.control('submit', { user: 'U1', values: { decline_reason: 'other' } })).toMatchObject({
      ok: true,
      shown: null,
    });
    expect(world.slack.state.views).toEqual([]);
    await world.press('U2', sams, 'lead_claim');
    busy.resolve();
    await expect.poll(async () => (await last('U1')).text).toContain('This lead has been claimed');
    expect((await last('U1')).ephemeralTo).toBe('U1');
  });

  test('counts for who sends it, whatever the form remembers', async () => {
    const [danas] = await offerToBoth();
    await world.press('U1', danas, 'lead_decline');
    await expect.poll(() => world.slack.state.views.length).toBe(1);
    const [view] = world.slack.state.views;
    world.slack.state.views = [{ ...view!, user: 'U3' }];
    await world.control('submit', { user: 'U3', values: { decline_reason: 'other' } });
    expect(world.offers.declines).toEqual([]);
    expect(JSON.stringify(world.slack.state.views[0]?.view)).toContain('does not know you as a rep');
  });
});

describe('somebody who is no rep', () => {
  test('is told how to become one', async () => {
    world.slack.state.channels.push({ id: 'C1', kind: 'channel', name: 'sales', members: ['U3'] });
    world.offers.offer('asg_1', [DANA]);
    await world.card('asg_1', 'dana', 'U1');
    const [card] = await world.seen('U1');
    await world.control('press', {
      user: 'U3',
      channel: card?.channel,
      ts: card?.ts,
      actionId: 'lead_claim',
    });
    const answers = () => world.slack.state.messages.filter((one) => one.ephemeralTo === 'U3');
    await expect.poll(answers).toHaveLength(1);
    expect(answers()[0]?.text).toContain('does not know you as a rep');
  });
});

describe('the sender', () => {
  test('never draws an older state over a newer one', async () => {
    const [danas] = await offerToBoth();
    await world.press('U1', danas, 'lead_claim');
    await world.refresh('asg_1');
    world.offers.change('asg_1', { version: 1, state: 'offered', rep: null, offeredTo: [DANA] });
    expect(await world.refresh('asg_1')).toMatchObject({ outcome: 'done' });
    expect(buttons(await last('U1'))).toEqual(['lead_open']);
  });

  test('has the newest state stand even when an older redraw is late', async () => {
    const [danas] = await offerToBoth();
    await world.control('faults', { method: 'chat.update', delayMs: 150, times: 2 });
    const late = world.refresh('asg_1');
    await world.press('U1', danas, 'lead_claim');
    await Promise.all([late, world.refresh('asg_1')]);
    expect(say(await last('U1'))).toContain('*This lead is yours.*');
    expect(buttons(await last('U2'))).toEqual([]);
  });

  test('looks for notices to clear only once a card says that its lead is erased, or no card can tell', async () => {
    const asked = vi.spyOn(world.messages.notices, 'list');
    await offerToBoth();
    await world.refresh('asg_1');
    expect(asked).not.toHaveBeenCalled();
    world.offers.change('asg_1', { erased: true });
    await world.refresh('asg_1');
    expect(asked).toHaveBeenCalledTimes(1);
    world.offers.offer('asg_2', [DANA]);
    await world.refresh('asg_2');
    expect(asked).toHaveBeenCalledTimes(2);
  });

  test('waits as long as Slack asks, then delivers', async () => {
    world.offers.offer('asg_1', [DANA]);
    await world.control('faults', { method: 'chat.postMessage', rateLimited: 7 });
    expect(await world.card('asg_1', 'dana', 'U1', 'dlv_a')).toEqual({
      outcome: 'retry',
      afterMs: 7000,
      code: 'rate_limited',
    });
    expect(await world.card('asg_1', 'dana', 'U1', 'dlv_a')).toMatchObject({ outcome: 'done' });
    expect(await world.seen('U1')).toHaveLength(1);
  });

  test('says that a deactivated rep cannot be reached', async () => {
    world.offers.offer('asg_1', [MAX]);
    expect(await world.card('asg_1', 'max', 'U4')).toMatchObject({
      outcome: 'refused',
      code: 'rep_unreachable',
    });
    expect(await world.card('asg_1', 'max', 'U999')).toMatchObject({
      outcome: 'refused',
      code: 'rep_unreachable',
    });
  });

  test('does not post again what it posted before its mark was lost', async () => {
    world.offers.offer('asg_1', [DANA]);
    await world.card('asg_1', 'dana', 'U1', 'dlv_a');
    expect(await world.card('asg_1', 'dana', 'U1', 'dlv_a')).toMatchObject({ outcome: 'done' });
    expect(await world.seen('U1')).toHaveLength(1);
  });

  test('posts again when the outcome is unknown; the lost copy still works and is redrawn when pressed', async () => {
    world.offers.offer('asg_1', [DANA]);
    await world.control('faults', { method: 'chat.postMessage', lostReply: true });
    expect(await world.card('asg_1', 'dana', 'U1', 'dlv_a')).toMatchObject({
      outcome: 'retry',
      code: 'vendor_unavailable',
    });
    expect(await world.card('asg_1', 'dana', 'U1', 'dlv_a')).toMatchObject({ outcome: 'done' });
    const [lost] = await world.seen('U1');
    await world.press('U1', lost!, 'lead_claim');
    await expect.poll(async () => say((await world.seen('U1'))[0])).toContain('*This lead is yours.*');
  });

  test('leaves alone what Slack lets nobody edit, and forgets what is gone', async () => {
    const [danas, sams] = await offerToBoth();
    await world.control('messages', { channel: danas.channel, ts: danas.ts, locked: true });
    await world.control('messages', { channel: sams.channel, ts: sams.ts, deleted: true });
    world.offers.expire('asg_1');
    expect(await world.refresh('asg_1')).toMatchObject({ outcome: 'done', detail: { cards: '2' } });
    expect(await world.refresh('asg_1')).toMatchObject({ outcome: 'done', detail: { cards: '1' } });
  });

  test('hands a revoked token back and asks for a reconnection', async () => {
    world.offers.offer('asg_1', [DANA]);
    await world.control('faults', { method: 'chat.postMessage', error: 'token_revoked' });
    await expect(world.card('asg_1', 'dana', 'U1')).rejects.toMatchObject({ code: 'needs_reconnecting' });
    expect(world.refusedTokens).toEqual(['xoxb-test']);
  });

  test('sends alerts where the settings say, and only open ones', async () => {
    world.slack.state.channels.push({ id: 'C1', kind: 'channel', name: 'admins', members: ['U3'] });
    const alert = { kind: 'slack_alert', body: { alertId: 'alr_1' } } as const;
    expect(await world.deliver(alert)).toEqual({ outcome: 'done', detail: { skipped: 'no_alert_target' } });
    world.settings.alertChannel = 'C1';
    expect(await world.deliver(alert)).toEqual({ outcome: 'done', detail: { skipped: 'alert_closed' } });
    world.offers.alerts = [
      { id: 'alr_1', kind: 'writes_refused', text: 'HubSpot refused <3> writes', since: '' },
    ];
    expect(await world.deliver(alert)).toEqual({ outcome: 'done' });
    expect(say(await last('U3'))).toContain('HubSpot refused &lt;3&gt; writes');
    delete world.settings.alertChannel;
    world.settings.alertUser = 'U1';
    await world.deliver(alert);
    expect((await last('U1')).text).toContain('Fairlead needs you');
  });

  test('starts no call that could outlast its lease', async () => {
    world.offers.offer('asg_1', [DANA]);
    expect(await world.card('asg_1', 'dana', 'U1', 'dlv_a', Date.now() + 1000)).toMatchObject({
      outcome: 'retry',
      code: 'lease_over',
    });
    expect(await world.seen('U1')).toEqual([]);
  });
});

test('reps are found by e-mail address; unknown and deactivated ones are not', async () => {
  expect(await world.directory.byEmail('con_1', 'DANA@example.com')).toEqual({
    id: 'U1',
    name: 'Dana',
    timezone: 'America/New_York',
  });
  expect(await world.directory.byEmail('con_1', 'nobody@example.com')).toBeNull();
  expect(await world.directory.byEmail('con_1', 'max@example.com')).toBeNull();
});

test('an import goes on once Slack’s limit allows it', async () => {
  await world.control('faults', { method: 'users.lookupByEmail', rateLimited: 1 });
  expect(await world.directory.byEmail('con_1', 'dana@example.com')).toMatchObject({ id: 'U1' });
});
