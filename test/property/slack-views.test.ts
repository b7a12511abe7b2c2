import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkBlocks, checkView } from '../../sandbox/slack/block-kit/validate.ts';
import { alertMessage } from '../../slack/views/alert-message.ts';
import { declineModal, declineNotice } from '../../slack/views/decline-modal.ts';
import { help } from '../../slack/views/help.ts';
import { movedCard, offerCard } from '../../slack/views/offer-card.ts';
import { claimRefusal } from '../../slack/views/outcome-text.ts';
import { slaMessage } from '../../slack/views/sla-message.ts';
import { fitText, inline, mrkdwnSafe } from '../../slack/views/text.ts';
import { card, controls, nasty, slaNotice } from './slack-arbitraries.ts';

describe('a card', () => {
  test('is valid Block Kit, whatever the lead holds', () => {
    fc.assert(
      fc.property(card, fc.constantFrom('dana', 'sam'), (one, rep) => {
        for (const message of [offerCard(one, rep), movedCard(one)]) {
          checkBlocks(message.blocks);
          expect(message.text.length).toBeGreaterThan(0);
          expect(message.text.length).toBeLessThan(4000);
          expect(JSON.stringify(message.metadata).length).toBeLessThan(300);
        }
      }),
      { numRuns: 400 },
    );
  }, 60_000);

  test('holds no link or mention but our own', () => {
    const ours =
      /^<(mailto:[^|<>\s]+\|[^<>]+|tel:\+?\d+\|[^<>]+|!date\^\d+\^\{date_short_pretty\} at \{time\}\|[^<>]+)>$/;
    fc.assert(
      fc.property(card, (one) => {
        const message = offerCard(one, 'dana');
        const isMarked = (block: object): boolean =>
          !JSON.stringify(block).includes('"plain_text"') || JSON.stringify(block).includes('"mrkdwn"');
        const marked = message.blocks.filter(isMarked);
        for (const control of controls(marked)) expect(control).toMatch(ours);
        expect(message.text).not.toMatch(/[<>]/);
      }),
      { numRuns: 400 },
    );
  }, 60_000);

  test('keeps personal data out of what it leaves behind: metadata and button values', () => {
    fc.assert(
      fc.property(card, (one) => {
        const { blocks, metadata } = offerCard(one, 'dana');
        const values = blocks
          .flatMap((block) => (block.type === 'actions' ? block.elements : []))
          .flatMap((element) => ('value' in element ? [element.value] : []));
        expect(metadata).toEqual({
          event_type: 'fairlead_card',
          event_payload: { assignment: 'asg_01hx', version: one.version },
        });
        for (const value of values) expect(value).toBe('asg_01hx');
      }),
    );
  });

  test('has buttons to answer for offerees alone', () => {
    fc.assert(
      fc.property(card, (one) => {
        const open = one.state === 'offered' && one.offeredTo.some((rep) => rep.id === 'dana');
        expect(JSON.stringify(offerCard(one, 'dana').blocks).includes('lead_claim')).toBe(open);
      }),
    );
  });
});

describe('a text', () => {
  test('is cut to its limit between characters, never inside an entity or a pair', () => {
    fc.assert(
      fc.property(nasty, fc.integer({ min: 1, max: 200 }), (text, limit) => {
        const cut = fitText(text.toWellFormed(), limit, mrkdwnSafe);
        expect(cut.length).toBeLessThanOrEqual(limit);
        expect(cut.isWellFormed()).toBe(true);
        expect(cut.replace(/&(amp|lt|gt);/g, '')).not.toMatch(/[&<>]/);
      }),
    );
  });

  test('on one line shows what it says: markup is marked as none', () => {
    expect(inline('<!channel> & co', 100)).toBe('&lt;!channel&gt; &amp; co');
    expect(inline('*a* john_doe _b_ `c`', 100)).toBe(
      '\u2060*a\u2060* john_doe \u2060_b\u2060_ \u2060`c\u2060`',
    );
    expect(inline('a\nb\u2028c\u202ed', 100)).toBe('a b cd');
    expect(inline('x'.repeat(20), 5)).toBe('xxxx…');
  });
});

test('modals, help, alerts and refusals are valid too', () => {
  checkView(declineModal({ assignmentId: 'asg_1', channel: 'D1' }));
  checkBlocks(help().blocks);
  fc.assert(
    fc.property(nasty, (text) => {
      checkBlocks(alertMessage({ text }).blocks);
      checkView(
        declineNotice(claimRefusal({ ok: false, code: 'claimed_by_other', winner: { id: 'x', name: text } })),
      );
    }),
  );
});

test('a message about an SLA is valid Block Kit, holds no link or mention but our own, and no personal data beside it', () => {
  const reader = fc.record({
    repId: fc.constantFrom('dana', 'sam'),
    to: fc.constantFrom('rep', 'manager'),
    now: fc.integer({ min: 0, max: 4e12 }),
  });
  fc.assert(
    fc.property(slaNotice, reader, (notice, one) => {
      const { blocks, text, metadata } = slaMessage(notice, one);
      checkBlocks(blocks);
      expect(text.length).toBeLessThan(4000);
      expect(text).not.toMatch(/[<>]/);
      for (const control of controls(blocks.filter(({ type }) => type === 'section')))
        expect(control).toMatch(/^<!date\^\d+\^\{date_short_pretty\} at \{time\}\|[^<>]+>$/);
      expect(metadata.event_payload).toEqual({ assignment: 'asg_01hx', version: notice.card.version });
    }),
    { numRuns: 400 },
  );
}, 60_000);
