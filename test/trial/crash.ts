import { actionBody, callAction } from '../support/hubspot-action.ts';
import { ownerId, PORTAL, type World } from '../support/world.ts';
import { killUnderLoad, pause, REPS, type Witness } from './kill-under-load.ts';
import { WITH_OFFERS } from './policies.ts';
import { settle } from './settle.ts';

const COUNTRIES = ['US', 'GB', 'DE', 'FR', 'IN', 'US', 'AU'];

/** As HubSpot does: a contact is made, the action called, and called again with the same callbackId until it is answered. */
async function ask(world: World, witness: Witness, callbackId: string): Promise<void> {
  const { id } = world.sandbox.hubspot.create({
    objectType: 'contacts',
    properties: {
      email: `${callbackId}@example.org`,
      country: COUNTRIES[witness.records.length % COUNTRIES.length]!,
      lifecyclestage: 'lead',
    },
  });
  witness.records.push(id);
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

const recordOf = (world: World, id: string) => world.sandbox.hubspot.record({ objectType: 'contacts', id });

const history = (world: World, id: string): string =>
  (recordOf(world, id).history.hubspot_owner_id ?? [])
    .map(({ value, source, at }) => `${value} by ${source.type} at ${at}`)
    .join(', ');

/** A delivery resumed after a crash must not be written twice: one write of ours per record and value, one task, one note. */
function repeated(world: World, witness: Witness): readonly string[] {
  const findings: string[] = [];
  for (const id of witness.records) {
    const ours = (recordOf(world, id).history.hubspot_owner_id ?? [])
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

/** HubSpot's workflow action, with offers going out in Slack. */
export const crash = killUnderLoad({
  // Slack's own limits would take an hour for what a minute of load makes.
  world: { policy: WITH_OFFERS, slack: true, slackLimited: false },
  callers: 16,
  ask,
  reps: () => Array.from({ length: REPS }, (_, index) => ownerId(index)),
  owner: (world, id) => recordOf(world, id).properties.hubspot_owner_id ?? '',
  history,
  give: (world, id, wanted) =>
    world.sandbox.hubspot.changeOwner({
      objectType: 'contacts',
      id,
      ownerId: wanted,
      by: 'rep.0@example.com',
    }),
  giveEveryMs: 15,
  // A push that met nobody comes again in minutes; a start looks through the CRM at once, and finds what it would tell.
  settle: async (world) => {
    await settle(world);
    await world.service().stop();
    await world.restart();
    await pause(10_000);
    await settle(world);
  },
  repeated,
});
