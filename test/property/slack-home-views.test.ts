import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkBlocks, checkView } from '../../sandbox/slack/block-kit/validate.ts';
import { reminderAt } from '../../server/assignments/reminder-at.ts';
import type { RepHome } from '../../server/assignments/rep-home.ts';
import { readCommand } from '../../slack/listeners/read-command.ts';
import { awayModal } from '../../slack/views/away-modal.ts';
import { contactOf, contactText } from '../../slack/views/home/contact.ts';
import { homeStandings } from '../../slack/views/home/home-standings.ts';
import { homeView } from '../../slack/views/home/home-view.ts';
import { welcome } from '../../slack/views/home/welcome.ts';
import { noticeModal } from '../../slack/views/notice-modal.ts';
import { claimRefusal } from '../../slack/views/outcome-text.ts';
import { reminder } from '../../slack/views/reminder.ts';
import { card, controls, maybe, named, nasty, person } from './slack-arbitraries.ts';

const homeRow = {
  assignmentId: fc.constant('asg_01hx'),
  person: fc.option(person, { nil: null }),
  crm: maybe,
};
const moment = fc.integer({ min: 0, max: 4e12 });
const counted = <T>(one: fc.Arbitrary<T>, most: number) =>
  fc
    .record({ shown: fc.array(one, { maxLength: most }), rest: fc.nat(500) })
    .map(({ shown, rest }) => ({ shown, total: shown.length === 0 ? 0 : shown.length + rest }));

const home: fc.Arbitrary<RepHome> = fc.record({
  rep: named,
  timezone: fc.oneof(fc.constant('Asia/Tokyo'), nasty),
  asOf: moment,
  logOnly: fc.boolean(),
  away: fc.option(fc.record({ since: moment, until: fc.option(moment, { nil: null }) }), { nil: null }),
  availability: fc.record({
    code: fc.constantFrom('available', 'off_hours', 'time_off', 'holiday', 'paused'),
    backAt: fc.option(moment, { nil: null }),
  }),
  manager: maybe,
  offers: counted(
    fc.record({
      ...homeRow,
      expiresAt: fc.option(moment, { nil: null }),
      offerees: fc.integer({ min: 1, max: 200 }),
      pool: fc.option(named, { nil: null }),
    }),
    10,
  ),
  leads: counted(
    fc.record({ ...homeRow, since: moment, written: fc.constantFrom('none', 'pending', 'done', 'refused') }),
    15,
  ),
  pools: fc.array(
    fc.record({
      id: fc.string(),
      name: nasty,
      weight: fc.integer({ min: 1, max: 1_000_000 }),
      totalWeight: fc.integer({ min: 1_000_000, max: 1e9 }),
      lag: fc.double({ min: -5000, max: 5000, noNaN: true }),
      received: fc.integer({ min: -3, max: 1e6 }),
    }),
    { maxLength: 40 },
  ),
});
const contact = fc.record({
  user: fc.option(fc.constant('U0ADMIN'), { nil: null }),
  channel: fc.option(fc.oneof(fc.constant('C0ADMIN'), nasty), { nil: null }),
});

