import type { Browser } from 'playwright-core';
import type { HomeLead, HomeOffer } from '../server/assignments/rep-home.ts';
import { personNamed } from '../test/support/slack-offers.ts';
import { DANA, openSlackWorld } from '../test/support/slack-world.ts';

const MINUTE = 60_000;
const HUBSPOT = { crm: 'hubspot' } as const;
const ENTERPRISE = { id: 'enterprise', name: 'Enterprise' };

const offers = (now: number): readonly HomeOffer[] => [
  {
    ...HUBSPOT,
    assignmentId: 'asg_1',
    person: personNamed('Ada Lovelace', 'Analytical Engines'),
    expiresAt: now + 8.5 * MINUTE,
    offerees: 1,
    pool: ENTERPRISE,
  },
  {
    ...HUBSPOT,
    assignmentId: 'asg_2',
    person: personNamed('Grace Hopper', 'Compilers & Sons'),
    expiresAt: now + 74.5 * MINUTE,
    offerees: 3,
    pool: { id: 'on-call', name: 'On call' },
  },
];

const leads = (now: number): readonly HomeLead[] => [
  {
    ...HUBSPOT,
    assignmentId: 'asg_3',
    person: personNamed('Mary Somerville', 'Connexion Ltd'),
    since: now - 9 * MINUTE,
    written: 'pending',
  },
  {
    ...HUBSPOT,
    assignmentId: 'asg_4',
    person: personNamed('Sofia Kovalevskaya', 'Partial Differential'),
    since: now - 200 * MINUTE,
    written: 'done',
  },
  {
    ...HUBSPOT,
    assignmentId: 'asg_5',
    person: personNamed('Emmy Noether', 'Invariants GmbH'),
    since: now - 3 * 24 * 60 * MINUTE,
    written: 'done',
  },
];

const pools = [
  { ...ENTERPRISE, weight: 2, totalWeight: 7, lag: 0.8, received: 41 },
  { id: 'everyone', name: 'Everyone', weight: 1, totalWeight: 9, lag: -0.4, received: 17 },
];

/** Draws the Home tab on the stand-in's Slack page: as on a busy day, and with nothing to do while away. */
export const drawSlackPictures = async (browser: Browser, folder: string): Promise<void> => {
  const world = await openSlackWorld();
  const now = Date.now();
  world.settings.alertUser = 'U2';
  const busy = {
    offers: { total: 2, shown: offers(now) },
    leads: { total: 12, shown: leads(now) },
    pools,
  };
  const away = {
    away: { since: now - 30 * MINUTE, until: now + 26 * 60 * MINUTE },
    availability: { code: 'time_off', backAt: now + 26 * 60 * MINUTE } as const,
    pools: pools.map((one) => ({ ...one, lag: 0, received: 0 })),
  };
  for (const [name, home] of [
    ['slack-home', busy],
    ['slack-home-away', away],
  ] as const) {
    world.offers.home = home;
    const page = await browser.newPage({ viewport: { width: 1180, height: 1120 }, colorScheme: 'light' });
    await page.goto(`${world.slackUrl}/slack?user=U1&tab=home`);
    await page.getByRole('heading', { name: `Hello ${DANA.name}` }).waitFor();
    await page.screenshot({ path: `${folder}/${name}.png` });
    await page.close();
    console.log(`docs/pictures/${name}.png`);
  }
  await world.close();
};
