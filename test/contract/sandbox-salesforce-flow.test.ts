import { afterEach, describe, expect, test } from 'vitest';
import { leadDecisions } from '../../sandbox/salesforce/lead-facts.ts';
import { type Answer, openReceiver, type Receiver } from '../support/receiver.ts';
import { type OpenOrg, openOrg } from '../support/sandbox-org.ts';

interface Asked {
  readonly records: readonly { readonly id: string; readonly fields?: object }[];
}

let org: OpenOrg;
let receiver: Receiver;

afterEach(async () => {
  await org.close();
  await receiver.close();
});

/** An org whose Flow asks a Fairlead that answers as told. */
const open = async (answer: (asked: Asked, count: number) => Answer) => {
  receiver = await openReceiver((request, count) => answer(request.body as Asked, count));
  org = await openOrg({ fairleadUrl: receiver.url });
};

const decide = (owner: (id: string) => string | null) => (asked: Asked) => ({
  body: {
    decisions: asked.records.map(({ id }) => ({
      record: id,
      id: `dec_${id}`,
      outcome: 'assigned',
      ownerId: owner(id),
      rule: { id: 'r', name: 'Large companies' },
      pool: { id: 'p', name: 'Enterprise' },
      reason: 'Anna was next.',
      decidedAt: '2026-11-24T15:00:00Z',
    })),
  },
});

const ben = () => org.idOf('ben@example.com');

test('200 leads are one call; owners and decisions are written, and no rule takes them back', async () => {
  await open(decide(() => ben()));
  org.salesforce.setAutomation({
    assignmentRule: { name: 'Standard', entries: [{ ownerId: org.idOf('Inbound_Holding') }] },
  });
  const ids = Array.from({ length: 200 }, () => org.lead({ Country: 'US' }));
  org.salesforce.flow.set({ sendFields: ['Country', 'State'] });
  const run = await org.salesforce.flow.ask({ ids, by: 'anna@example.com', requestId: 'req-1' });
  expect(run.error).toBeNull();
  expect(run.rows.every((row) => row.error === null)).toBe(true);
  expect(receiver.received).toHaveLength(1);
  const [request] = receiver.received;
  expect(request?.path).toBe('/salesforce/decisions');
  expect(request?.headers).toMatchObject({
    authorization: 'Bearer sandbox-salesforce-credential',
    'x-fairlead-org': org.salesforce.org().id,
    'x-fairlead-user': org.idOf('anna@example.com'),
    'x-fairlead-request': 'req-1',
    'x-fairlead-timezone': 'Europe/London',
    'accept-language': 'en-US',
  });
  expect((request?.body as Asked | undefined)?.records[0]).toEqual({
    id: ids[0],
    objectType: 'Lead',
    fields: { 'Lead.Country': 'US' },
  });
  expect(ids.every((id) => org.salesforce.record({ id }).OwnerId === ben())).toBe(true);
  expect(leadDecisions(org.salesforce.org(), ids[0] ?? '')[0]).toMatchObject({
    Decision_Id__c: `dec_${ids[0]}`,
    Assigned_To__c: ben(),
    Rule_Name__c: 'Large companies',
    Pool_Name__c: 'Enterprise',
    Outcome__c: 'assigned',
    Decided_At__c: '2026-11-24T15:00:00.000+0000',
  });
  expect(org.salesforce.journal.entries(ids[0]).at(-1)?.actor.via).toBe('apex');
});

test('with Log Only the service is told, decisions are kept, and no owner is written', async () => {
  await open(decide(() => ben()));
  org.salesforce.flow.set({ logOnly: true });
  const id = org.lead();
  const before = org.salesforce.record({ id }).OwnerId;
  await org.salesforce.flow.ask({ ids: [id] });
  expect(receiver.received[0]?.body).toMatchObject({ logOnly: true });
  expect(org.salesforce.record({ id }).OwnerId).toBe(before);
  expect(leadDecisions(org.salesforce.org(), id)).toHaveLength(1);
});

test('a null owner leaves the lead alone; a failed decision and a refused write are told for their row', async () => {
  const owners = new Map<string, string | null>();
  await open((asked) => {
    const answer = decide((id) => owners.get(id) ?? null)(asked).body;
    const [first, second, third] = answer.decisions;
    const failed = {
      record: third?.record,
      outcome: 'failed',
      error: { code: 'not_found', detail: 'no such lead' },
    };
    return { body: { decisions: [first, second, failed] } };
  });
  const ids = [org.lead(), org.lead(), org.lead()];
  const before = org.salesforce.record({ id: ids[0] ?? '' }).OwnerId;
  owners.set(ids[1] ?? '', org.idOf('grace@example.com'));
  const run = await org.salesforce.flow.ask({ ids });
  expect(run.rows.map((row) => row.error)).toEqual([
    null,
    expect.stringContaining('INACTIVE_OWNER_OR_USER'),
    'no such lead',
  ]);
  expect(org.salesforce.record({ id: ids[0] ?? '' }).OwnerId).toBe(before);
});

test('Apex does not try again unless told to, and then with the same request id', async () => {
  await open((asked, count) => (count < 3 ? { status: 503 } : decide(() => null)(asked)));
  const ids = [org.lead()];
  const once = await org.salesforce.flow.ask({ ids });
  expect([once.attempts.length, once.error?.slice(0, 8)]).toEqual([1, 'HTTP 503']);
  org.salesforce.flow.set({ retries: 2 });
  const again = await org.salesforce.flow.ask({ ids });
  expect([again.attempts.length, again.error]).toEqual([2, null]);
  const requestIds = receiver.received.map((request) => request.headers['x-fairlead-request']);
  expect(requestIds[1]).toBe(requestIds[2]);
  expect(requestIds[0]).not.toBe(requestIds[1]);
});

describe('the trigger', () => {
  test('has new leads of one transaction decided by one Queueable', async () => {
    await open(decide(() => ben()));
    org.salesforce.setAutomation({ trigger: true });
    org.salesforce.flow.set({ queueMs: 1 });
    const made = await org.connection
      .sobject('Lead')
      .create(Array.from({ length: 150 }, (_, n) => ({ LastName: `L${n}`, Company: 'C' })));
    await org.salesforce.flow.idle();
    expect(receiver.received).toHaveLength(1);
    const ids = made.map((row) => row.id ?? '');
    expect(ids.every((id) => org.salesforce.record({ id }).OwnerId === ben())).toBe(true);
    expect(org.salesforce.flow.runs(ids[0])[0]).toMatchObject({ startedBy: 'trigger', done: true });
  });
});

test('the control routes run the Flow and let a person change the owner', async () => {
  await open(decide(() => ben()));
  const id = org.lead();
  const post = async (path: string, body: unknown) =>
    (
      await fetch(`${org.url}/control/salesforce/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    ).json();
  expect(await post('flow', { ids: [id] })).toMatchObject({ error: null, rows: [{ ownerId: ben() }] });
  await post('owner', { id, ownerId: org.idOf('anna@example.com'), by: 'ben@example.com' });
  const seen = await (await fetch(`${org.url}/control/salesforce/record?id=${id}`)).json();
  expect(seen.record.OwnerId).toBe(org.idOf('anna@example.com'));
  expect(seen.journal.at(-1).actor).toMatchObject({ via: 'ui', userId: ben() });
  expect(seen.flowRuns).toHaveLength(1);
  expect(await post('flow', { ids: [] })).toMatchObject([{ errorCode: 'INVALID_INPUT' }]);
});
