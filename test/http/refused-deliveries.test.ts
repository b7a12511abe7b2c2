import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLeases } from '../../server/storage/delivery-store/leases.ts';
import { addRefusedDelivery, REMEDY } from '../support/refused-delivery.ts';
import { until } from '../support/until.ts';
import { openService, PORTAL, setUp, type TestService } from './open-service.ts';

let service: TestService;
let connectionId: string;
beforeAll(async () => {
  service = await openService();
  connectionId = await setUp(service, { portal: true });
  // Nothing is sent meanwhile: what is tried again would soon be refused again.
  const leases = createLeases(service.storage, 'the test');
  const sending = `sender:${connectionId}`;
  await until('nobody sends', async () => (await leases.acquire(sending, 3_600_000)) !== null);
});
afterAll(() => service.close());

const refuse = async (id: string): Promise<void> => {
  const { rows } = await service.storage.executeSql('select id from tenant');
  const tenantId = (rows as { id: string }[])[0]!.id;
  const at = new Date(service.clock.now());
  await addRefusedDelivery(service.storage, { id, tenantId, connectionId, at });
};

test('a refused write is listed with its reason and remedy, and tried again once', async () => {
  expect((await service.api('get', '/api/v1/deliveries/refused').expect(200)).body).toEqual([]);
  await refuse('dlv_bad');
  const { body } = await service.api('get', '/api/v1/deliveries/refused').expect(200);
  expect(body).toEqual([
    {
      id: 'dlv_bad',
      kind: 'owner_write',
      connection: { id: connectionId, vendor: 'hubspot', name: 'Portal' },
      record: { objectType: 'contact', recordId: '904' },
      decision: 'dec_1',
      code: 'owner_inactive',
      remedy: REMEDY,
      attempts: 0,
      refusedAt: new Date(service.clock.now()).toISOString(),
    },
  ]);
  await service.api('post', '/api/v1/deliveries/dlv_bad/retry').expect(200, { retried: true });
  expect((await service.api('get', '/api/v1/deliveries/refused').expect(200)).body).toEqual([]);
  const again = await service.api('post', '/api/v1/deliveries/dlv_bad/retry').expect(404);
  expect(again.body).toMatchObject({ code: 'not_found', detail: expect.stringContaining('/refused') });
});

test('who is nobody here sees and retries nothing', async () => {
  await refuse('dlv_secret');
  await service.anyone.get('/api/v1/deliveries/refused').expect(401);
  await service.anyone.post('/api/v1/deliveries/dlv_secret/retry').expect(401);
});

test('a connection tells how much of its limit is used, and so do the metrics', async () => {
  const { body } = await service.api('get', '/api/v1/connections').expect(200);
  expect(body).toMatchObject([
    { vendor: 'hubspot', externalId: String(PORTAL), usage: { limit: 'calls in 10 seconds', of: 110 } },
  ]);
  const { text } = await service.anyone.get('/metrics').expect(200);
  expect(text).toMatch(/^fairlead_crm_limit_used_ratio\{vendor="hubspot"\} \d/m);
});
