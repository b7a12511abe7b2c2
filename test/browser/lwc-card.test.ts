import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { type LwcPage, openLwcPage } from '../support/lwc-page.ts';
import { AS_OF, RECORD_CARDS, type RecordCardName } from '../support/record-cards.ts';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const NARROW = 340;
const WIDE = 1000;

let browser: Browser;
let service: LwcPage;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  browser = await openBrowser();
  // The first page takes a compiler's start.
  await (await openLwcPage()).close();
});
afterAll(() => browser?.close());
beforeEach(() => {
  complaints = [];
});
afterEach(async () => {
  await page?.context().close();
  await service?.close();
});

const cardAnswer = (name: RecordCardName) => ({ body: JSON.stringify(RECORD_CARDS[name]) });
const actionAnswer = (card: RecordCardName, refusal?: string) => ({
  body: JSON.stringify({
    ok: refusal === undefined,
    card: RECORD_CARDS[card],
    ...(refusal === undefined ? {} : { error: { code: 'taken', detail: refusal } }),
  }),
});

interface Visit {
  readonly width?: number;
  readonly dir?: 'ltr' | 'rtl';
  readonly locale?: string;
  readonly prepare?: (service: LwcPage) => void;
}

/** Opens the page at the moment the samples were read, and waits until the card no longer loads. */
async function visit(
  card: RecordCardName | null,
  { width = NARROW, prepare, ...options }: Visit = {},
): Promise<void> {
  service = await openLwcPage(options);
  if (card) service.answer(cardAnswer(card));
  prepare?.(service);
  const context = await browser.newContext({ viewport: { width, height: 900 }, reducedMotion: 'reduce' });
  page = await context.newPage();
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.clock.install({ time: new Date(AS_OF) });
  await page.goto(service.url);
  await page.locator('article').waitFor();
}

const settled = () => page.locator('.as-of, c-fairlead-notice').first().waitFor();
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
const text = () => page.locator('main').textContent();

async function accessibilityProblems(): Promise<readonly string[]> {
  await page.addScriptTag({ path: AXE });
  return page.evaluate(async () => {
    type Axe = { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    const { violations } = await (window as unknown as { axe: Axe }).axe.run();
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
    );
  });
}

/** What has the focus, however deep in components, told by its class, label and text. */
const focused = () =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return [element?.className, element?.getAttribute('aria-label'), element?.textContent].join(' ');
  });

const overflow = () =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

const STATES: readonly (readonly [RecordCardName, readonly string[]])[] = [
  ['neverRouted', ['Not routed yet']],
  ['offeredToMe', ['Offered to you', '5 min 30 sec', 'Claim lead', 'Decline', 'Large companies']],
  ['offeredToOthers', ['Offered', 'Sam Okafor, Jo Brandt and 1 more', '1 min 35 sec']],
  [
    'assigned',
    ['Dana Whitfield', 'Assigned', 'Why', 'Off hours', 'Back at 09:00 in London.', 'What happened (5)'],
  ],
  ['assignedToManage', ['Reassign…']],
  ['waiting', ['Nobody yet', 'Waiting', 'Looked at again', 'in 18 hours']],
  ['inQueue', ['Inbound holding', 'In queue', 'No pool was asked']],
  ['closed', ['Closed', 'the lead was converted']],
  ['logOnly', ['Log only', 'wrote nothing']],
  ['writeRefused', ['Salesforce refused the new owner', 'Reactivate the user']],
  ['writePending', ['The owner is being written']],
  ['longNames', ['Wolfeschlegelsteinhausenbergerdorff', 'a code of next year', 'Show all 14']],
  ['missingData', ['Unknown', 'Who could have had it (0)']],
];

