import { openWorld, orgUser, type World } from '../support/world.ts';
import { inspect } from './inspect.ts';
import { ALL_DAY } from './policies.ts';
import { makeLeads, nothingPending } from './salesforce.ts';
import { type Trial, until } from './trial.ts';

const REPS = 12;
const CALLERS = 8;
const PER_CALL = 5;

/** What happened outside the service, to hold it against what it remembers. */
interface Witness {
  readonly acknowledged: Map<string, string>;
  /** Lead → the owner a person chose last. */
  readonly choices: Map<string, string>;
  readonly leads: string[];
  readonly findings: string[];
}

/**
 * The service is killed at random moments while Apex asks and asks again with the same request id, and people give leads
 * to others. Nothing acknowledged may be lost, nobody's choice overwritten, and nothing written twice.
 */
export const salesforceCrash: Trial = async ({ times, databaseUrl }) => {
  const world = await openWorld({
    reps: REPS,
    // Whom no message reaches gets a task with each lead.
    policy: ALL_DAY,
    salesforce: true,
    ...(databaseUrl ? { databaseUrl } : {}),
  });
  world.sandbox.salesforce.flow.set({ retries: 0, timeoutMs: 10_000 });
  const witness: Witness = { acknowledged: new Map(), choices: new Map(), leads: [], findings: [] };
  const running = { on: true };
  try {
    const load = [
      ...Array.from({ length: CALLERS }, (_, caller) => sendLeads(world, witness, running, caller)),
      changeOwners(world, witness, running),
    ];
    for (let round = 0; round < times; round++) {
      await pause(50 + Math.random() * 1_500);
      await world.service().kill();
      await world.restart();
      process.stderr.write(`\rkilled ${round + 1} times`);
    }
    running.on = false;
    await Promise.all(load);
    await until('nothing is left to write', () => nothingPending(world), 300_000);
    // A choice made last is seen by the next look.
    await pause(12_000);
    await until('nothing is left to write', () => nothingPending(world), 300_000);
    await world.service().stop();
    return [...witness.findings, ...(await compare(world, witness, databaseUrl))];
  } finally {
    running.on = false;
    await world.close();
  }
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** As Apex does: leads are made, a request asks about them, and asks again with the same id until it is answered. */
async function sendLeads(
  world: World,
  witness: Witness,
  running: { on: boolean },
  caller: number,
): Promise<void> {
  for (let n = 0; running.on; n++) {
    const ids = makeLeads(world, PER_CALL);
    const requestId = `crash-${caller}-${n}`;
    for (;;) {
      const run = await world.sandbox.salesforce.flow.ask({ ids, requestId });
      if (run.error === null) {
        for (const { record, outcome, error } of run.rows) {
          if (error !== null) witness.findings.push(`${record}: ${outcome} ${error}`);
          const decision = world.sandbox.salesforce.org().tables.get('Assignment_Decision__c');
          const kept = [...(decision?.values() ?? [])].find((row) => row.Lead__c === record);
          if (kept) witness.acknowledged.set(record, String(kept.Decision_Id__c));
        }
        break;
      }
      // A refusal would be one again; what was not answered is asked again.
      if (/HTTP 4/.test(run.error)) {
        witness.findings.push(`${requestId} was answered ${run.error}`);
        break;
      }
      await pause(20);
    }
    witness.leads.push(...ids);
  }
}

/** A person gives a lead that has an owner to somebody else, now and then. */
async function changeOwners(world: World, witness: Witness, running: { on: boolean }): Promise<void> {
  const users = Array.from({ length: REPS }, (_, index) => orgUser(world, `rep.${index}@example.com`));
  while (running.on) {
    await pause(25);
    const id = witness.leads[Math.floor(Math.random() * witness.leads.length)];
    if (id === undefined) continue;
    const present = String(world.sandbox.salesforce.record({ id }).OwnerId);
    const wanted = users[Math.floor(Math.random() * REPS)]!;
    if (!users.includes(present) || present === wanted) continue;
    world.sandbox.salesforce.changeOwner({ id, ownerId: wanted, by: 'rep.0@example.com' });
    witness.choices.set(id, wanted);
  }
}

async function compare(world: World, witness: Witness, databaseUrl?: string): Promise<readonly string[]> {
  const { decisions, findings } = await inspect(world.dataDir, databaseUrl);
  const owner = (id: string) => world.sandbox.salesforce.record({ id }).OwnerId;
  const lost = [...witness.acknowledged].filter(([, decision]) => !decisions.has(decision));
  const overwritten = [...witness.choices].filter(([id, wanted]) => owner(id) !== wanted);
  const rows = [...(world.sandbox.salesforce.org().tables.get('Assignment_Decision__c')?.values() ?? [])];
  const twice = rows.length - new Set(rows.map((row) => row.Decision_Id__c)).size;
  const texts = [...(world.sandbox.salesforce.org().tables.get('Task')?.values() ?? [])].map((row) =>
    String(row.Description),
  );
  const marks = texts.map((text) => text.split('\n').at(-1));
  console.log(
    `\n${witness.acknowledged.size} leads acknowledged, ${decisions.size} decisions stored, ${witness.choices.size} leads given away by people, ${texts.length} tasks`,
  );
  return [
    ...findings,
    ...lost.map(([id, decision]) => `lost: ${id} was acknowledged with ${decision}`),
    ...overwritten.map(
      ([id, wanted]) => `overwritten: a person gave ${id} to ${wanted}, it is ${owner(id)}'s`,
    ),
    ...(twice > 0 ? [`${twice} decisions were kept twice`] : []),
    ...(new Set(marks).size === marks.length
      ? []
      : [`${marks.length - new Set(marks).size} tasks were made twice`]),
  ];
}
