import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from '../../sandbox/create-sandbox.ts';
import { userNamed } from '../../sandbox/zoho/org.ts';
import { accessibilityProblems } from '../support/accessibility.ts';
import { pageForEachTest } from '../support/page-for-each-test.ts';
import { TEST_ACCOUNT } from '../support/sandbox-account.ts';
import { TEST_ENVIRONMENT } from '../support/sandbox-environment.ts';
import { TEST_ORG } from '../support/sandbox-zoho-org.ts';

let sandbox: Sandbox;
const browser = pageForEachTest();

beforeAll(async () => {
  sandbox = await createSandbox({
    port: 0,
    accounts: [TEST_ACCOUNT],
    environments: [TEST_ENVIRONMENT],
    zohoOrgs: [TEST_ORG],
    fairleadPublicUrl: 'https://leads.example.com',
  });
});
afterAll(() => sandbox?.close());

const REASON = [
  'Rule “Large companies” → pool Enterprise. Anna Rep was next in turn (owed 0.5 of a lead).',
  '',
  'Who else, and why not:',
  '• Ben Rep: back at Wed 09:00 London',
  '• נועה <b>לוי</b>: full: 20 of 20 open leads',
].join('\n');
const DECIDED = '2026-11-24T15:00:00Z';

/** A lead in each CRM, as Fairlead leaves it. */
const CRMS = {
  dynamics: {
    frame: /\/cards\/dynamics\/[^/]+\/WebResources\/panel\.html/,
    lead: () => sandbox.dynamics.create({ values: { subject: 'Interested', lastname: 'Lovelace' } }).id,
    decide: (id: string, reason = REASON) => {
      const anna = sandbox.dynamics
        .rows('systemuser')
        .find(({ values }) => values.internalemailaddress === 'anna@example.com')!;
      sandbox.dynamics.changeOwner({ id, ownerId: anna.id });
      sandbox.dynamics.update({
        id,
        values: {
          fairlead_reason: reason,
          fairlead_decision: 'dec_1',
          fairlead_rule: 'Large companies',
          fairlead_pool: 'Enterprise',
          fairlead_decidedat: DECIDED,
        },
      });
    },
  },
  zoho: {
    frame: /\/cards\/zoho\/[^/]+\/app\/widget\.html/,
    lead: () => sandbox.zoho.create({ values: { Last_Name: 'Lovelace' } }).id,
    decide: (id: string, reason = REASON) => {
      const anna = userNamed(sandbox.zoho.org(), 'anna@example.com')!;
      sandbox.zoho.changeOwner({ id, ownerId: anna.id });
      sandbox.zoho.update({
        id,
        values: {
          Fairlead_Reason: reason,
          Fairlead_Decision: 'dec_1',
          Fairlead_Rule: 'Large companies',
          Fairlead_Pool: 'Enterprise',
          Fairlead_Decided_At: `${DECIDED.slice(0, 19)}+00:00`,
        },
      });
    },
  },
} as const;

describe.each(['dynamics', 'zoho'] as const)('the panel in %s', (crm) => {
  const { frame, lead, decide } = CRMS[crm];
  const shown = async (): Promise<Frame> => {
    await expect.poll(() => browser.page.frame({ url: frame })).toBeTruthy();
    const panel = browser.page.frame({ url: frame })!;
    await panel.getByRole('heading', { name: 'Lead routing' }).waitFor();
    return panel;
  };
  const panelOn = async (id: string): Promise<Frame> => {
    await browser.page.goto(`${sandbox.url}/desk/${crm}/${id}`);
    return shown();
  };
  const picture = async (name: string): Promise<void> => {
    const folder = process.env.PANEL_PICTURES;
    if (folder) await browser.page.screenshot({ path: `${folder}/${crm}-${name}.png`, fullPage: true });
  };

  test('says who has the lead, why, who else and why not, and when in the reader’s zone', async () => {
    const id = lead();
    decide(id);
    const panel = await panelOn(id);
    await panel.getByText('was next in turn').waitFor();
    expect(await panel.locator('.owner').textContent()).toContain('Anna Rep');
    await panel.getByRole('heading', { name: 'Who else, and why not (2)' }).waitFor();
    expect(await panel.getByRole('listitem').allTextContents()).toEqual([
      'Ben Repback at Wed 09:00 London',
      // What a CRM's text says is text.
      'נועה <b>לוי</b>full: 20 of 20 open leads',
    ]);
    const time = panel.getByRole('definition').locator('time');
    expect(new Date((await time.getAttribute('datetime'))!).getTime()).toBe(Date.parse(DECIDED));
    const hour = await panel.evaluate(
      (at) => new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' }).format(new Date(at)),
      DECIDED,
    );
    expect(await time.textContent()).toContain(hour);
    const link = panel.getByRole('link', { name: 'Open in Fairlead' });
    expect(await link.getAttribute('href')).toBe('https://leads.example.com/decisions/dec_1');
    expect(await accessibilityProblems(panel)).toEqual([]);
    await picture('desk');
  });

  test('shows a few of many others, and all of them when asked with the keyboard', async () => {
    const id = lead();
    const many = Array.from({ length: 12 }, (_, index) => `• Rep ${index} (Enterprise): off hours`);
    decide(id, [REASON, ...many].join('\n'));
    const panel = await panelOn(id);
    const items = panel.getByRole('listitem');
    await panel.getByText('Show all 14').waitFor();
    await expect.poll(() => items.filter({ visible: true }).count()).toBe(5);
    await panel.locator('summary').press('Enter');
    await expect.poll(() => items.filter({ visible: true }).count()).toBe(14);
    // Whatever is opened, nothing of it is cut off.
    const hidden = () => panel.evaluate(() => document.documentElement.scrollHeight - window.innerHeight);
    await expect.poll(hidden).toBeLessThanOrEqual(0);
    await picture('many');
  });

  test('waits for the first decision and follows it', async () => {
    const id = lead();
    const panel = await panelOn(id);
    await panel.getByRole('heading', { name: 'Not routed yet' }).waitFor();
    expect(await accessibilityProblems(panel)).toEqual([]);
    decide(id);
    await expect
      .poll(() => browser.page.frame({ url: frame })?.locator('.owner').textContent())
      .toContain('Anna Rep');
  });

  test('is refreshed with the keyboard alone, and says aloud what changed', async () => {
    const id = lead();
    await panelOn(id);
    const alone = await browser.page.locator('iframe[data-card]').getAttribute('src');
    await browser.page.goto(sandbox.url + alone);
    const panel = await shown();
    await panel.getByRole('heading', { name: 'Not routed yet' }).waitFor();
    decide(id);
    await browser.page.keyboard.press('Tab');
    await panel.getByRole('button', { name: 'Refresh' }).press('Enter');
    await panel.getByRole('status').getByText('Anna Rep. Rule “Large companies”').waitFor();
    expect(await panel.locator('.owner').textContent()).toContain('Anna Rep');
  });

  test('on a phone nothing runs over the edge', async () => {
    await browser.page.setViewportSize({ width: 360, height: 740 });
    const id = lead();
    decide(id);
    const panel = await panelOn(id);
    await panel.getByText('was next in turn').waitFor();
    const over = await panel.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(over).toBeLessThanOrEqual(0);
    if (process.env.PANEL_PICTURES)
      await browser.page.screenshot({
        path: `${process.env.PANEL_PICTURES}/${crm}-phone.png`,
        fullPage: true,
      });
  });
});
