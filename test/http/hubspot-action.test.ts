import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signV2 } from '../support/hubspot-signature.ts';
import {
  ACTION,
  actionBody,
  openService,
  POLICY,
  PUBLIC,
  SECRET,
  setUp,
  type TestService,
} from './open-service.ts';

let service: TestService;
beforeAll(async () => {
  service = await openService();
  await setUp(service, { portal: true });
});
afterAll(() => service.close());

const PATIENT = { timeout: 15_000 };
let record = 1000;
/** An action for a contact of its own. */
const run = (callbackId: string, properties: Record<string, string>, inputFields = { wait: 'no' }) => {
  record++;
  const body = actionBody(callbackId, {
    object: {
      objectId: record,
      objectType: 'CONTACT',
      properties: { hubspot_owner_id: '', numemployees: '', ...properties },
    },
    inputFields,
  });
  return { body, send: () => service.hubspot(ACTION, body) };
};

describe('the workflow action', () => {
  test('answers a decision at once with its outputs', async () => {
    const { body } = await run('cb-1', { country: 'US', numemployees: '4000' }).send().expect(200);
    expect(body.outputFields).toMatchObject({
      hs_execution_state: 'SUCCESS',
      outcome: 'assigned',
      owner: 'Dana Whitfield',
      rep: 'dana',
      pool: 'Enterprise',
      rule: 'Large companies',
    });
    expect(body.outputFields.reason).toContain('Dana Whitfield');
    const decision = await service.api('get', `/api/v1/decisions/${body.outputFields.decision}`).expect(200);
    expect(decision.body.outcome).toBe('assigned');
    expect(Object.values(body.outputFields).every((value) => typeof value === 'string')).toBe(true);
  });

  test('takes signature v2 where there is no v3', async () => {
    const text = JSON.stringify(run('cb-v2', { country: 'US' }).body);
    await service.hubspot(ACTION, text, signV2(SECRET, 'POST', PUBLIC + ACTION, text)).expect(200);
  });

  test('signs for its address with a query, as sent', async () => {
    await service.hubspot(`${ACTION}?a=b&d=%20`, run('cb-query', { country: 'US' }).body).expect(200);
  });

  test('repeated twenty times at once is one decision and one reply', async () => {
    const before = await service.counts();
    const action = run('cb-repeat', { country: 'US' });
    const replies = await Promise.all(Array.from({ length: 20 }, () => action.send().expect(200)));
    expect(new Set(replies.map(({ text }) => text)).size).toBe(1);
    expect((await action.send().expect(200)).text).toBe(replies[0]?.text);
    const after = await service.counts();
    expect(after.decision).toBe(before.decision! + 1);
    expect(after.assignment).toBe(before.assignment! + 1);
  });

  test('of another run for the same record finds its open assignment', async () => {
    const action = run('cb-first', { country: 'DE' });
    const first = await action.send().expect(200);
    const second = await service.hubspot(ACTION, { ...action.body, callbackId: 'cb-second' }).expect(200);
    expect(second.body.outputFields.decision).toBe(first.body.outputFields.decision);
  });

  test('with wait: yes holds the workflow while nobody has the lead', async () => {
    const held = await run('cb-held', { country: 'FR' }, { wait: 'yes' }).send().expect(200);
    expect(held.body.outputFields).toEqual({ hs_execution_state: 'BLOCK', hs_expiration_duration: 'P28D' });
    const had = await run('cb-had', { country: 'US' }, { wait: 'yes' }).send().expect(200);
    expect(had.body.outputFields).toMatchObject({ hs_execution_state: 'SUCCESS', outcome: 'assigned' });
    const queued = await run('cb-queued', { country: 'DE' }, { wait: 'yes' }).send().expect(200);
    expect(queued.body.outputFields).toMatchObject({ hs_execution_state: 'SUCCESS', outcome: 'in_queue' });
  });

  test('with wait: no goes on although nobody has the lead yet', async () => {
    const { body } = await run('cb-on', { country: 'FR' }).send().expect(200);
    expect(body.outputFields).toMatchObject({ hs_execution_state: 'SUCCESS', outcome: 'waiting', owner: '' });
  });

  test('of a record with an owner leaves it be', async () => {
    const { body } = await run('cb-owned', { country: 'US', hubspot_owner_id: '17' }).send().expect(200);
    expect(body.outputFields).toMatchObject({ hs_execution_state: 'SUCCESS', outcome: 'not_routed' });
  });

  test('whose properties do not hold all the policy reads is read from HubSpot, and waits while that fails', async () => {
    const body = actionBody('cb-read', {
      object: { objectId: 5, objectType: 'CONTACT', properties: { country: 'US' } },
    });
    const reply = await service.hubspot(ACTION, body).expect(200);
    expect(reply.body.outputFields).toMatchObject({ hs_execution_state: 'SUCCESS', outcome: 'waiting' });
  });

  test('goes by the policy just published', async () => {
    const changed = {
      ...POLICY,
      fields: { ...POLICY.fields, city: { type: 'text', hubspot: 'contact.city' } },
    };
    await service.api('put', '/api/v1/policy').send(changed).expect(200);
    // The payload lacks the new field, so the record has to be read, which fails here.
    const { body } = await run('cb-new', { country: 'US' }).send().expect(200);
    expect(body.outputFields).toMatchObject({ outcome: 'waiting' });
    await service.api('put', '/api/v1/policy').send(POLICY).expect(200);
  });

  test('without a live policy goes on and says so', async () => {
    const empty = await openService();
    try {
      await empty.api('post', '/api/v1/connections').send({
        vendor: 'hubspot',
        externalId: String(actionBody('x').origin.portalId),
        name: 'Portal',
        scopes: [],
        tokens: { refreshToken: 'refresh' },
      });
      const { body } = await empty.hubspot(ACTION, actionBody('cb-none')).expect(200);
      expect(body.outputFields).toMatchObject({
        hs_execution_state: 'FAIL_CONTINUE',
        errorCode: 'no_policy',
      });
    } finally {
      await empty.close();
    }
  });
});

