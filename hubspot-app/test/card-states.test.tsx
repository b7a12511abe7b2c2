import {
  Alert,
  Button,
  EmptyState,
  ErrorState,
  Heading,
  Icon,
  LoadingButton,
  LoadingSpinner,
  StatusTag,
} from '@hubspot/ui-extensions';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answers, refuses, renderCard } from './support/render-card.tsx';
import { NOW, samples } from './support/sample-cards.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(NOW), toFake: ['Date', 'setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const shown = async (card: (typeof samples)[keyof typeof samples]) => {
  const rendered = renderCard([answers(card)]);
  await rendered.waitFor(() => rendered.find(StatusTag));
  return rendered;
};

test('while the service is asked, it says so', () => {
  const { find } = renderCard([null]);
  expect(find(LoadingSpinner).props.label).toBe('Asking Fairlead');
});

test('a record nobody decided about says how it would be', async () => {
  const { find, waitFor, text } = renderCard([answers(samples.neverRouted)]);
  await waitFor(() => find(EmptyState));
  expect(text()).toContain('Not routed yet');
  expect(text()).toContain('when it matches the intake');
});

test.each([
  ['assigned', 'Assigned', 'success', 'Dana Whitfield has the lead.'],
  ['offeredToMe', 'Offered to you', 'warning', 'Offered to Dana Whitfield.'],
  [
    'offeredToOthers',
    'Offered',
    'info',
    'Offered to Dana Whitfield and Jo Brandt: the first to claim has it.',
  ],
  ['waiting', 'Waiting', 'warning', 'Waits until somebody in Enterprise is at work.'],
  ['inQueue', 'In queue', 'default', 'In the queue Inbound holding.'],
  ['closed', 'Closed', 'default', 'Closed: it is no longer open work in the CRM.'],
  ['notRouted', 'Not routed', 'default', 'Not routed: the record has an owner already.'],
] as const)('%s stands as %s', async (name, label, variant, headline) => {
  const { find } = await shown(samples[name]);
  expect(find(StatusTag).text).toBe(label);
  expect(find(StatusTag).props.variant).toBe(variant);
  expect(find(Heading).text).toBe(headline);
});

test('it says why, who else was considered, which rules were tried and what happened', async () => {
  const { text, findAll } = await shown(samples.assigned);
  expect(text()).toContain('the pool owed her 0.62 of a lead');
  expect(text()).toContain('Who could have had it (5)');
  expect(text()).toContain('Away until 1 December, 09:00 Stockholm.');
  expect(text()).toContain('Rules tried (3)');
  expect(text()).toContain('language is English, needs German.');
  expect(text()).toContain('employees is 1,200, at least 1,000.');
  expect(findAll(Icon).map(({ props }) => props.screenReaderText)).toEqual(
    expect.arrayContaining(['Passed over', 'Matched']),
  );
  expect(text()).toContain('Jo Brandt declined: not my area.');
  expect(text()).toContain('As of 15:04, policy 3');
});

test('the latest comes first in what happened', async () => {
  const { text } = await shown(samples.assigned);
  expect(text().indexOf('The CRM shows the owner.')).toBeLessThan(text().indexOf('Offered to Jo Brandt.'));
});

test('an offer says how long it stands, and that it has ended', async () => {
  const { waitFor, text } = await shown(samples.offeredToMe);
  expect(text()).toContain('6 min left, until 15:10');
  await vi.waitFor(() => expect(vi.getTimerCount()).toBe(1));
  vi.advanceTimersByTime(5 * 60_000);
  await waitFor(() => expect(text()).toContain('60 s left'));
  vi.advanceTimersByTime(60_000);
  await waitFor(() => expect(text()).toContain('The offer ran until 15:10.'));
});

test('an offer that has not arrived has no clock yet', async () => {
  const { text } = await shown(samples.clockNotStarted);
  expect(text()).toContain('The clock starts when the offer has arrived.');
});

test('a waiting lead says when it is looked at again, with the day when that is another', async () => {
  const { text } = await shown(samples.waiting);
  expect(text()).toContain('Looked at again Nov 25, 09:00');
});

test('a refused owner says what to do', async () => {
  const { find } = await shown(samples.writeRefused);
  const alert = find(Alert);
  expect(alert.props).toMatchObject({ title: 'HubSpot refused the owner', variant: 'danger' });
  expect(alert.text).toContain('Give her one, then retry in Fairlead.');
});

test('an owner on its way says so', async () => {
  expect((await shown(samples.ownerPending)).text()).toContain('The owner is on its way to HubSpot.');
});

test('a tenant that only looks is told that nothing is written', async () => {
  const { find } = await shown(samples.logOnly);
  expect(find(Alert).props.title).toBe('Log only');
});

test('what is missing leaves no empty place behind', async () => {
  const { text, maybeFind } = await shown(samples.missing);
  expect(text()).not.toMatch(/\(0\)|undefined|null/);
  expect(maybeFind(LoadingButton, { variant: 'primary' })).toBeNull();
});

const TROUBLES = [
  ['no answer', new Error('timeout'), 'Fairlead does not answer'],
  ['down', new Response('<html>', { status: 503 }), 'Fairlead does not answer'],
  ['a body nobody can read', new Response('{', { status: 200 }), 'Fairlead answered something'],
  ['a card of another shape', Response.json({ ok: true, card: {} }), 'Fairlead answered something'],
  [
    'an unknown account',
    refuses('unknown_portal', 'Connect this account.'),
    'This HubSpot account is not connected',
  ],
  [
    'an account nobody connected',
    Response.json({ code: 'not_found', detail: 'Connect this HubSpot account.' }, { status: 404 }),
    'This HubSpot account is not connected',
  ],
  [
    'an unknown person',
    Response.json({ code: 'unknown_user' }, { status: 403 }),
    'Fairlead does not know you',
  ],
  ['signed out', Response.json({}, { status: 401 }), 'Fairlead does not know you'],
  [
    'a wrong secret',
    Response.json({ code: 'invalid_signature' }, { status: 401 }),
    'Fairlead did not accept the request',
  ],
  ['too many', Response.json({}, { status: 429 }), 'Too many requests'],
  [
    'HubSpot’s envelope',
    Response.json({ category: 'BAD_GATEWAY', context: { appServerStatusCode: ['503'] } }, { status: 400 }),
    'Fairlead does not answer',
  ],
] as const;

test.each(TROUBLES)('%s is told, with a way to try again', async (_, reply, title) => {
  const { find, waitFor, text } = renderCard([reply, answers(samples.assigned)]);
  await waitFor(() => expect(find(ErrorState).props.title).toContain(title));
  find(ErrorState).find(Button).trigger('onClick');
  await waitFor(() => expect(text()).toContain('Dana Whitfield has the lead.'));
});

test('a project uploaded without the address says so', () => {
  const { find } = renderCard([null], {});
  expect(find(ErrorState).props.title).toBe('The address of Fairlead is missing');
});
