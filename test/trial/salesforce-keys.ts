import { until } from '../support/until.ts';
import { openWorld, type World } from '../support/world.ts';
import { inspect } from './inspect.ts';
import { ALL_DAY } from './policies.ts';
import { makeLeads, nothingPending } from './salesforce.ts';
import type { Trial } from './trial.ts';

/**
 * One lead through two Flows at once, each tried twice with its request id, the API and an edit that a poll sees: one
 * decision. Then the first request once more: the same answer.
 */
export const salesforceKeys: Trial = async ({ times, databaseUrl }) => {
  const world = await openWorld({
    reps: 12,
    policy: ALL_DAY,
    salesforce: true,
    ...(databaseUrl ? { databaseUrl } : {}),
  });
  const findings: string[] = [];
  try {
    const ids = makeLeads(world, times);
    for (const id of ids) findings.push(...(await everyWayAtOnce(world, id)));
    await until('every owner was looked at', () => nothingPending(world));
    await world.service().stop();
    findings.push(...(await inspect(world.dataDir, databaseUrl)).findings);
  } finally {
    await world.close();
  }
  return findings;
};

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly decisions: readonly { readonly id: string; readonly ownerId: string }[];
}

/** Asks as Apex does; the same lead twice in one call. */
export const askAsApex = async (world: World, id: string, requestId: string): Promise<Answer> => {
  const org = world.sandbox.salesforce.org();
  const answer = await fetch(`${world.service().url}/salesforce/decisions`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${org.fairleadCredential}`,
      'content-type': 'application/json',
      'x-fairlead-org': org.id,
      'x-fairlead-request': requestId,
    },
    body: JSON.stringify({
      records: [
        { id, objectType: 'Lead' },
        { id: id.slice(0, 15), objectType: 'Lead' },
      ],
    }),
  });
  const text = await answer.text();
  return { status: answer.status, text, decisions: answer.ok ? JSON.parse(text).decisions : [] };
};

async function everyWayAtOnce(world: World, id: string): Promise<readonly string[]> {
  const record = { connection: world.salesforceConnection, objectType: 'lead', recordId: id };
  const [api, ...answers] = await Promise.all([
    world.api<{ id: string }>('POST', '/api/v1/leads', { record, fields: {} }),
    askAsApex(world, id, `${id}-a`),
    askAsApex(world, id, `${id}-a`),
    askAsApex(world, id, `${id}-b`),
    Promise.resolve(world.sandbox.salesforce.update({ id, values: { Title: 'Buyer' } })),
  ]);
  const asked = answers.filter((answer) => answer !== undefined);
  const again = await askAsApex(world, id, `${id}-a`);
  const said = [...asked, again].flatMap(({ decisions }) => decisions);
  const decisions = new Set([api.id, ...said.map((one) => one.id)]);
  const owners = new Set(said.map(({ ownerId }) => ownerId));
  return decisions.size === 1 && owners.size === 1 && said.length === 8
    ? []
    : [
        `${id}: several answers: ${[...decisions].join(', ')}; owners ${[...owners].join(', ')} ${again.text}`,
      ];
}
