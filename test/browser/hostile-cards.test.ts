import type { Browser, Frame, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { bundleCard, type CardBundle } from '../../hubspot-app/preview/card-page.ts';
import type { RecordCard as HubspotCard } from '../../hubspot-app/src/app/cards/record-card.ts';
import { type CardFixture, look, openCardFixture } from '../../hubspot-app/test/support/card-fixture.ts';
import { createSandbox, type Sandbox } from '../../sandbox/create-sandbox.ts';
import { userNamed } from '../../sandbox/zoho/org.ts';
import type { RecordCard } from '../../server/assignments/views.ts';
import { panelData, panelFields } from '../../server/http/pipedrive/panel-data.ts';
import { plainLine } from '../../server/routing/render/plain-line.ts';
import {
  expectWordsOnly,
  HOSTILE_WORDS,
  type HostileWord,
  spoiltCard,
  watchPage,
} from '../support/attack/shown.ts';
import { openBrowser } from '../support/browser.ts';
import { openConsoleFixture } from '../support/console-fixture.ts';
import { openLwcPage } from '../support/lwc-page.ts';
import { AS_OF, RECORD_CARDS } from '../support/record-cards.ts';
import { TEST_ACCOUNT } from '../support/sandbox-account.ts';
import { TEST_ENVIRONMENT } from '../support/sandbox-environment.ts';
import { TEST_ORG } from '../support/sandbox-zoho-org.ts';
import { DANA, openSlackWorld, type SlackWorld } from '../support/slack-world.ts';

const WORDS = Object.keys(HOSTILE_WORDS) as HostileWord[];
const PICTURES = process.env.HOSTILE_PICTURES;
/** A loaded machine is slow. */
const PATIENCE = { timeout: 15_000 };
vi.setConfig({ testTimeout: 90_000 });
const NARROW = { width: 360, height: 900 };

let browser: Browser;
let page: Page | undefined;
const closing: (() => unknown)[] = [];
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());
afterEach(async () => {
  await page?.context().close();
  page = undefined;
  for (const close of closing.splice(0)) await close();
});

const openPage = async (viewport = NARROW): Promise<Page> => {
  page = await (await browser.newContext({ viewport, reducedMotion: 'reduce' })).newPage();
  return page;
};
const picture = async (shown: Page, name: string): Promise<void> => {
  if (PICTURES)
    await shown.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: !name.endsWith('-long') });
};

/** A word as the service tells it: marks are cut where it enters a sentence; else as it came, which is harder. */
const told = (word: HostileWord): string =>
  word === 'marks' ? plainLine(HOSTILE_WORDS[word]) : HOSTILE_WORDS[word];

/** The card with the most on it, and somebody to be told of. */
const cardOf = (word: HostileWord): RecordCard => {
  const { explanation } = RECORD_CARDS.assigned;
  const { standing } = RECORD_CARDS.writeRefused;
  const person = { name: '', company: '', email: '', phone: '', source: '', message: '', url: '' };
  const full: RecordCard = {
    ...RECORD_CARDS.writeRefused,
    standing,
    explanation: { ...explanation, person },
  };
  return spoiltCard(full, told(word));
};
/** Of the longest the beginning will do. */
const part = (word: HostileWord): string => told(word).slice(0, 40);

describe('HubSpot’s card', () => {
  let bundle: CardBundle;
  let fixture: CardFixture;
  beforeAll(async () => {
    bundle = await bundleCard();
  });

  test.each(WORDS)('full of %s shows words', async (word) => {
    fixture = await openCardFixture(bundle, cardOf(word) as HubspotCard);
    closing.push(() => fixture.close());
    const seen: string[] = [];
    page = await look(browser, fixture, {}, (text) => seen.push(text));
    const watched = watchPage(page);
    await page.getByRole('button', { name: 'Refresh' }).waitFor();
    for (const title of await page.locator('summary').all()) await title.click();
    await expectWordsOnly(page, watched, part(word));
    expect(seen).toEqual([]);
    await picture(page, `hubspot-${word}`);
  });
});

describe('Salesforce’s card', () => {
  test.each(WORDS)('full of %s shows words', async (word) => {
    const service = await openLwcPage();
    closing.push(() => service.close());
    service.answer({ body: JSON.stringify(cardOf(word)) });
    const opened = await openPage();
    const seen = watchPage(opened);
    await opened.clock.install({ time: new Date(AS_OF) });
    await opened.goto(service.url);
    await opened.locator('.as-of').waitFor();
    await expectWordsOnly(opened, seen, part(word));
    await picture(opened, `salesforce-${word}`);
  });

  test.each(WORDS)('full of %s as the org last knew it shows words', async (word) => {
    const service = await openLwcPage();
    closing.push(() => service.close());
    const said = told(word);
    service.answer({
      problem: 'unavailable',
      detail: said,
      stored: { reason: said, outcome: 'assigned', assignedName: said, rule: said, decidedAt: AS_OF },
    });
    const opened = await openPage();
    const seen = watchPage(opened);
    await opened.goto(service.url);
    await opened.locator('.stored').waitFor();
    await expectWordsOnly(opened, seen, part(word));
  });
});

