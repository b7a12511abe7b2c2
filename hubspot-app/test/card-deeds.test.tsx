import {
  Alert,
  Button,
  ErrorState,
  LoadingButton,
  Select,
  StatusTag,
  TextArea,
  ToggleGroup,
} from '@hubspot/ui-extensions';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answers, type Reply, refuses, renderCard } from './support/render-card.tsx';
import { NOW, samples } from './support/sample-cards.ts';

const REQUEST_ID = /^[a-z0-9]{8}-[a-z0-9]{6,}-[a-z0-9]{6,}$/;

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(NOW), toFake: ['Date'] });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const opened = async (...replies: readonly Reply[]) => {
  const rendered = renderCard(replies);
  await rendered.waitFor(() => rendered.find(StatusTag));
  const button = (text: string) =>
    rendered.maybeFind(LoadingButton, (node) => node.text === text) ??
    rendered.find(Button, (node) => node.text === text);
  return { ...rendered, button, press: (text: string) => button(text).trigger('onClick') };
};

test('it asks for the record that is open, and tells how the reader writes and where they live', async () => {
  const { requests } = await opened(answers(samples.assigned));
  const [{ url, method }] = requests() as [ReturnType<typeof requests>[0]];
  expect(method).toBe('GET');
  expect(`${url.origin}${url.pathname}`).toBe('https://fairlead.example.com/hubspot/assignments');
  expect(Object.fromEntries(url.searchParams)).toEqual({
    objectType: '0-1',
    objectId: '123',
    timezone: 'UTC',
    locale: 'en',
  });
});

test('a claim is sent once, shows, and refreshes the record', async () => {
  const { press, waitFor, find, requests, actions } = await opened(
    answers(samples.offeredToMe),
    answers(samples.assigned),
  );
  press('Claim');
  await waitFor(() => expect(find(StatusTag).text).toBe('Assigned'));
  const claim = requests()[1]!;
  expect(claim).toMatchObject({ method: 'POST', body: { requestId: expect.stringMatching(REQUEST_ID) } });
  expect(claim.url.pathname).toBe('/hubspot/assignments/asg_0001/claim');
  await vi.waitFor(() => expect(actions.addAlert.callCount).toBe(1));
  expect(actions.addAlert.calls[0]).toEqual([{ type: 'success', message: 'The lead is yours.' }]);
  expect(actions.refreshObjectProperties.callCount).toBe(1);
});

test('while a claim is on its way nothing else can be pressed', async () => {
  const { press, waitFor, button } = await opened(answers(samples.offeredToMe), null);
  press('Claim');
  await waitFor(() => expect(button('Claim').props).toMatchObject({ loading: true, disabled: true }));
  expect(button('Decline').props.disabled).toBe(true);
});

test('somebody was faster: it says who, and shows how the lead stands now', async () => {
  const { press, waitFor, find, actions } = await opened(
    answers(samples.offeredToMe),
    refuses('taken', 'Sam Okafor claimed it first.', samples.assigned),
  );
  press('Claim');
  await waitFor(() => expect(find(Alert).text).toBe('Sam Okafor claimed it first.'));
  expect(find(StatusTag).text).toBe('Assigned');
  expect(actions.addAlert.callCount).toBe(0);
});

test('an answer that got lost is asked for again under the same id', async () => {
  const { press, waitFor, find, requests, text } = await opened(
    answers(samples.offeredToMe),
    new Error('timeout'),
    answers(samples.assigned),
  );
  press('Claim');
  await waitFor(() => expect(find(Alert).props.title).toBe('Fairlead does not answer'));
  expect(text()).toContain('Shown as it was last known.');
  press('Claim');
  await waitFor(() => expect(find(StatusTag).text).toBe('Assigned'));
  const [first, second] = requests().slice(1);
  expect(second?.body).toEqual(first?.body);
});

test('a refused deed tried again is a new one', async () => {
  const { press, waitFor, find, requests, text } = await opened(
    answers(samples.offeredToMe),
    refuses('at_capacity', 'You have 8 of 8 leads today.', samples.offeredToMe),
    refuses('at_capacity', 'Still 8 of 8.', samples.offeredToMe),
  );
  press('Claim');
  await waitFor(() => expect(find(Alert).text).toContain('You have 8 of 8'));
  press('Claim');
  await waitFor(() => expect(text()).toContain('Still 8 of 8.'));
  const [first, second] = requests().slice(1);
  expect(second?.body).not.toEqual(first?.body);
});