describe('each state, narrow and wide', () => {
  test.each(STATES)('%s', async (name, expected) => {
    await visit(name);
    await settled();
    for (const words of expected) expect(await text()).toContain(words);
    expect(await accessibilityProblems()).toEqual([]);
    expect(await overflow()).toBe(0);
    await page.setViewportSize({ width: WIDE, height: 900 });
    expect(await accessibilityProblems()).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('right to left', async () => {
    await visit('rightToLeft', { dir: 'rtl', locale: 'ar' });
    await settled();
    const face = await page.locator('c-fairlead-standing lightning-avatar').boundingBox();
    const name = await page.locator('c-fairlead-standing .name').boundingBox();
    expect(face!.x).toBeGreaterThan(name!.x);
    expect(await overflow()).toBe(0);
    expect(await accessibilityProblems()).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('two columns where there is room', async () => {
    await visit('assigned', { width: WIDE });
    await settled();
    const [left, right] = await page.locator('.column').all();
    expect((await right!.boundingBox())!.y).toBeCloseTo((await left!.boundingBox())!.y, 0);
    await page.setViewportSize({ width: NARROW, height: 900 });
    expect((await right!.boundingBox())!.y).toBeGreaterThan((await left!.boundingBox())!.y);
  });
});

describe('without the service', () => {
  const stored = {
    reason: 'Enterprise takes it; Dana was next in line.',
    outcome: 'assigned',
    assignedName: 'Dana Whitfield',
    rule: 'Large companies',
    decidedAt: '2026-11-23T15:00:00.000Z',
  };
  test.each([
    [
      'down, with the last stored reason',
      { problem: 'unavailable', detail: '', stored },
      ['cannot be reached', 'Dana was next in line.'],
    ],
    [
      'down, with nothing stored',
      { problem: 'unavailable', detail: '', stored: null },
      ['No earlier reason'],
    ],
    [
      'not connected',
      { problem: 'not_connected', detail: '' },
      ['does not accept this org', 'Named Credentials'],
    ],
    ['no access to the record', { problem: 'no_access', detail: '' }, ['You cannot see this record.']],
    ['switched off', { problem: 'off', detail: '' }, ['switched off in this org']],
  ])('%s', async (_what, answer, expected) => {
    await visit(null, { prepare: (to) => to.answer(answer) });
    await settled();
    for (const words of expected) expect(await text()).toContain(words);
    expect(await accessibilityProblems()).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('no permission set', async () => {
    const message = "You do not have access to the Apex class named 'FairleadCardController'.";
    await visit(null, { prepare: (to) => to.refuse(message) });
    await settled();
    expect(await text()).toContain('Ask an admin for the permission set Fairlead User.');
  });

  test('still loading', async () => {
    await visit(null, { prepare: (to) => to.stall() });
    expect(await page.locator('lightning-spinner').textContent()).toContain('Asking Fairlead');
    expect(await accessibilityProblems()).toEqual([]);
  });
});

describe('what a person does', () => {
  test('claims by keyboard: the outcome has the focus and is told', async () => {
    await visit('offeredToMe', { prepare: (to) => to.answer(actionAnswer('assigned'), 'claim') });
    await button('Claim lead').focus();
    await page.keyboard.press('Enter');
    await page.locator('.outcome').getByText('This lead is yours.').waitFor();
    expect(await focused()).toContain('outcome');
    expect(await button('Claim lead').count()).toBe(0);
    expect(service.calls.at(-1)).toMatchObject({
      method: 'claim',
      params: { recordId: '00Q000000000001AAA' },
    });
  });

  test('is told when somebody was faster', async () => {
    await visit('offeredToMe', {
      prepare: (to) => to.answer(actionAnswer('assigned', 'Sam Okafor was faster.'), 'claim'),
    });
    await button('Claim lead').click();
    await page.locator('.outcome').getByText('Sam Okafor was faster.').waitFor();
    expect(await accessibilityProblems()).toEqual([]);
  });

  test('declines with a reason; without one the form asks for it', async () => {
    await visit('offeredToMe', { prepare: (to) => to.answer(actionAnswer('waiting'), 'decline') });
    await button('Decline').click();
    await button('Decline lead').click();
    await page.getByText('Complete this field.').waitFor();
    expect(service.calls.map(({ method }) => method)).toEqual(['getCard']);
    expect(await accessibilityProblems()).toEqual([]);
    await page.getByText('Too busy').click();
    await page.getByLabel('Note').fill('until Monday');
    await button('Decline lead').click();
    await page.getByText('Fairlead decides afresh without you.').waitFor();
    expect(service.calls.at(-1)!.params).toMatchObject({ reason: 'too_busy', note: 'until Monday' });
  });

  test('closes the form with Escape and is back where they were', async () => {
    await visit('offeredToMe');
    await button('Decline').click();
    await page.getByLabel('Note').focus();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('c-fairlead-decline').count()).toBe(0);
    expect(await focused()).toContain('Decline');
  });

  test('reassigns by keyboard', async () => {
    await visit('assignedToManage', { prepare: (to) => to.answer(actionAnswer('assigned'), 'reassign') });
    await button('Reassign…').click();
    await expect.poll(focused).toContain('Give this lead to');
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: 'Sam Okafor' }).waitFor();
    expect(await accessibilityProblems()).toEqual([]);
    await page.getByRole('option', { name: 'Sam Okafor' }).click();
    await button('Reassign').click();
    await page.getByText('Reassigned.').waitFor();
    expect(service.calls.at(-1)!.params).toMatchObject({ rep: 'sam' });
  });

  test('watches the time run out: said aloud at five minutes, at one and at the end, then asked again', async () => {
    await visit('offeredToMe');
    await settled();
    const aloud = page.locator('[data-aloud]');
    await page.clock.runFor(29_000);
    expect(await aloud.textContent()).toBe('');
    await page.clock.runFor(3_000);
    await expect.poll(() => aloud.textContent()).toBe('5 min 0 sec left to claim this lead.');
    await page.clock.runFor(240_000);
    await expect.poll(() => aloud.textContent()).toBe('1 min 0 sec left to claim this lead.');
    service.answer(cardAnswer('waiting'));
    await page.clock.runFor(60_000);
    await page.getByText('Nobody yet').waitFor();
    expect(await aloud.textContent()).toBe('The time to claim this lead is up.');
  });

  test('reads the rules and the history, in their own zone', async () => {
    await visit('assigned');
    await settled();
    await button(/Rules tried/).click();
    await button(/What happened/).click();
    await page.getByText('No account of yours matches').waitFor();
    expect(await page.locator('c-fairlead-history li').first().textContent()).toContain('Nov 23, 4:01:12 PM');
    expect(await accessibilityProblems()).toEqual([]);
  });
});
