import { until } from '../support/until.ts';
import { orgUser, type World } from '../support/world.ts';
import { killUnderLoad, pause, REPS, type Witness } from './kill-under-load.ts';
import { WITH_OFFERS } from './policies.ts';
import { makeLeads, nothingPending } from './salesforce.ts';

const PER_CALL = 5;
/** Whom no message reaches gets a task with each lead. */
const IN_SLACK = REPS / 2;

const rowsOf = ({ sandbox }: World, object: string) => [
  ...(sandbox.salesforce.org().tables.get(object)?.values() ?? []),
];

/** As Apex does: leads are made, a request asks about them, and asks again with the same id until it is answered. */
async function ask(world: World, witness: Witness, requestId: string): Promise<void> {
  const ids = makeLeads(world, PER_CALL);
  for (;;) {
    const run = await world.sandbox.salesforce.flow.ask({ ids, requestId });
    if (run.error === null) {
      const kept = new Map(rowsOf(world, 'Assignment_Decision__c').map((row) => [row.Lead__c, row]));
      for (const { record, outcome, error } of run.rows) {
        if (error !== null) witness.findings.push(`${record}: ${outcome} ${error}`);
        const row = kept.get(record);
        if (row) witness.acknowledged.set(record, String(row.Decision_Id__c));
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
  witness.records.push(...ids);
}

async function settle(world: World): Promise<void> {
  await until('nothing is left to write', () => nothingPending(world), 300_000);
  // A choice made last is seen by the next look.
  await pause(12_000);
  await until('nothing is left to write', () => nothingPending(world), 300_000);
}

function repeated(world: World): readonly string[] {
  const rows = rowsOf(world, 'Assignment_Decision__c');
  const twice = rows.length - new Set(rows.map((row) => row.Decision_Id__c)).size;
  const marks = rowsOf(world, 'Task').map((row) => String(row.Description).split('\n').at(-1));
  const tasksTwice = marks.length - new Set(marks).size;
  console.log(`${marks.length} tasks`);
  return [
    ...(twice > 0 ? [`${twice} decisions were kept twice`] : []),
    ...(tasksTwice > 0 ? [`${tasksTwice} tasks were made twice`] : []),
  ];
}

/** Apex that asks and asks again with the same request id; half of the reps are in Slack, as with HubSpot. */
export const salesforceCrash = killUnderLoad({
  world: { policy: WITH_OFFERS, salesforce: true, slack: IN_SLACK, slackLimited: false },
  prepare: (world) => world.sandbox.salesforce.flow.set({ retries: 0, timeoutMs: 10_000 }),
  callers: 8,
  ask,
  reps: (world) => Array.from({ length: REPS }, (_, index) => orgUser(world, `rep.${index}@example.com`)),
  owner: (world, id) => String(world.sandbox.salesforce.record({ id }).OwnerId),
  history: (world, id) =>
    rowsOf(world, 'LeadHistory')
      .filter(({ LeadId, Field }) => LeadId === id && Field === 'Owner')
      .map(({ NewValue, CreatedById, CreatedDate }) => `${NewValue} by ${CreatedById} at ${CreatedDate}`)
      .join(', '),
  give: (world, id, wanted) =>
    world.sandbox.salesforce.changeOwner({ id, ownerId: wanted, by: 'rep.0@example.com' }),
  giveEveryMs: 25,
  settle,
  repeated,
});