test('declining asks for a reason, takes a note, and sends both', async () => {
  const { press, waitFor, find, requests, text, maybeFind } = await opened(
    answers(samples.offeredToMe),
    answers(samples.offeredToOthers),
  );
  press('Decline');
  await waitFor(() => find(ToggleGroup));
  expect(find(ToggleGroup).props.options.map(({ label }) => label)).toContain('A conflict of interest');
  press('Decline');
  await waitFor(() => expect(text()).toContain('Choose a reason.'));
  expect(requests()).toHaveLength(1);
  find(ToggleGroup).trigger('onChange', 'too_busy' as never);
  find(TextArea).trigger('onInput', ' In meetings. ' as never);
  await waitFor(() => expect(find(TextArea).props.value).toBe(' In meetings. ' as never));
  press('Decline');
  await waitFor(() => expect(maybeFind(ToggleGroup)).toBeNull());
  expect(requests()[1]).toMatchObject({
    method: 'POST',
    body: { reason: 'too_busy', note: 'In meetings.', requestId: expect.any(String) },
  });
  expect(requests()[1]?.url.pathname).toBe('/hubspot/assignments/asg_0001/decline');
});

test('declining can be thought better of', async () => {
  const { press, waitFor, find, maybeFind, requests } = await opened(answers(samples.offeredToMe));
  press('Decline');
  await waitFor(() => find(ToggleGroup));
  press('Cancel');
  await waitFor(() => expect(maybeFind(ToggleGroup)).toBeNull());
  expect(requests()).toHaveLength(1);
});

test('reassigning offers the reps the service names, and sends the chosen one', async () => {
  const { press, waitFor, find, requests, text, actions } = await opened(
    answers(samples.assigned),
    answers(samples.assigned),
  );
  press('Reassign');
  await waitFor(() => find(Select));
  expect(find(Select).props.options).toContainEqual({ label: 'Jo Brandt', value: 'jo' });
  press('Reassign');
  await waitFor(() => expect(text()).toContain('Choose a rep'));
  expect(requests()).toHaveLength(1);
  find(Select).trigger('onChange', 'jo' as never);
  await waitFor(() => expect(find(Select).props.value).toBe('jo'));
  press('Reassign');
  await vi.waitFor(() => expect(actions.addAlert.callCount).toBe(1));
  expect(actions.addAlert.calls[0]).toEqual([{ type: 'success', message: 'Given to Jo Brandt.' }]);
  expect(requests()[1]).toMatchObject({ body: { rep: 'jo' } });
});

test('a form keeps what was written when the service fails', async () => {
  const { press, waitFor, find } = await opened(
    answers(samples.offeredToMe),
    new Response('', { status: 502 }),
  );
  press('Decline');
  await waitFor(() => find(ToggleGroup));
  find(ToggleGroup).trigger('onChange', 'other' as never);
  find(TextArea).trigger('onInput', 'Long story' as never);
  await waitFor(() => expect(find(TextArea).props.value).toBe('Long story'));
  press('Decline');
  await waitFor(() => expect(find(Alert).props.title).toBe('Fairlead does not answer'));
  expect(find(TextArea).props.value).toBe('Long story');
});

test('refreshing reads the card again; failing to keeps what is known', async () => {
  const { press, waitFor, find, text, maybeFind } = await opened(
    answers(samples.offeredToOthers),
    new Error('offline'),
    answers(samples.assigned),
  );
  press('Refresh');
  await waitFor(() => expect(find(Alert).props.title).toBe('Fairlead does not answer'));
  expect(text()).toContain('the first to claim has it');
  expect(maybeFind(ErrorState)).toBeNull();
  press('Refresh');
  await waitFor(() => expect(find(StatusTag).text).toBe('Assigned'));
  expect(maybeFind(Alert)).toBeNull();
});

test('when the owner changes on the record, the card follows', async () => {
  const { waitFor, find, actions } = await opened(answers(samples.inQueue), answers(samples.assigned));
  const [properties, changed] = actions.onCrmPropertiesUpdate.calls[0]!;
  expect(properties).toEqual(['hubspot_owner_id']);
  changed({});
  await waitFor(() => expect(find(StatusTag).text).toBe('Assigned'));
});

test('who may do nothing sees no buttons but the one to refresh', async () => {
  const { findAll } = await opened(answers(samples.inQueue));
  expect(findAll(LoadingButton).map(({ text }) => text)).toEqual(['Refresh']);
});
