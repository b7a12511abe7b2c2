import { actionBody, callAction } from '../support/hubspot-action.ts';
import { until } from '../support/until.ts';
import { openWorld, type World } from '../support/world.ts';
import { inspect } from './inspect.ts';
import { ALL_DAY } from './policies.ts';
import { settle } from './settle.ts';
import type { Trial } from './trial.ts';

/**
 * One record through a webhook, two workflow actions, the API and an edit (which a poll would see) at the same moment: one
 * assignment, one charge. And the same callbackId twenty times: the same stored reply.
 */
export const keys: Trial = async ({ times, databaseUrl }) => {
  const world = await openWorld({ reps: 12, policy: ALL_DAY, ...(databaseUrl ? { databaseUrl } : {}) });
  const findings: string[] = [];
  try {
    for (let round = 0; round < times; round++) findings.push(...(await everyWayAtOnce(world, round)));
    findings.push(...(await sameCallback(world)));
    await settle(world);
    await world.service().stop();
    findings.push(...(await inspect(world.dataDir, databaseUrl)).findings);
  } finally {
    await world.close();
  }
  return findings;
};

async function everyWayAtOnce(world: World, round: number): Promise<readonly string[]> {
  const properties = { email: `lead${round}@example.org`, country: 'US', lifecyclestage: 'lead' };
  const { id } = world.sandbox.hubspot.create({ objectType: 'contacts', properties });
  const record = { connection: world.hubspotConnection, objectType: 'contact', recordId: id };
  const [first, second, api] = await Promise.all([
    callAction(world.service().url, actionBody(`keys-${round}-a`, id)),
    callAction(world.service().url, actionBody(`keys-${round}-b`, id)),
    world.api<{ id: string }>('POST', '/api/v1/leads', { record, fields: {} }),
    Promise.resolve(
      world.sandbox.hubspot.update({ objectType: 'contacts', id, properties: { jobtitle: 'Buyer' } }),
    ),
  ]);
  const decisions = new Set([first.outputs.decision, second.outputs.decision, api.id]);
  return decisions.size === 1 && !decisions.has(undefined)
    ? []
    : [`round ${round}: several answers: ${[...decisions].join(', ')} ${first.text} ${second.text}`];
}

async function sameCallback(world: World): Promise<readonly string[]> {
  const { id } = world.sandbox.hubspot.create({
    objectType: 'contacts',
    properties: { email: 'same@example.org', lifecyclestage: 'lead' },
  });
  const body = actionBody('keys-same', id);
  const answers = await Promise.all(Array.from({ length: 20 }, () => callAction(world.service().url, body)));
  await until('webhooks are through', () => world.sandbox.hubspot.webhooks.idle());
  const later = await callAction(world.service().url, body);
  const texts = new Set([...answers, later].map(({ text }) => text));
  return texts.size === 1
    ? []
    : [`the same callbackId got ${texts.size} different replies: ${[...texts].join(' | ')}`];
}
