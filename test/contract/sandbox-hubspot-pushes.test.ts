import { Signature } from '@hubspot/api-client';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { signV1, signV2, signV3 } from '../../sandbox/hubspot/signatures.ts';
import { createManualScheduler } from '../../sandbox/scheduler.ts';
import { type Answer, openReceiver, type Received, type Receiver } from '../support/receiver.ts';
import { ANNA, ASSIGN_PATH, BEN, type OpenSandbox, openSandbox } from '../support/sandbox-account.ts';

const SECRET = 'sandbox-hubspot-secret';
const MINUTE = 60_000;
let sandbox: OpenSandbox;
let receiver: Receiver;

const open = async (answer?: (request: Received, count: number) => Answer, options = {}) => {
  receiver = await openReceiver(answer);
  sandbox = await openSandbox({ fairleadUrl: receiver.url, ...options });
};
afterEach(async () => {
  await sandbox?.close();
  await receiver?.close();
});

const events = (request: Received | undefined) => request?.body as Record<string, unknown>[];
const webhooks = () => receiver.received.filter((one) => one.path === '/hubspot/webhooks');
const actions = () => receiver.received.filter((one) => one.path === ASSIGN_PATH);
const outputs = (fields: Readonly<Record<string, string>>): Answer => ({ body: { outputFields: fields } });
const run = (id: string) => sandbox.hubspot.workflows.history(8001, id)[0];

describe('signatures', () => {
  // HubSpot's published value for v2, and what its client library makes of the same request for the others.
  const secret = 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy';
  const uri = 'https://www.example.com/webhook_uri';
  const body = '{"example_field":"example_value"}';

  test('agree with the published vectors', () => {
    expect(signV2(secret, 'POST', uri, body)).toBe(
      '9569219f8ba981ffa6f6f16aa0f48637d35d728c7e4d93d0d52efaa512af7900',
    );
    expect(signV1(secret, body)).toBe('54b2530692e3a3982727206aeee670ed1d85319cad55d4ddbafcf41725ebf2b3');
    expect(signV3(secret, 'POST', uri, body, '1693657560000')).toBe(
      'oaA3M5dEtt6kFsseJD/Hv/x+JNl1vsoxFj4oxmwP6Go=',
    );
  });

  test('of v3 undo only the escapes HubSpot names', () => {
    const escaped = signV3(secret, 'POST', `${uri}?a=%2Fb%20c`, body, '1');
    expect(escaped).toBe(signV3(secret, 'POST', `${uri}?a=/b%20c`, body, '1'));
    expect(escaped).not.toBe(signV3(secret, 'POST', `${uri}?a=/b c`, body, '1'));
  });
});

