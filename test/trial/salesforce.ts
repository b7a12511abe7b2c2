import { until } from '../support/until.ts';
import { INTEGRATION_EMAIL, openWorld, orgUser, repId, type World } from '../support/world.ts';
import { inspect } from './inspect.ts';
import { ALL_DAY } from './policies.ts';
import type { Trial } from './trial.ts';

const REPS = 12;
const BATCH = 200;
/** API calls a lead may cost the org, verification included. */
const MOST_CALLS_PER_LEAD = 0.05;
const TEN_MINUTES = 600_000;

/**
 * So many Salesforce leads, two hundred to an Apex call, into the running service, while the org has an assignment rule
 * of its own: every lead ends with the owner that was decided, and the org's API is hardly touched.
 */
export const salesforce: Trial = async ({ times, databaseUrl }) => {
  const world = await openWorld({
    reps: REPS,
    policy: ALL_DAY,
    salesforce: true,
    ...(databaseUrl ? { databaseUrl } : {}),
  });
  try {
    const native = orgUser(world, 'native@example.com');
    const ids = makeLeads(world, times);
    const rule = { name: 'Native', entries: [{ ownerId: native }] };
    world.sandbox.salesforce.setAutomation({ assignmentRule: rule });
    world.sandbox.salesforce.resetStats();
    const began = performance.now();
    const findings = await askAll(world, ids);
    const asked = performance.now() - began;
    await until('nothing is left to write', () => nothingPending(world), TEN_MINUTES);
    const { apiCalls, byKind } = world.sandbox.salesforce.stats();
    const perLead = apiCalls / ids.length;
    console.log(
      `${ids.length} leads decided in ${Math.round(asked / 1000)} s, ${apiCalls} API calls, ${perLead.toFixed(4)} a lead: ${JSON.stringify(byKind)}`,
    );
    if (perLead > MOST_CALLS_PER_LEAD) findings.push(`${perLead} API calls a lead`);
    findings.push(...checkOwners(world, ids, native));
    await world.service().stop();
    return [...findings, ...(await inspect(world.dataDir, databaseUrl)).findings];
  } finally {
    await world.close();
  }
};

const COUNTRIES = ['US', 'GB', 'DE', 'FR', 'IN'];

export const makeLeads = ({ sandbox }: World, count: number): readonly string[] =>
  Array.from(
    { length: count },
    (_, index) =>
      sandbox.salesforce.create({
        by: INTEGRATION_EMAIL,
        values: {
          LastName: `Lead ${index}`,
          Company: 'Company',
          Country: COUNTRIES[index % COUNTRIES.length]!,
        },
      }).Id,
  );

export const nothingPending = async (world: World): Promise<boolean> => {
  const { counts } = await world.api<{ counts: { deliveriesPending: number } }>('GET', '/api/v1/overview');
  return counts.deliveriesPending === 0;
};

const askAll = async ({ sandbox }: World, ids: readonly string[]): Promise<string[]> => {
  const findings: string[] = [];
  for (let from = 0; from < ids.length; from += BATCH) {
    const run = await sandbox.salesforce.flow.ask({ ids: ids.slice(from, from + BATCH) });
    if (run.error !== null) findings.push(`batch ${from}: ${run.error}`);
    for (const row of run.rows)
      if (row.outcome !== 'assigned' || row.error !== null)
        findings.push(`${row.record}: ${row.outcome} ${row.error}`);
  }
  return findings;
};

const checkOwners = (world: World, ids: readonly string[], native: string): readonly string[] => {
  const reps = new Map(
    Array.from({ length: REPS }, (_, index) => [orgUser(world, `rep.${index}@example.com`), repId(index)]),
  );
  const counts = new Map<string, number>();
  const findings: string[] = [];
  for (const id of ids) {
    const lead = world.sandbox.salesforce.record({ id });
    const rep = reps.get(String(lead.OwnerId));
    if (lead.OwnerId === native) findings.push(`${id} was given to somebody by the org's own rule`);
    else if (rep === undefined) findings.push(`${id} is owned by ${lead.OwnerId}`);
    else counts.set(rep, (counts.get(rep) ?? 0) + 1);
    if (!lead.Fairlead_Decision__c) findings.push(`${id} does not say why`);
  }
  const shares = [...counts.values()];
  if (Math.max(...shares) - Math.min(...shares) > 1) findings.push(`unfair: ${JSON.stringify([...counts])}`);
  return findings;
};