describe('panels that read the record', () => {
  let sandbox: Sandbox;
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

  const CRMS = {
    dynamics: {
      frame: /\/cards\/dynamics\/[^/]+\/WebResources\/panel\.html/,
      decided: (reason: string, said: string) => {
        const { id } = sandbox.dynamics.create({ values: { subject: 'Interested', lastname: 'Lovelace' } });
        const anna = sandbox.dynamics
          .rows('systemuser')
          .find(({ values }) => values.internalemailaddress === 'anna@example.com')!;
        sandbox.dynamics.changeOwner({ id, ownerId: anna.id });
        const values = {
          fairlead_reason: reason,
          fairlead_decision: 'dec_1"><script>globalThis.fairleadRan=1</script>',
          fairlead_rule: said.slice(0, 255),
          fairlead_pool: said.slice(0, 255),
          fairlead_decidedat: AS_OF,
        };
        sandbox.dynamics.update({ id, values });
        return id;
      },
    },
    zoho: {
      frame: /\/cards\/zoho\/[^/]+\/app\/widget\.html/,
      decided: (reason: string, said: string) => {
        const { id } = sandbox.zoho.create({ values: { Last_Name: 'Lovelace' } });
        sandbox.zoho.changeOwner({ id, ownerId: userNamed(sandbox.zoho.org(), 'anna@example.com')!.id });
        const values = {
          Fairlead_Reason: reason,
          Fairlead_Decision: 'dec_1"><script>globalThis.fairleadRan=1</script>',
          Fairlead_Rule: said.slice(0, 255),
          Fairlead_Pool: said.slice(0, 255),
          Fairlead_Decided_At: `${AS_OF.slice(0, 19)}+00:00`,
        };
        sandbox.zoho.update({ id, values });
        return id;
      },
    },
  } as const;

  test.each((['dynamics', 'zoho'] as const).flatMap((crm) => WORDS.map((word) => [crm, word] as const)))(
    '%s full of %s shows words',
    async (crm, word) => {
      const said = told(word);
      const reason = [said, '', 'Who else, and why not:', `• ${said}: ${said}`].join('\n').slice(0, 30_000);
      const id = CRMS[crm].decided(crm === 'dynamics' ? reason.slice(0, 1_900) : reason, said);
      const opened = await openPage();
      const seen = watchPage(opened);
      await opened.goto(`${sandbox.url}/desk/${crm}/${id}`);
      // Told that the record changed, a panel loads itself anew: it is looked at once it stays.
      await vi.waitFor(async () => {
        const panel = opened.frame({ url: CRMS[crm].frame }) as Frame;
        await panel.getByRole('heading', { name: 'Why', exact: true }).waitFor();
        await expectWordsOnly(panel, seen, part(word));
      }, PATIENCE);
      await picture(opened, `${crm}-${word}`);
    },
  );
});

describe('Pipedrive’s panel', () => {
  // Pipedrive draws it itself, from fields of declared types: what can be wrong is a link, or a field it was not told of.
  test.each(WORDS)('full of %s is texts and no link', (word) => {
    const card = cardOf(word);
    const fields = panelFields.parse(panelData(card, 1));
    expect(fields).toMatchObject({ header: told(word), reason: told(word) });
    expect(fields.lead).toBeUndefined();
  });

  test('leads to a page of the web', () => {
    const { explanation } = cardOf('markup');
    const person = { ...explanation!.person!, url: 'https://crm.example/1' };
    const fields = panelData({ ...cardOf('markup'), explanation: { ...explanation!, person } }, 1);
    expect(fields).toMatchObject({ lead: { value: 'https://crm.example/1', label: HOSTILE_WORDS.markup } });
  });
});

describe('Slack', () => {
  let world: SlackWorld;
  beforeAll(async () => {
    world = await openSlackWorld();
  });
  afterAll(() => world?.close());

  test.each(WORDS)('a message full of %s shows words', async (word) => {
    const said = HOSTILE_WORDS[word];
    world.offers.offer(`asg_${word}`, [DANA], {
      person: {
        name: said,
        company: said,
        email: said,
        phone: said,
        source: said,
        message: said,
        url: HOSTILE_WORDS.address,
      },
      why: said,
      rule: { id: 'large', name: said },
      pool: { id: 'everyone', name: said },
      crm: said,
    });
    // Slack takes about one message a second in a channel, and says when it takes the next.
    await expect
      .poll(async () => (await world.card(`asg_${word}`, 'dana', 'U1')).outcome, PATIENCE)
      .toBe('done');
    const opened = await openPage({ width: 1000, height: 900 });
    const seen = watchPage(opened);
    await opened.goto(`${world.slackUrl}/slack?user=U1`);
    const shown = opened.locator('.message', { hasText: `asg_${word}` });
    await shown.waitFor(PATIENCE);
    await expectWordsOnly(opened, seen, part(word).slice(0, word === 'marks' ? 5 : 12));
    expect(await shown.getByRole('link').count()).toBe(0);
    await picture(opened, `slack-${word}`);
  });
});

describe('the console', () => {
  test.each(WORDS)('a lead full of %s shows words', async (word) => {
    const fixture = await openConsoleFixture(3);
    closing.push(() => fixture.close());
    const opened = await openPage({ width: 1280, height: 900 });
    const seen = watchPage(opened);
    await opened.route('**/api/v1/decisions/*/explanation*', async (route) => {
      const reply = await route.fetch();
      await route.fulfill({ json: spoiltCard(await reply.json(), told(word)) });
    });
    await opened.goto(`${fixture.url}/decisions/dec_00000002`);
    await opened.getByRole('dialog').getByText('What happened').waitFor();
    await expectWordsOnly(opened, seen, part(word));
    await picture(opened, `console-${word}`);
  });
});
