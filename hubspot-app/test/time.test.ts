import { expect, test } from 'vitest';
import type { CandidateCode } from '../../server/routing/decision.ts';
import { createRequestIds } from '../src/app/cards/state/request-ids.ts';
import { nextLook } from '../src/app/cards/state/use-next-look.ts';
import { messages } from '../src/app/cards/wording/messages.ts';
import { moment, readerOf, timeLeft } from '../src/app/cards/wording/time.ts';
import { NOW, samples } from './support/sample-cards.ts';

const now = Date.parse(NOW);
const after = (ms: number) => new Date(now + ms).toISOString();

test.each([
  [0, null],
  [-1, null],
  [1, '1 s'],
  [119_000, '119 s'],
  [120_000, '2 min'],
  [120_001, '3 min'],
  [3_599_999, '60 min'],
  [3_600_000, '1 h'],
  [5_400_000, '1 h 30 min'],
])('%i ms are left: %s', (ms, said) => {
  expect(timeLeft(after(ms), now)).toBe(said);
});

test.each([
  ['en-us', 'Europe/Berlin', '16:04'],
  ['de', 'Europe/Berlin', '16:04'],
  ['en-gb', 'Asia/Kolkata', '20:34'],
  ['en-us', 'Pacific/Auckland', '04:04'],
])('a reader of %s in %s', (locale, timezone, said) => {
  expect(moment(NOW, now, { locale, timezone })).toBe(said);
});

test('whether it is today is judged in the reader’s zone', () => {
  const late = '2026-11-25T02:30:00Z';
  expect(moment(late, now, { locale: 'en-gb', timezone: 'America/New_York' })).toBe('21:30');
  expect(moment(late, now, { locale: 'en-gb', timezone: 'UTC' })).toBe('25 Nov, 02:30');
});

test.each([
  ['en-us', 'en-US'],
  ['pt_BR', 'pt-BR'],
  ['not a locale', 'en'],
  [undefined, 'en'],
])('HubSpot’s locale %s is %s', (given, locale) => {
  expect(readerOf(given).locale).toBe(locale);
});

test('the card looks again when an offer ends, a waiting lead is tried, or an owner is on its way', () => {
  expect(nextLook(samples.offeredToMe, now)).toBe(6 * 60_000 + 2_000);
  expect(nextLook(samples.waiting, now)).toBe(17 * 3_600_000 + 56 * 60_000 + 2_000);
  expect(nextLook(samples.ownerPending, now)).toBe(5_000);
});

test('it does not when nothing is to come, or only in days', () => {
  for (const card of [samples.assigned, samples.closed, samples.neverRouted, samples.clockNotStarted])
    expect(nextLook(card, now)).toBeNull();
  expect(nextLook(samples.waiting, now - 10 * 24 * 3_600_000)).toBeNull();
});

test('an offer that is over is looked at at once', () => {
  expect(nextLook(samples.offeredToMe, now + 3_600_000)).toBe(2_000);
});

test('one deed has one id until it was answered; another deed has another', () => {
  let next = 0;
  const ids = createRequestIds(() => `id${++next}`);
  expect(ids.of('a', { kind: 'claim' })).toBe('id1');
  expect(ids.of('a', { kind: 'claim' })).toBe('id1');
  expect(ids.of('a', { kind: 'decline', reason: 'other' })).toBe('id2');
  expect(ids.of('b', { kind: 'decline', reason: 'other' })).toBe('id3');
  ids.forget();
  expect(ids.of('b', { kind: 'decline', reason: 'other' })).toBe('id4');
});

test('every code a candidate can have has its word', () => {
  const words: Readonly<Record<CandidateCode, string>> = messages.codes;
  expect(Object.values(words).every((word) => word.length > 3)).toBe(true);
});
