import { actionBody, callAction } from '../support/hubspot-action.ts';
import { openWorld, ownerId, PORTAL, type World } from '../support/world.ts';
import { inspect } from './inspect.ts';
import { WITH_OFFERS } from './policies.ts';
import { settle } from './settle.ts';
import type { Trial } from './trial.ts';

const REPS = 12;
const CALLERS = 16;
const COUNTRIES = ['US', 'GB', 'DE', 'FR', 'IN', 'US', 'AU'];

/** What happened outside the service, to hold it against what it remembers. */
interface Witness {
  /** callbackId → the decision that was acknowledged for it. */
  readonly acknowledged: Map<string, string>;
  /** Record → the owner a person chose last. */
  readonly choices: Map<string, string>;
  readonly records: string[];
  readonly findings: string[];
}

/**
 * The service is killed at random moments under load, also between a delivery's send and its mark, while people change owners.
 * Nothing acknowledged may be lost, and nobody's choice overwritten.
 */
export const crash: Trial = async ({ times, databaseUrl }) => {
  const world = await openWorld({
    reps: REPS,
    policy: WITH_OFFERS,
    slack: true,
    // Slack's own limits would take an hour for what a minute of load makes.
    slackLimited: false,
    ...(databaseUrl ? { databaseUrl } : {}),
  });
  const witness: Witness = { acknowledged: new Map(), choices: new Map(), records: [], findings: [] };
  const running = { on: true };
  try {
    const load = [
      ...Array.from({ length: CALLERS }, (_, caller) => sendLeads(world, witness, running, caller)),
      changeOwners(world, witness, running),
    ];
    for (let round = 0; round < times; round++) await killOnce(world, round);
    running.on = false;
    await Promise.all(load);
    await settle(world);
    await world.service().stop();
    return [...witness.findings, ...(await compare(world, witness, databaseUrl))];
  } finally {
    running.on = false;
    await world.close();
  }
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A random moment: mostly under full load, sometimes right after the start. */
async function killOnce(world: World, round: number): Promise<void> {
  await pause(50 + Math.random() * 1_500);
  await world.service().kill();
  await world.restart();
  process.stderr.write(`\rkilled ${round + 1} times`);
}

/** As HubSpot does: a contact is made, the action called, and called again with the same callbackId until it is answered. */
async function sendLeads(
  world: World,
  witness: Witness,
  running: { on: boolean },
  caller: number,
): Promise<void> {
  for (let n = 0; running.on; n++) {
    const callbackId = `crash-${caller}-${n}`;
    const { id } = world.sandbox.hubspot.create({
      objectType: 'contacts',
      properties: {
        email: `${callbackId}@example.org`,
        country: COUNTRIES[(caller + n) % COUNTRIES.length]!,
        lifecyclestage: 'lead',
      },
    });
    witness.records.push(id);
    await untilAcknowledged(world, witness, callbackId, id);
  }
}

async function untilAcknowledged(
  world: World,
  witness: Witness,
  callbackId: string,
  id: string,
): Promise<void> {
  for (;;) {
    const answer = await callAction(world.service().url, actionBody(callbackId, id)).catch(() => null);
    const decision = answer?.outputs.decision;
    if (decision) {
      witness.acknowledged.set(callbackId, decision);
      return;
    }
    if (answer && answer.status < 500 && answer.outputs.errorCode !== 'late') {
      witness.findings.push(`${callbackId} was answered ${answer.status} ${answer.text}`);
      return;
    }
    await pause(20);
  }
}

/** A person gives a record to somebody else, now and then, once it has an owner. */
async function changeOwners(world: World, witness: Witness, running: { on: boolean }): Promise<void> {
  while (running.on) {
    await pause(15);
    const id = witness.records[Math.floor(Math.random() * witness.records.length)];
    if (id === undefined) continue;
    const present =
      world.sandbox.hubspot.record({ objectType: 'contacts', id }).properties.hubspot_owner_id ?? '';
    const wanted = ownerId(Math.floor(Math.random() * REPS));
    if (present === '' || present === wanted) continue;
    world.sandbox.hubspot.changeOwner({
      objectType: 'contacts',
      id,
      ownerId: wanted,
      by: 'rep.0@example.com',
    });
    witness.choices.set(id, wanted);
  }
}

async function compare(world: World, witness: Witness, databaseUrl?: string): Promise<readonly string[]> {
  const { decisions, findings } = await inspect(world.dataDir, databaseUrl);
  const lost = [...witness.acknowledged].filter(([, decision]) => !decisions.has(decision));
  const overwritten = [...witness.choices].filter(
    ([id, wanted]) =>
      world.sandbox.hubspot.record({ objectType: 'contacts', id }).properties.hubspot_owner_id !== wanted,
  );
  console.log(
    `\n${witness.acknowledged.size} leads acknowledged, ${decisions.size} decisions stored, ${witness.choices.size} records reassigned by people`,
  );
  return [
    ...findings,
    ...lost.map(([callbackId, decision]) => `lost: ${callbackId} was acknowledged with ${decision}`),
    ...overwritten.map(
      ([id, wanted]) => `overwritten: a person gave ${id} to ${wanted}, ${history(world, id)}`,
    ),
    ...repeatedWrites(world, witness),
  ];
}

const history = (world: World, id: string): string =>
  (world.sandbox.hubspot.record({ objectType: 'contacts', id }).history.hubspot_owner_id ?? [])
    .map(({ value, source, at }) => `${value} by ${source.type} at ${at}`)
    .join(', ');

/** A delivery resumed after a crash must not be written twice: one write of ours per record and value, one task, one note. */
function repeatedWrites(world: World, witness: Witness): readonly string[] {
  const findings: string[] = [];
  for (const id of witness.records) {
    const { history: values } = world.sandbox.hubspot.record({ objectType: 'contacts', id });
    const ours = (values.hubspot_owner_id ?? [])
      .filter(({ source }) => source.type === 'INTEGRATION')
      .map(({ value }) => value);
    if (new Set(ours).size !== ours.length) findings.push(`written twice: ${history(world, id)}`);
  }
  const notes = [...world.sandbox.hubspot.portal(PORTAL).records.notes.values()].map(
    ({ properties }) => properties.hs_note_body ?? '',
  );
  if (new Set(notes).size !== notes.length)
    findings.push(`${notes.length - new Set(notes).size} notes were written twice`);
  return findings;
}
