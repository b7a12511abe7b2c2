import fc from 'fast-check';
import type { OfferCard, PersonView, SlaNotice } from '../../server/assignments/views.ts';

/** What people and forms put into fields: nothing, noise, markup, mentions, right-to-left, joined emoji, 10,000 characters. */
export const nasty = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '',
    ' ',
    '\u0000\u200f',
    '<!channel>',
    '<@U1> & <https://evil.example|click>',
    '@here *bold* _it_ ~no~ `code` ```x```',
    'שלום עולם',
    '\u202eevil\u202c',
    '👩‍👩‍👧‍👦'.repeat(900),
    '&'.repeat(10_000),
    'x'.repeat(10_000),
    '\ud800',
    'e\u0301'.repeat(5_000),
  ),
);
export const maybe = fc.option(nasty, { nil: null });

export const person: fc.Arbitrary<PersonView> = fc.record({
  name: maybe,
  company: maybe,
  email: fc.oneof(maybe, fc.emailAddress()),
  phone: fc.oneof(maybe, fc.constant('+1 (415) 555-0100')),
  source: maybe,
  message: maybe,
  url: fc.oneof(maybe, fc.webUrl(), fc.constant('javascript:alert(1)')),
});
export const named = fc.record({ id: fc.constantFrom('dana', 'sam'), name: nasty });

export const card: fc.Arbitrary<OfferCard> = fc.record({
  tenantId: fc.constant('ten_1'),
  assignmentId: fc.constant('asg_01hx'),
  version: fc.nat(),
  state: fc.constantFrom('offered', 'assigned', 'waiting', 'in_queue', 'closed'),
  broadcast: fc.boolean(),
  offeredTo: fc.array(named, { maxLength: 3 }),
  rep: fc.option(named, { nil: null }),
  yours: fc.constantFrom('declined', 'missed', null),
  person: fc.option(person, { nil: null }),
  why: nasty,
  rule: fc.option(named, { nil: null }),
  pool: fc.option(named, { nil: null }),
  expiresAt: fc.option(fc.integer({ min: 0, max: 4e12 }), { nil: null }),
  timezone: fc.oneof(fc.constant('Asia/Tokyo'), nasty),
  written: fc.constantFrom('none', 'pending', 'done', 'refused'),
  remedy: maybe,
  crm: fc.oneof(maybe, fc.constant('hubspot')),
});

export const slaNotice: fc.Arbitrary<SlaNotice> = fc.record({
  card,
  name: nasty,
  until: fc.constantFrom('claimed', 'first_activity', 'condition'),
  dueAt: fc.option(fc.integer({ min: 0, max: 4e12 }), { nil: null }),
  reps: fc.array(named, { maxLength: 3 }),
  ended: fc.constantFrom(null, 'met', 'closed', 'moved', 'reassigned', 'given', 'log_only'),
});

/** Every `<…>` that Slack would act on. */
export const controls = (value: unknown): string[] => JSON.stringify(value).match(/<[^>]*>/g) ?? [];
