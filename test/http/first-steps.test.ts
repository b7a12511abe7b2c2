import { afterAll, beforeAll, expect, test } from 'vitest';
import { grantHubSpot } from '../../examples/sample-company/grants/hubspot.ts';
import type { FoundPeople } from '../../server/assignments/first-steps/found-people.ts';
import type { FirstPolicy } from '../../server/assignments/first-steps/propose-first-policy.ts';
import type { ComparisonView } from '../../server/assignments/first-steps/read-comparison.ts';
import type { Steps } from '../../server/assignments/first-steps/read-steps.ts';
import { type OwnedDatabase, openTestDatabase } from '../support/databases.ts';
import { type FirstStepsWorld, openFirstStepsWorld } from '../support/first-steps-world.ts';
import { until } from '../support/until.ts';

let database: OwnedDatabase;
let world: FirstStepsWorld;
let connection: string;

beforeAll(async () => {
  database = await openTestDatabase('postgresql');
  world = await openFirstStepsWorld(database.storage);
  const granted = await grantHubSpot({
    apiUrl: `${world.sandbox.url}/hubspot`,
    authorizeUrl: `${world.sandbox.url}/hubspot/app/oauth/authorize`,
    clientId: world.sandbox.hubspot.app.clientId,
    clientSecret: world.sandbox.hubspot.app.clientSecret,
    pageUrl: world.sandbox.url,
  });
  const made = await world.call<{ id: string }>('POST', '/api/v1/connections', {
    vendor: 'hubspot',
    ...granted,
  });
  connection = made.id;
  await world.call('POST', `/api/v1/connections/${connection}/sync`, {});
}, 120_000);
afterAll(async () => {
  await world?.close();
  await database?.storage.close();
  await database?.drop();
});

const people = () => world.call<FoundPeople>('GET', '/api/v1/found-people');
const stateOf = (found: FoundPeople, name: string) =>
  found.people.find(({ email }) => email === `${name}@harbour.example`)?.state;
const address = (name: string) => `${name}@harbour.example`;

test('people are added to a directory that somebody edits, and nobody in it is changed', async () => {
  const dana = { id: 'd1', name: 'Dana, as we call her', email: address('dana'), timezone: 'Asia/Tokyo' };
  const left = { id: 'left', name: 'Left', email: address('left') };
  await world.call('PUT', '/api/v1/reps', [dana, left]);
  const found = await people();
  expect(stateOf(found, 'dana')).toBe('rep');
  expect(found.gone).toEqual([{ id: 'left', name: 'Left' }]);
  await world.call('POST', '/api/v1/found-people', {
    reps: ['dana', 'marcus', 'johanna', 'max'].map(address),
    noReps: [address('ops')],
  });
  const reps = await world.call<readonly Record<string, unknown>[]>('GET', '/api/v1/reps');
  expect(reps.find(({ id }) => id === 'd1')).toEqual(dana);
  expect(reps.find(({ id }) => id === 'johanna')).toEqual({
    id: 'johanna',
    name: 'Johanna Vogel',
    email: address('johanna'),
    timezone: 'Europe/Berlin',
    teams: ['german-desk', 'sales'],
  });
  expect(reps).toHaveLength(5);
  const after = await people();
  expect(['ops', 'max', 'priya'].map((name) => stateOf(after, name))).toEqual(['no_rep', 'rep', 'new']);
});

test('somebody no connection told of is refused by name', async () => {
  const asked = world.call('POST', '/api/v1/found-people', {
    reps: ['stranger@elsewhere.example'],
    noReps: [],
  });
  await expect(asked).rejects.toThrow(/unknown_person.*stranger@elsewhere\.example/);
});

test('pool by pool: what is for the log keeps being compared, the rest is given, and an owner is never overwritten', {
  timeout: 60_000,
}, async () => {
  await world.call('PUT', '/api/v1/settings', { mode: 'log_only' });
  const { draft, guesses } = await world.call<FirstPolicy>('POST', '/api/v1/first-steps/policy', {
    teams: null,
  });
  expect(draft.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(guesses).toEqual(['Leads from DE, AT go to German desk: guessed from the team’s name.']);
  await world.call('POST', `/api/v1/policy/drafts/${draft.id}/publish`, { revision: draft.revision });

  const { hubspot } = world.sandbox;
  const came = (email: string, more: Readonly<Record<string, string>>) =>
    hubspot.create({
      objectType: 'contacts',
      properties: { email, lastname: email, lifecyclestage: 'lead', ...more },
    });
  const comparison = () => world.call<ComparisonView>('GET', '/api/v1/comparison');
  came('first@lead.example', { country: 'Germany' });
  await until('HubSpot gave the first lead away', async () => (await comparison()).both === 1);
  const [first] = (await comparison()).recent;
  expect(first?.pool?.id ?? first?.ours?.id).toBeDefined();
  // The owner who was there first came from HubSpot's rotation, and counts as who was given it.
  expect(first?.theirs).toMatchObject({ name: 'Dana, as we call her' });
  expect(await world.call<Steps>('GET', '/api/v1/first-steps')).toMatchObject({
    compared: 1,
    mode: 'log_only',
    policyVersion: 1,
    people: { reps: 5 },
  });

  world.stopRotation();
  const { version } = await world.call<{ version: number }>('POST', '/api/v1/go-live', {
    pools: ['everybody'],
  });
  expect(version).toBe(2);
  const { document } = await world.call<{ document: { pools: { id: string; log?: string }[] } }>(
    'GET',
    '/api/v1/policy/versions/2',
  );
  expect(document.pools.map(({ id, log }) => [id, log])).toEqual([
    ['sales', 'only'],
    ['german-desk', 'only'],
    ['everybody', undefined],
  ]);
  const ownerOf = (id: string) =>
    hubspot.portal().records.contacts.get(id)?.properties.hubspot_owner_id || null;
  const free = came('free@lead.example', { country: 'Brazil' });
  await until('a lead of everybody is given', () => ownerOf(free.id) !== null);
  const owner = hubspot.portal().records.contacts.get(free.id)?.properties.hubspot_owner_id ?? '';
  const taken = came('taken@lead.example', { country: 'Brazil', hubspot_owner_id: owner });
  const next = came('next@lead.example', { country: 'Brazil' });
  await until('a later lead is given', () => ownerOf(next.id) !== null);
  const lastVersion = await world.call<{ version: number }>('POST', '/api/v1/go-live', { pools: null });
  expect(lastVersion.version).toBe(3);
  expect(ownerOf(taken.id)).toBe(owner);
  expect(await world.call<Steps>('GET', '/api/v1/first-steps')).toMatchObject({
    mode: 'live',
    policyVersion: 3,
  });
  await expect(world.call('POST', '/api/v1/go-live', { pools: ['nowhere'] })).rejects.toThrow(/unknown_pool/);
});

test('a test of a connection says in a sentence what is wrong', async () => {
  const test = () =>
    world.call<{ ok: boolean; said: string }>('POST', `/api/v1/connections/${connection}/test`, {
      messageTo: null,
    });
  expect(await test()).toMatchObject({ ok: true, said: expect.stringContaining('13 people can own leads') });
  world.sandbox.hubspot.setFaults([{ kind: '5xx', times: 20 }]);
  expect(await test()).toMatchObject({ ok: false, said: expect.stringMatching(/HubSpot/) });
  world.sandbox.hubspot.setFaults([]);
});