describe('webhooks', () => {
  test('carry v1 and v3 signatures over the public address', async () => {
    receiver = await openReceiver();
    sandbox = await openSandbox({ fairleadUrl: receiver.url, fairleadPublicUrl: 'https://fairlead.example' });
    sandbox.contact({ email: 'ada@example.com' });
    const { headers, raw } = (await receiver.until(1))[0] as Received;
    expect(headers['x-hubspot-signature-version']).toBe('v1');
    expect(headers['x-hubspot-signature']).toBe(signV1(SECRET, raw));
    const valid = Signature.isValid({
      signatureVersion: 'v3',
      signature: String(headers['x-hubspot-signature-v3']),
      clientSecret: SECRET,
      requestBody: raw,
      method: 'POST',
      url: 'https://fairlead.example/hubspot/webhooks',
      timestamp: Number(headers['x-hubspot-request-timestamp']),
    });
    expect(valid).toBe(true);
  });

  test('tell who changed what: a person, the app itself', async () => {
    await open();
    const id = sandbox.contact();
    sandbox.hubspot.changeOwner({ objectType: 'contacts', id, ownerId: ANNA, by: 'ben@example.com' });
    await sandbox.call('PATCH', `/crm/objects/2026-03/contacts/${id}`, {
      properties: { hubspot_owner_id: BEN },
    });
    await vi.waitUntil(() => webhooks().flatMap(events).length >= 3);
    const told = webhooks().flatMap(events);
    expect(
      told.map((event) => [event.subscriptionType, event.propertyValue, event.changeSource, event.sourceId]),
    ).toEqual([
      ['contact.creation', undefined, 'FORM', 'website-contact-form'],
      ['contact.propertyChange', ANNA, 'CRM_UI', 'userId:9002'],
      ['contact.propertyChange', BEN, 'INTEGRATION', String(sandbox.hubspot.app.appId)],
    ]);
    expect(told[0]).toMatchObject({ objectId: Number(id), portalId: 8001, attemptNumber: 0 });
  });

  test('leads come under the generic names with their type id', async () => {
    await open();
    const contact = sandbox.contact();
    const types = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 578 }];
    const body = { properties: { hs_lead_name: 'Ada' }, associations: [{ to: { id: contact }, types }] };
    await sandbox.call('POST', '/crm/objects/2026-03/leads', body);
    const told = async () =>
      webhooks()
        .flatMap(events)
        .find((event) => event.objectTypeId === '0-136');
    await vi.waitUntil(told);
    expect(await told()).toMatchObject({ subscriptionType: 'object.creation' });
  });

  test('deletion, merge and privacy deletion are told', async () => {
    await open();
    const [kept, merged, deleted, erased] = [1, 2, 3, 4].map(() => sandbox.contact()) as [
      string,
      string,
      string,
      string,
    ];
    sandbox.hubspot.merge({ objectType: 'contacts', id: kept, mergeId: merged });
    sandbox.hubspot.remove({ objectType: 'contacts', id: deleted });
    sandbox.hubspot.privacyDelete({ id: erased });
    await vi.waitUntil(() => webhooks().flatMap(events).length >= 8);
    const told = webhooks()
      .flatMap(events)
      .filter((event) => event.subscriptionType !== 'contact.creation');
    expect(told.map((event) => event.subscriptionType).sort()).toEqual([
      'contact.deletion',
      'contact.deletion',
      'contact.merge',
      'contact.privacyDeletion',
    ]);
    expect(told.find((event) => event.subscriptionType === 'contact.merge')).toMatchObject({
      primaryObjectId: Number(kept),
      mergedObjectIds: [Number(merged)],
    });
  });

  test('go out at most 100 together', async () => {
    await open();
    for (let n = 0; n < 250; n++) sandbox.contact();
    await vi.waitUntil(() => webhooks().flatMap(events).length === 250);
    expect(webhooks().map((one) => events(one).length)).toEqual([100, 100, 50]);
  });

  test('are sent again up to ten times, and the attempt is counted', async () => {
    const scheduler = createManualScheduler(Date.now());
    await open(() => ({ status: 500 }), { scheduler });
    sandbox.contact();
    for (let attempt = 0; attempt < 11; attempt++) {
      scheduler.advance(8 * 60 * MINUTE);
      await vi.waitUntil(() => sandbox.hubspot.webhooks.deliveries().length === attempt + 1);
    }
    scheduler.advance(48 * 60 * MINUTE);
    expect(sandbox.hubspot.webhooks.idle()).toBe(true);
    expect(receiver.received.map((one) => events(one)[0]?.attemptNumber)).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    ]);
  });

  test('come twice and out of order when told to', async () => {
    await open();
    sandbox.hubspot.webhooks.switches.set({ duplicate: 1, reorder: true });
    const ids = Array.from({ length: 30 }, () => Number(sandbox.contact()));
    await vi.waitUntil(() => webhooks().flatMap(events).length === 60);
    const told = webhooks()
      .flatMap(events)
      .map((event) => Number(event.objectId));
    expect(new Set(told).size).toBe(30);
    expect(told.filter((id, index) => told.indexOf(id) === index)).not.toEqual(ids);
  });
});

