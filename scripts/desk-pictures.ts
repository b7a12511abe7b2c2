import type { Browser } from 'playwright-core';
import { routeNewContacts } from '../test/support/route-new-contacts.ts';
import { openWorld, PORTAL, type World } from '../test/support/world.ts';

interface DeskPicture {
  readonly name: string;
  /** Makes the record, about which the CRM asks; the path of its page. */
  readonly prepare: (world: World) => Promise<string>;
}

const REPS = [
  ['dana', 'Dana Whitfield', 'America/New_York'],
  ['marcus', 'Marcus Okafor', 'America/New_York'],
  ['imogen', 'Imogen Hartley', 'Europe/London'],
  ['priya', 'Priya Raman', 'Asia/Kolkata'],
].map(([id = '', name = '', timezone = '']) => ({
  id,
  name,
  email: `${id}@example.com`,
  timezone,
  teams: ['all'],
}));

const POLICY = {
  fairlead: 1,
  name: 'Inbound leads',
  timezone: 'America/New_York',
  fields: {
    country: { type: 'country', hubspot: 'contact.country', salesforce: 'Lead.Country' },
    employees: { type: 'number', hubspot: 'contact.numemployees', salesforce: 'Lead.NumberOfEmployees' },
  },
  queues: [{ id: 'holding', name: 'Inbound holding', salesforce: 'Holding' }],
  pools: [
    {
      id: 'enterprise',
      name: 'Enterprise',
      members: [
        { rep: 'dana', weight: 2 },
        { rep: 'marcus', weight: 2 },
        { rep: 'imogen', weight: 1 },
        { rep: 'priya', weight: 1 },
      ],
      method: 'round_robin',
      availability: 'ignore',
    },
  ],
  rules: [
    {
      id: 'german',
      name: 'German-speaking countries',
      when: { field: 'country', op: 'in', value: ['DE', 'AT', 'CH'] },
      then: [{ pool: 'enterprise' }],
    },
    {
      id: 'large',
      name: 'Large companies',
      when: { field: 'employees', op: 'gte', value: 1000 },
      then: [
        {
          pool: 'enterprise',
          give: 'offer',
          claimWithin: 'PT15M',
          clock: 'elapsed',
          meanwhile: { queue: 'holding' },
        },
      ],
    },
  ],
  fallback: [{ pool: 'enterprise' }],
};

const MESSAGE = 'We compare lead routing tools for a team of 40. Could somebody call me this week?';

const PICTURES: readonly DeskPicture[] = [
  {
    name: 'desk-hubspot',
    prepare: async ({ sandbox }) => {
      const { id } = sandbox.hubspot.create({
        objectType: 'contacts',
        properties: {
          firstname: 'Amelia',
          lastname: 'Hughes',
          email: 'amelia@copperfield.example',
          company: 'Copperfield Capital',
          jobtitle: 'Head of Sales',
          country: 'United Kingdom',
          numemployees: '2400',
          lifecyclestage: 'lead',
          message: MESSAGE,
        },
      });
      return `/desk/contacts/${id}`;
    },
  },
  {
    name: 'desk-salesforce',
    prepare: async ({ sandbox }) => {
      const { Id } = sandbox.salesforce.create({
        values: {
          FirstName: 'Jack',
          LastName: 'Papadopoulos',
          Email: 'jack@kestrel.example',
          Company: 'Kestrel Freight',
          Title: 'Operations Manager',
          Country: 'Australia',
          NumberOfEmployees: 1850,
          Description: MESSAGE,
        },
      });
      await sandbox.salesforce.flow.ask({ ids: [Id] });
      return `/desk/salesforce/${Id}`;
    },
  },
];

interface Offer {
  readonly outcome: string;
  readonly person: { readonly name: string | null } | null;
  readonly rep?: { readonly id: string } | null;
}

/** Whom the newest lead is offered to, once it is. */
const offeredTo = async (world: World, before: number): Promise<string> => {
  for (;;) {
    const { items } = await world.api<{ items: readonly Offer[] }>('GET', '/api/v1/decisions');
    const rep = items.length > before ? items[0]?.rep?.id : undefined;
    if (rep) return rep;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};

async function draw(browser: Browser, world: World, folder: string, picture: DeskPicture, drawn: number) {
  const path = await picture.prepare(world);
  const rep = await offeredTo(world, drawn);
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
  });
  await context.addCookies([
    { name: 'desk_as', value: `${rep}@example.com`, url: `${world.sandbox.url}/desk` },
  ]);
  const page = await context.newPage();
  await page.goto(world.sandbox.url + path);
  const card = page.frameLocator('[data-card]');
  await card.getByRole('button', { name: 'Claim' }).waitFor({ timeout: 120_000 });
  await page.screenshot({ path: `${folder}/${picture.name}.png` });
  await context.close();
  console.log(`docs/pictures/${picture.name}.png`);
}

/** The switches of the HubSpot stand-in with two of them on. */
async function drawSwitches(browser: Browser, { sandbox }: World, folder: string): Promise<void> {
  const { faults, webhooks } = sandbox.hubspot;
  faults.add({ kind: '429', times: 10 });
  webhooks.switches.set({ drop: 0.25 });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${sandbox.url}/desk/hubspot/switches`);
  await page.screenshot({ path: `${folder}/desk-switches.png` });
  await page.close();
  console.log('docs/pictures/desk-switches.png');
}

/** Draws a record page of each CRM with its card, as the rep sees it to whom the lead is offered, and the switches. */
export async function drawDeskPictures(browser: Browser, folder: string): Promise<void> {
  const world = await openWorld({
    name: 'Harbour Software',
    reps: REPS,
    policy: POLICY,
    slack: true,
    salesforce: true,
  });
  const properties = [
    'email',
    'firstname',
    'lastname',
    'company',
    'country',
    'numemployees',
    'hubspot_owner_id',
  ];
  world.sandbox.hubspot.workflows.define(PORTAL, [routeNewContacts(properties)]);
  try {
    for (const [drawn, picture] of PICTURES.entries()) await draw(browser, world, folder, picture, drawn);
    await drawSwitches(browser, world, folder);
  } finally {
    await world.close();
  }
}
