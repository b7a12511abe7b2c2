/**
 * The public sales data set through the running service: accounts become HubSpot companies, opportunities contacts, and every
 * one ends with an owner in HubSpot. The data lies outside the repository: docs/real-history.md.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { type PipelineLead, pipelineLeads } from '../../examples/sales-pipeline/convert.ts';
import type { Overview } from '../../server/assignments/queries.ts';
import { actionBody, callAction } from '../support/hubspot-action.ts';
import { until } from '../support/until.ts';
import { openWorld, PORTAL, type World, type WorldRep } from '../support/world.ts';
import { inspect } from './inspect.ts';
import type { Trial } from './trial.ts';

const POLICY = fileURLToPath(new URL('../../examples/sales-pipeline/policy.yaml', import.meta.url));
const FOLDER =
  process.env.SALES_PIPELINE ??
  fileURLToPath(new URL('../../../shared/data/crm-sales-opportunities', import.meta.url));
const CALLERS = 100;
const TEN_MINUTES = 600_000;

/** `times` is how many opportunities to send, oldest first. */
export const history: Trial = async ({ times, databaseUrl }) => {
  const { reps, ...policy } = parse(readFileSync(POLICY, 'utf8')) as { reps: WorldRep[] };
  const world = await openWorld({ reps, policy, ...(databaseUrl ? { databaseUrl } : {}) });
  try {
    await defineProperties(world);
    const leads = pipelineLeads(FOLDER).slice(0, times);
    const contacts = createRecords(world, leads);
    const refused = await callAll(world, contacts);
    await until(
      'every owner is written',
      async () => (await overview(world)).counts.deliveriesPending === 0,
      TEN_MINUTES,
    );
    report(world, contacts, await overview(world));
    const ownerless = contacts.filter((id) => !ownerOf(world, id));
    await world.service().stop();
    const { findings } = await inspect(world.dataDir, databaseUrl);
    return [...refused, ...ownerless.map((id) => `contact ${id} has no owner`), ...findings];
  } finally {
    await world.close();
  }
};

const overview = (world: World): Promise<Overview> => world.api<Overview>('GET', '/api/v1/overview');

const ownerOf = (world: World, id: string): string | undefined =>
  world.sandbox.hubspot.record({ objectType: 'contacts', id }).properties.hubspot_owner_id;

/** The properties this company would have made in its HubSpot. */
async function defineProperties(world: World): Promise<void> {
  const { token } = world.sandbox.hubspot.install(PORTAL);
  const wanted = [
    ['companies', 'sector', 'string', 'companyinformation'],
    ['contacts', 'product', 'string', 'contactinformation'],
    ['contacts', 'product_value', 'number', 'contactinformation'],
  ] as const;
  for (const [objectType, name, type, groupName] of wanted) {
    const answer = await fetch(`${world.sandbox.url}/hubspot/crm/properties/2026-03/${objectType}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        name,
        label: name,
        type,
        fieldType: type === 'number' ? 'number' : 'text',
        groupName,
      }),
    });
    if (!answer.ok) throw new Error(`HubSpot refused the property ${name}: ${await answer.text()}`);
  }
}

const known = (values: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));

/** A company per account, a contact per opportunity; one without an account stays alone. */
function createRecords(world: World, leads: readonly PipelineLead[]): readonly string[] {
  const { hubspot } = world.sandbox;
  const companies = new Map<string, string>();
  return leads.map((lead) => {
    if (lead.company && !companies.has(lead.company)) {
      const properties = known({
        name: lead.company,
        sector: lead.sector,
        numberofemployees: lead.employees,
        country: lead.country,
      });
      companies.set(lead.company, hubspot.create({ objectType: 'companies', properties }).id);
    }
    const company = companies.get(lead.company);
    return hubspot.create({
      objectType: 'contacts',
      properties: known({
        email: `${lead.id.toLowerCase()}@example.org`,
        lastname: lead.id,
        lifecyclestage: 'lead',
        product: lead.product,
        product_value: lead.product_value,
      }),
      ...(company ? { associations: [{ objectType: 'companies', id: company }] } : {}),
    }).id;
  });
}

async function callAll(world: World, contacts: readonly string[]): Promise<readonly string[]> {
  const findings: string[] = [];
  let next = 0;
  const caller = async (): Promise<void> => {
    while (next < contacts.length) {
      const id = contacts[next++]!;
      const { outputs, text } = await callAction(world.service().url, actionBody(`history-${id}`, id));
      if (outputs.outcome !== 'assigned' && outputs.errorCode !== 'late')
        findings.push(`contact ${id}: ${text}`);
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
  return findings;
}

function report(world: World, contacts: readonly string[], { pools }: Overview): void {
  const owned = contacts.filter((id) => ownerOf(world, id)).length;
  console.log(`${owned} of ${contacts.length} contacts have an owner in HubSpot`);
  for (const { id, members, worstLag } of pools) {
    const received = members.reduce((sum, member) => sum + member.received, 0);
    console.log(`  ${id}: ${received} leads, worst lag ${Math.abs(worstLag).toFixed(3)}`);
  }
}