describe('a HubSpot that does not answer reads', () => {
  test('is no reason to keep its workflow waiting: within five seconds it goes on, or is held and let go later', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const apiUrl = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const slow = await openService({ HUBSPOT_API_URL: apiUrl });
    try {
      await setUp(slow, { portal: true });
      // Without the properties the policy reads the record has to be read, for which a token has to be asked for.
      const ask = (callbackId: string, objectId: number, wait: string) =>
        slow.hubspot(
          ACTION,
          actionBody(callbackId, { object: { objectId, objectType: 'CONTACT' }, inputFields: { wait } }),
        );
      const began = performance.now();
      const [goesOn, held] = await Promise.all([ask('cb-slow-1', 1, 'no'), ask('cb-slow-2', 2, 'yes')]);
      expect(performance.now() - began).toBeLessThan(5_000);
      expect(goesOn.body.outputFields).toMatchObject({
        hs_execution_state: 'FAIL_CONTINUE',
        errorCode: 'late',
      });
      expect(held.body.outputFields).toEqual({ hs_execution_state: 'BLOCK', hs_expiration_duration: 'P1D' });
      silent.closeAllConnections();
      silent.close();
      // The reads have failed by now: both leads are stored and wait, and the held workflow is remembered.
      const stored = async () =>
        (await slow.storage.executeSql('select callbacks from assignment order by opened_at')).rows;
      await expect
        .poll(
          async () => (await stored()).filter((row) => JSON.stringify(row).includes('cb-slow-2')).length,
          PATIENT,
        )
        .toBe(1);
      expect(await stored()).toHaveLength(2);
    } finally {
      await slow.close();
    }
  });
});

describe('the choices of an input', () => {
  const path = `${ACTION}/options/wait`;

  test('are yes and no', async () => {
    const { body } = await service
      .hubspot(path, { origin: { portalId: 1 }, inputFieldName: 'wait' })
      .expect(200);
    expect(body.options.map((option: { value: string }) => option.value)).toEqual(['no', 'yes']);
    expect(body).toMatchObject({ searchable: true });
    expect(body.after).toBeUndefined();
  });

  test('are searched, and paged from a cursor', async () => {
    const found = await service.hubspot(path, { fetchOptions: { q: 'YES' } }).expect(200);
    expect(found.body.options).toMatchObject([{ value: 'yes' }]);
    const beyond = await service.hubspot(path, { fetchOptions: { after: '50' } }).expect(200);
    expect(beyond.body.options).toEqual([]);
  });
});

test('without a client secret HubSpot’s endpoints say what to set', async () => {
  const bare = await openService({ HUBSPOT_CLIENT_SECRET: '' });
  try {
    const { status, body } = await bare.hubspot(ACTION, actionBody('cb'));
    expect(status).toBe(503);
    expect(body).toMatchObject({
      code: 'not_configured',
      detail: expect.stringContaining('HUBSPOT_CLIENT_SECRET'),
    });
  } finally {
    await bare.close();
  }
});
