import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { DANA, openSlackWorld, type SlackWorld } from '../support/slack-world.ts';

let world: SlackWorld;
beforeAll(async () => {
  world = await openSlackWorld();
});
afterAll(() => world.close());
let n = 0;
let id = '';
beforeEach(() => {
  id = `asg_sla${++n}`;
  world.offers.offer(id, [DANA], { state: 'assigned', rep: DANA, offeredTo: [] });
  world.offers.sla = {
    name: 'First touch',
    until: 'first_activity',
    dueAt: Date.now() + 120_000,
    reps: [DANA],
    ended: null,
  };
});

const notice = (to: 'rep' | 'manager', slackUserId: string, delivery: string) =>
  world.deliver(
    {
      kind: 'slack_sla',
      body: { repId: 'dana', slackUserId, assignmentId: id, clockId: 'slc_1', step: 0, to },
    },
    delivery,
  );

test('a notice is posted once, however often it is sent', async () => {
  const before = (await world.seen('U1')).length;
  expect(await notice('rep', 'U1', 'dlv_once')).toEqual({ outcome: 'done' });
  expect(await notice('rep', 'U1', 'dlv_once')).toEqual({
    outcome: 'done',
    detail: { skipped: 'told_already' },
  });
  const seen = await world.seen('U1');
  expect(seen.length).toBe(before + 1);
  expect(JSON.stringify(seen.at(-1)!.blocks)).toContain('Call or write to them: First touch is due');
});

test('one that Slack certainly did not post is tried again', async () => {
  await world.control('faults', { method: 'chat.postMessage', rateLimited: 7 });
  expect(await notice('rep', 'U1', 'dlv_again')).toMatchObject({ outcome: 'retry', afterMs: 7_000 });
  expect(await notice('rep', 'U1', 'dlv_again')).toEqual({ outcome: 'done' });
});

test('one whose answer was lost is not posted twice', async () => {
  const before = (await world.seen('U1')).length;
  await world.control('faults', { method: 'chat.postMessage', lostReply: true });
  expect(await notice('rep', 'U1', 'dlv_lost')).toMatchObject({ outcome: 'retry' });
  expect(await notice('rep', 'U1', 'dlv_lost')).toMatchObject({ detail: { skipped: 'told_already' } });
  expect((await world.seen('U1')).length).toBe(before + 1);
});

test('nobody is told of an SLA that is met; a manager hears of a lead that was taken from their rep', async () => {
  world.offers.sla = { ...world.offers.sla!, ended: 'met' };
  const skipped = { outcome: 'done', detail: { skipped: 'no_longer_running' } };
  expect(await notice('rep', 'U1', 'dlv_met')).toEqual(skipped);
  expect(await notice('manager', 'U2', 'dlv_met_too')).toEqual(skipped);
  world.offers.sla = { ...world.offers.sla, ended: 'reassigned', dueAt: Date.now() - 1 };
  expect(await notice('rep', 'U1', 'dlv_gone')).toEqual(skipped);
  expect(await notice('manager', 'U2', 'dlv_manager')).toEqual({ outcome: 'done' });
  expect(JSON.stringify((await world.seen('U2')).at(-1)!.blocks)).toContain('It was given to somebody else.');
});

test('one whose lead is erased while it is on its way says nothing of it in the end', async () => {
  vi.spyOn(world.messages.notices, 'begin').mockImplementationOnce(async () => {
    world.offers.change(id, { erased: true });
    return true;
  });
  expect(await notice('rep', 'U1', 'dlv_erased')).toEqual({ outcome: 'done' });
  expect((await world.seen('U1')).at(-1)!.text).toBe('What this message said about a lead was erased.');
});