describe('a Home', () => {
  test('is a valid view of at most 100 blocks, whatever there is', () => {
    fc.assert(
      fc.property(home, contact, (one, who) => {
        const view = homeView(one, who);
        checkView(view);
        expect(view.blocks.length).toBeLessThanOrEqual(100);
        expect(Buffer.byteLength(JSON.stringify(view))).toBeLessThan(250_000);
      }),
      { numRuns: 200 },
    );
  }, 60_000);

  test('holds no link or mention but our own, and ids alone in its buttons', () => {
    const ours = /^<(!date\^\d+\^\{date_short_pretty\} at \{time\}\|[^<>]+|@U0ADMIN|#C0ADMIN)>$/;
    fc.assert(
      fc.property(home, contact, (one, who) => {
        const { blocks } = homeView(one, who);
        const shown = blocks.filter((block) => block.type === 'section' || block.type === 'context');
        for (const control of controls(shown.map((block) => ({ ...block, accessory: undefined }))))
          expect(control).toMatch(ours);
        const values = blocks
          .flatMap((block) => ('elements' in block ? (block.elements as object[]) : []))
          .flatMap((element) => ('value' in element ? [element.value] : []));
        for (const value of values) expect(value).toBe('asg_01hx');
      }),
      { numRuns: 200 },
    );
  }, 60_000);

  test('says how somebody stands in plain words with the figure', () => {
    const standing = (lag: number, weight = 1, totalWeight = 4): string =>
      JSON.stringify(
        homeStandings({ pools: [{ id: 'p', name: 'P', weight, totalWeight, lag, received: 1 }] }),
      );
    expect(standing(0.83)).toContain('*You are owed 0.8 of a lead*');
    expect(standing(0.97)).toContain('*You are owed 1 lead*');
    expect(standing(-1.44)).toContain('*You are 1.4 leads ahead*');
    expect(standing(0.01)).toContain('*You are level*');
    expect(standing(0)).toContain(
      'Your share is 1 of 4, or 25 of every 100 leads. 1 has come to you so far.',
    );
    expect(standing(0, 4, 4)).toContain('You are alone here');
  });

  test('welcomes who is no rep, and its forms are valid', () => {
    fc.assert(
      fc.property(contact, fc.integer({ min: 1.7e12, max: 4e12 }), nasty, (who, now, text) => {
        checkView(welcome(who));
        checkView(awayModal(now));
        checkView(
          noticeModal(claimRefusal({ ok: false, code: 'claimed_by_other', winner: { id: 'x', name: text } })),
        );
      }),
    );
  });

  test('takes only ids of Slack for a contact', () => {
    expect(contactOf({ alertUser: '<!channel>', alertChannel: 'C123' })).toEqual({
      user: null,
      channel: 'C123',
    });
    expect(contactOf({ alertUser: 'U123', alertChannel: 7 })).toEqual({ user: 'U123', channel: null });
    expect(contactText({ user: null, channel: '#lead-alerts' }, null)).toBe(
      'Questions? Ask in *#lead-alerts*',
    );
  });
});

describe('a reminder', () => {
  test('is valid, short and holds no markup of the lead’s', () => {
    fc.assert(
      fc.property(card, moment, (one, expiresAt) => {
        const { text, blocks } = reminder({ ...one, expiresAt });
        checkBlocks(blocks);
        expect(text.length).toBeLessThan(1000);
        expect(text).not.toMatch(/[<>]/);
        for (const control of controls(blocks)) expect(control).toMatch(/^<!date\^\d+\^[^<>]+>$/);
      }),
    );
  });

  test('comes as the last quarter begins: at least a minute and at most an hour before the end', () => {
    const inMinutes = (minutes: number, claimWithin = minutes): number | null => {
      const at = reminderAt({ startedAt: 0, endsAt: minutes * 60_000, claimWithin: claimWithin * 60_000 });
      return at === null ? null : at / 60_000;
    };
    expect(inMinutes(2.9)).toBeNull();
    expect(inMinutes(3)).toBe(2);
    expect(inMinutes(10)).toBe(7.5);
    expect(inMinutes(24 * 60)).toBe(23 * 60);
    expect(inMinutes(800, 20)).toBe(795);
  });
});

describe('a command', () => {
  test.each([
    ['', { kind: 'help' }],
    ['help', { kind: 'help' }],
    ['what is this?', { kind: 'help' }],
    [' Away ', { kind: 'away', forMs: null }],
    ['away 90m', { kind: 'away', forMs: 5_400_000 }],
    ['away 3 hours', { kind: 'away', forMs: 10_800_000 }],
    ['away 2d', { kind: 'away', forMs: 172_800_000 }],
    ['away 0h', { kind: 'unclear' }],
    ['away soon', { kind: 'unclear' }],
    ['back', { kind: 'back' }],
  ])('%j is read', (typed, read) => {
    expect(readCommand(typed)).toEqual(read);
  });
});
