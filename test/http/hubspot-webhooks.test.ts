import { afterAll, beforeAll, expect, test } from 'vitest';
import { openService, PORTAL, setUp, type TestService, TUESDAY, WEBHOOKS } from './open-service.ts';

let service: TestService;
beforeAll(async () => {
  service = await openService();
  await setUp(service, { portal: true });
});
afterAll(() => service.close());

const event = (changes: Record<string, unknown>) => ({
  eventId: 1,
  subscriptionId: 2,
  portalId: PORTAL,
  appId: 3,
  occurredAt: TUESDAY,
  subscriptionType: 'contact.propertyChange',
  attemptNumber: 0,
  objectId: 11,
  propertyName: 'lifecyclestage',
  propertyValue: 'customer',
  ...changes,
});

const rows = async () =>
  (await service.storage.executeSql('select kind, dedupe, payload from inbox order by id')).rows as {
    kind: string;
    payload: Record<string, unknown>;
  }[];

test('a push is stored before it is answered, without what it says of people', async () => {
  const pushed = [
    event({}),
    event({ objectId: 12, propertyName: 'email', propertyValue: 'marta@example.com' }),
    event({ objectId: 13, propertyName: 'hubspot_owner_id', propertyValue: '42' }),
    event({ objectId: 14, subscriptionType: 'contact.privacyDeletion' }),
  ];
  const { body } = await service.hubspot(WEBHOOKS, pushed).expect(200);
  expect(body).toEqual({ stored: 4 });
  const stored = await rows();
  expect(stored.map(({ kind }) => kind)).toEqual([
    'record_changed',
    'record_changed',
    'owner_changed',
    'erase',
  ]);
  expect(JSON.stringify(stored)).not.toContain('marta');
  expect(stored[2]?.payload).toMatchObject({ objectType: 'contact', recordId: '13', ownerId: '42' });
});

test('a repeated push, whatever its attempt, changes nothing', async () => {
  const before = (await rows()).length;
  await service.hubspot(WEBHOOKS, [event({ attemptNumber: 3 })]).expect(200);
  expect(await rows()).toHaveLength(before);
});

test('events of unknown portals are dropped with a 200', async () => {
  const before = (await rows()).length;
  const { body } = await service.hubspot(WEBHOOKS, [event({ portalId: 5, objectId: 99 })]).expect(200);
  expect(body).toEqual({ stored: 0 });
  expect(await rows()).toHaveLength(before);
});

test('an unreadable event does not keep the others out', async () => {
  const { body } = await service.hubspot(WEBHOOKS, [{ odd: true }, event({ objectId: 21 })]).expect(200);
  expect(body).toEqual({ stored: 1 });
});

test('a hundred events go into one answer', async () => {
  const many = Array.from({ length: 100 }, (_, i) =>
    event({ objectId: 500 + i, subscriptionType: 'contact.privacyDeletion' }),
  );
  const { body } = await service.hubspot(WEBHOOKS, many).expect(200);
  expect(body).toEqual({ stored: 100 });
});

test('what was stored is worked on', async () => {
  const waiting = async () => {
    const { rows: found } = await service.storage.executeSql(
      "select count(*)::int as n from inbox where kind = 'erase' and done_at is null",
    );
    return (found[0] as { n: number }).n;
  };
  await expect.poll(waiting, { timeout: 15_000 }).toBe(0);
  const { text } = await service.anyone.get('/metrics').expect(200);
  expect(text).toMatch(/fairlead_inbox_total\{kind="erase",result="done"\} 101/);
});
