import { actionBody, callAction } from '../support/hubspot-action.ts';
import { until } from '../support/until.ts';
import { INTEGRATION_EMAIL, openWorld, orgUser, type World } from '../support/world.ts';
import { inspect } from './inspect.ts';
import { ALL_DAY } from './policies.ts';
import { nothingPending } from './salesforce.ts';
import { askAsApex } from './salesforce-keys.ts';
import type { Trial } from './trial.ts';

const REPS = 12;
const POLICY = { ...ALL_DAY, crmOfRecord: 'salesforce' };

/**
 * A person synced between HubSpot and Salesforce, whichever record arrives first, or both at once, while HubSpot's own
 * sync carries owners back and forth: one decision, one charge, the same owner on both, and no owner written in a circle.
 */
export const twins: Trial = async ({ times, databaseUrl }) => {
  const world = await openWorld({
    reps: REPS,
    policy: POLICY,
    salesforce: true,
    ...(databaseUrl ? { databaseUrl } : {}),
  });
  const findings: string[] = [];
  try {
    world.sandbox.sync.set({ createLeads: false, createContacts: false });
    world.sandbox.sync.start(200);
    const pairs: Pair[] = [];
    for (let round = 0; round < times; round++) pairs.push(await arrive(world, round, findings));
    await until('nothing is left to write', () => nothingPending(world), 300_000);
    await until('the sync is through', () => world.sandbox.sync.waiting() === 0, 60_000);
    await until('HubSpot has sent every push', () => world.sandbox.hubspot.webhooks.idle(), 300_000);
    await until('nothing is left to write', () => nothingPending(world), 300_000);
    findings.push(...pairs.flatMap((pair) => compare(world, pair)));
    const { pools } = await world.api<{ pools: { members: { received: number }[] }[] }>(
      'GET',
      '/api/v1/overview',
    );
    const charged = pools.flatMap(({ members }) => members).reduce((sum, { received }) => sum + received, 0);
    console.log(`${times} pairs, ${charged} leads charged`);
    if (charged !== times) findings.push(`${charged} leads were charged for ${times} people`);
    await world.service().stop();
    const { decisions, findings: found } = await inspect(world.dataDir, databaseUrl);
    if (decisions.size !== times) findings.push(`${decisions.size} decisions for ${times} people`);
    return [...findings, ...found];
  } finally {
    await world.close();
  }
};

interface Pair {
  readonly round: number;
  readonly contact: string;
  readonly lead: string;
}

/** Contact first, lead first, both at once; linked by id, or known by the address alone. */
async function arrive(world: World, round: number, findings: string[]): Promise<Pair> {
  const { hubspot, salesforce } = world.sandbox;
  const email = `twin${round}@example.org`;
  const linked = round % 2 === 0;
  const makeLead = () =>
    salesforce.create({
      by: INTEGRATION_EMAIL,
      values: { LastName: `Twin ${round}`, Company: 'Company', Email: email, Country: 'US' },
    }).Id;
  const makeContact = (lead: string | null) =>
    hubspot.create({
      objectType: 'contacts',
      properties: { email, country: 'US', lifecyclestage: 'lead', ...(lead && { salesforceleadid: lead }) },
    }).id;
  const lead = makeLead();
  const contact = makeContact(linked ? lead : null);
  const byHubspot = async () =>
    (await callAction(world.service().url, actionBody(`twins-${round}`, contact))).outputs.decision;
  const bySalesforce = async () => (await askAsApex(world, lead, `twins-${round}`)).decisions[0]?.id;
  const order = round % 3;
  const said =
    order === 0
      ? [await byHubspot(), await bySalesforce()]
      : order === 1
        ? [await bySalesforce(), await byHubspot()]
        : await Promise.all([byHubspot(), bySalesforce()]);
  if (new Set(said).size !== 1 || said[0] === undefined)
    findings.push(`round ${round} (${order}): two answers: ${said.join(', ')}`);
  return { round, contact, lead };
}

function compare(world: World, { round, contact, lead }: Pair): readonly string[] {
  const findings: string[] = [];
  const { properties, history } = world.sandbox.hubspot.record({ objectType: 'contacts', id: contact });
  const ownerHere = emailOfOwner(world, properties.hubspot_owner_id ?? '');
  const ownerThere = [...Array(REPS).keys()]
    .map((index) => `rep.${index}@example.com`)
    .find((email) => orgUser(world, email) === world.sandbox.salesforce.record({ id: lead }).OwnerId);
  if (ownerHere === undefined || ownerHere !== ownerThere)
    findings.push(`round ${round}: owned by ${ownerHere} in HubSpot and ${ownerThere} in Salesforce`);
  const writes = (history.hubspot_owner_id ?? []).length;
  if (writes > 1)
    findings.push(
      `round ${round}: the contact's owner was written ${writes} times: ${(history.hubspot_owner_id ?? [])
        .map(({ value, source }) => `${value} by ${source.type}`)
        .join(', ')}`,
    );
  return findings;
}

const emailOfOwner = (_world: World, id: string): string | undefined =>
  id === '' ? undefined : `rep.${Number(id) - 41_629_000}@example.com`;
