import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openReceiver, type Receiver } from '../support/receiver.ts';
import { companyForAllTests } from '../support/sandbox-company.ts';
import { vendorSpecs } from '../support/vendor-specs.ts';

const { time, pipedrive, call, person, lead } = companyForAllTests();

const specs = vendorSpecs('pipedrive');

interface Event {
  readonly meta: Record<string, unknown>;
  readonly data: unknown;
  readonly previous: unknown;
}

/** What is answered to pushes. */
let status = 200;
let receiver: Receiver;
beforeAll(async () => {
  receiver = await openReceiver(() => ({ status }));
});
afterEach(() => {
  pipedrive().account().webhooks.clear();
  receiver.received.length = 0;
  status = 200;
});
afterAll(() => receiver.close());

const register = async (changes: Record<string, unknown> = {}) =>
  (
    await call('POST', '/v1/webhooks', {
      subscription_url: receiver.url,
      event_action: '*',
      event_object: '*',
      name: 'Test',
      http_auth_user: 'fairlead',
      http_auth_password: 'secret',
      ...changes,
    })
  ).body.data;

const events = () => receiver.received.map(({ body }) => body as Event);
const arrived = (count: number) => expect.poll(() => receiver.received.length).toBe(count);

describe('webhooks', () => {
  test.skipIf(specs === null)('an event has what the sample has', async () => {
    await register();
    lead();
    time.advance(1);
    await arrived(2);
    const sample = JSON.parse(readFileSync(join(specs!, 'webhook-v2.sample.json'), 'utf8'));
    const body = events().find(({ meta }) => meta.entity === 'lead')!;
    expect(Object.keys(body).sort()).toEqual(Object.keys(sample).sort());
    expect(Object.keys(body.meta).sort()).toEqual(Object.keys(sample.meta).sort());
    for (const [name, value] of Object.entries(sample.meta))
      expect(typeof body.meta[name], name).toBe(typeof value);
  });

  test('a change tells the values before, with HTTP Basic, and who made it by which way', async () => {
    const { id } = lead();
    await register({ event_object: 'lead', event_action: 'change' });
    const owner_id = pipedrive().userId('anna@example.com');
    await call('PATCH', `/v1/leads/${id}`, { owner_id });
    await arrived(1);
    const [body] = events() as [Event];
    expect(receiver.received[0]?.headers.authorization).toBe(
      `Basic ${Buffer.from('fairlead:secret').toString('base64')}`,
    );
    expect(body.meta).toMatchObject({
      action: 'change',
      entity_id: id,
      change_source: 'api',
      user_id: String(pipedrive().userId('admin@example.com')),
    });
    expect(body.data).toMatchObject({ owner_id });
    expect(body.previous).toMatchObject({ owner_id: pipedrive().userId('admin@example.com') });
    expect(body.previous).not.toHaveProperty('title');
  });

  test('a merge says which lives on', async () => {
    const [kept, gone] = [person(), person()];
    await register({ event_object: 'person' });
    pipedrive().merge({ objectType: 'person', id: kept.id, mergeId: gone.id });
    await arrived(2);
    const metas = events().map(({ meta }) => meta);
    expect(metas.find(({ action }) => action === 'delete')).toMatchObject({
      entity_id: String(gone.id),
      merged_to_id: String(kept.id),
    });
    expect(metas.find(({ action }) => action === 'change')).toMatchObject({
      merged_from_id: String(gone.id),
    });
  });

  test('they are trimmed to what their user may see', async () => {
    await register({ event_object: 'lead', user_id: pipedrive().userId('anna@example.com') });
    lead({ visible_to: '1' });
    const seen = lead();
    await arrived(1);
    expect(events()[0]?.meta.entity_id).toBe(seen.id);
  });

  test('a failed one is sent again after 3, 30 and 150 seconds, and no more', async () => {
    status = 500;
    await register({ event_object: 'lead' });
    lead();
    await arrived(1);
    for (const [wait, count] of [
      [3_000, 2],
      [30_000, 3],
      [150_000, 4],
    ] as const) {
      await expect.poll(() => pipedrive().pushes.idle()).toBe(true);
      time.advance(wait);
      await arrived(count);
    }
    await expect.poll(() => pipedrive().pushes.idle()).toBe(true);
    time.advance(600_000);
    expect(events().map(({ meta }) => meta.attempt)).toEqual([1, 2, 3, 4]);
    expect(new Set(events().map(({ meta }) => meta.id)).size).toBe(1);
  });

  test('ten failed first attempts: half an hour in which events are lost; three such days: it is removed', async () => {
    status = 503;
    const { id } = await register({ event_object: 'lead' });
    for (let n = 0; n < 10; n++) lead();
    await expect.poll(() => pipedrive().pushes.idle() && receiver.received.length).toBe(10);
    status = 200;
    lead();
    time.advance(30 * 60_000 + 1);
    expect(receiver.received).toHaveLength(10);
    lead();
    await arrived(11);
    status = 503;
    time.advance(3 * 24 * 3_600_000);
    lead();
    await arrived(12);
    await expect.poll(() => pipedrive().pushes.idle()).toBe(true);
    const { body } = await call('GET', '/v1/webhooks');
    expect(body.data.find((one: { id: number }) => one.id === id)).toMatchObject({
      is_active: 0,
      last_http_status: 503,
      remove_reason: expect.any(String),
    });
  });

  test('a name is required, and a user has forty at most', async () => {
    const nameless = await call('POST', '/v1/webhooks', {
      subscription_url: receiver.url,
      event_action: '*',
      event_object: 'lead',
    });
    expect(nameless.status).toBe(400);
    for (let n = 0; n < 40; n++) await register();
    const more = await call('POST', '/v1/webhooks', {
      subscription_url: receiver.url,
      event_action: '*',
      event_object: 'lead',
      name: 'One more',
    });
    expect(more.status).toBe(422);
  });
});