describe('workflow actions', () => {
  const lead = () =>
    sandbox.contact({ email: 'ada@example.com', country: 'Germany', lifecyclestage: 'lead' });

  test('are posted for records that enrol, signed with v2 and v3, with the properties asked for', async () => {
    await open((request) =>
      request.path === ASSIGN_PATH ? outputs({ hs_execution_state: 'SUCCESS', rep: 'Anna' }) : {},
    );
    sandbox.contact({ lifecyclestage: 'customer' });
    const id = lead();
    await vi.waitUntil(() => run(id)?.endedAt);
    const [request] = actions();
    expect(actions()).toHaveLength(1);
    expect(request?.body).toMatchObject({
      callbackId: expect.stringMatching(/^ap-8001-/),
      origin: { portalId: 8001, actionDefinitionId: 7001 },
      context: { source: 'WORKFLOWS', workflowId: 5001 },
      object: {
        objectId: Number(id),
        objectType: 'CONTACT',
        properties: { email: 'ada@example.com', country: 'Germany' },
      },
      inputFields: { wait: 'no' },
    });
    const uri = `${receiver.url}${ASSIGN_PATH}`;
    expect(request?.headers['x-hubspot-signature']).toBe(signV2(SECRET, 'POST', uri, request?.raw ?? ''));
    expect(request?.headers['x-hubspot-signature-v3']).toBeDefined();
    expect(run(id)?.steps[0]).toMatchObject({ state: 'succeeded', outputs: { rep: 'Anna' } });
    expect(sandbox.hubspot.record({ objectType: 'contacts', id }).properties.hs_lead_status).toBe('NEW');
  });

  test('come with v2 alone when told to', async () => {
    await open((request) => (request.path === ASSIGN_PATH ? outputs({}) : {}));
    sandbox.hubspot.workflows.set({ signature: 'v2' });
    const id = lead();
    await vi.waitUntil(() => run(id)?.endedAt);
    expect(actions()[0]?.headers['x-hubspot-signature-v3']).toBeUndefined();
  });

  const complete = (
    callbackId: string,
    fields: Readonly<Record<string, string>> = { hs_execution_state: 'SUCCESS', rep: 'Ben' },
  ) =>
    sandbox.call('POST', `/automation/actions/callbacks/2026-03/${callbackId}/complete`, {
      outputFields: fields,
      typedOutputs: {},
    });
  const blocking = () => outputs({ hs_execution_state: 'BLOCK', hs_expiration_duration: 'PT15M' });

  test('that block wait for their completion, which is unknown before the reply was read and after it was used', async () => {
    await open((request) => (request.path === ASSIGN_PATH ? blocking() : {}));
    sandbox.hubspot.workflows.set({ registerMs: 400 });
    const id = lead();
    await vi.waitUntil(() => run(id)?.steps[0]?.state === 'blocked', { interval: 5 });
    const callbackId = `${run(id)?.steps[0]?.callbackId}`;
    expect((await complete(callbackId)).status).toBe(404);
    await vi.waitUntil(async () => (await complete(callbackId)).status === 204);
    expect(run(id)?.steps[0]).toMatchObject({ state: 'succeeded', outputs: { rep: 'Ben' } });
    expect((await complete(callbackId)).status).toBe(404);
    expect(run(id)?.endedAt).not.toBeNull();
  });

  test('a completion in a batch, with a state that is not final or without typedOutputs', async () => {
    await open((request) => (request.path === ASSIGN_PATH ? blocking() : {}));
    sandbox.hubspot.workflows.set({ registerMs: 0 });
    const id = lead();
    const callbackId = await vi.waitUntil(() => {
      const known = run(id)?.steps[0]?.callbackId ?? '';
      return sandbox.hubspot.workflows.isBlocked(8001, known) && known;
    });
    expect((await complete(String(callbackId), { hs_execution_state: 'BLOCK' })).status).toBe(400);
    const path = '/automation/actions/callbacks/2026-03/complete';
    const input = { callbackId, outputFields: { hs_execution_state: 'FAIL_CONTINUE' } };
    expect((await sandbox.call('POST', path, { inputs: [input] })).status).toBe(400);
    expect((await sandbox.call('POST', path, { inputs: [{ ...input, typedOutputs: {} }] })).status).toBe(204);
    expect(run(id)?.steps[0]?.state).toBe('fail_continue');
  });

  test('that block go on by themselves when the time is over, with no outputs', async () => {
    const scheduler = createManualScheduler(Date.now());
    await open((request) => (request.path === ASSIGN_PATH ? blocking() : {}), { scheduler });
    const id = lead();
    await vi.waitUntil(() => run(id)?.steps[0]?.state === 'blocked');
    scheduler.advance(14 * MINUTE);
    expect(run(id)?.steps[0]?.state).toBe('blocked');
    scheduler.advance(2 * MINUTE);
    expect(run(id)?.steps.map((step) => step.state)).toEqual(['expired', 'succeeded']);
  });

  test.each([
    ['a 4xx fails for good and ends the enrolment', { status: 422 }, 'failed'],
    [
      'FAIL_CONTINUE goes on',
      outputs({ hs_execution_state: 'FAIL_CONTINUE', errorCode: 'x' }),
      'fail_continue',
    ],
  ] as const)('%s', async (_what, answer, state) => {
    await open((request) => (request.path === ASSIGN_PATH ? answer : {}));
    const id = lead();
    await vi.waitUntil(() => run(id)?.endedAt);
    expect(run(id)?.steps[0]?.state).toBe(state);
    expect(run(id)?.steps).toHaveLength(state === 'failed' ? 1 : 2);
  });

  test('429 is tried again after Retry-After milliseconds, 5xx with backoff, always with the same callback id', async () => {
    const scheduler = createManualScheduler(Date.now());
    const answers: Answer[] = [
      { status: 429, headers: { 'retry-after': '1500' } },
      { status: 503 },
      outputs({ rep: 'Anna' }),
    ];
    await open((request) => (request.path === ASSIGN_PATH ? (answers[actions().length - 1] ?? {}) : {}), {
      scheduler,
    });
    const id = lead();
    await vi.waitUntil(() => run(id)?.steps[0]?.state === 'retrying');
    scheduler.advance(1400);
    expect(actions()).toHaveLength(1);
    scheduler.advance(200);
    await vi.waitUntil(() => run(id)?.steps[0]?.attempts.length === 2);
    scheduler.advance(2 * MINUTE);
    await vi.waitUntil(() => run(id)?.steps[0]?.state === 'succeeded');
    const ids = actions().map((request) => (request.body as { callbackId: string }).callbackId);
    expect(new Set(ids).size).toBe(1);
    expect(run(id)?.steps[0]?.attempts.map((attempt) => attempt.status)).toEqual([429, 503, 200]);
  });
});
