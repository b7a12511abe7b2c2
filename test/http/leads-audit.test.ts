import { afterAll, beforeAll, expect, test } from 'vitest';
import { openService, setUp, type TestService } from './open-service.ts';

let service: TestService;
beforeAll(async () => {
  service = await openService();
  await setUp(service);
});
afterAll(() => service.close());

const audit = (text: string, query = '') =>
  service
    .api('post', `/api/v1/leads/audit${query}`)
    .set('content-type', 'text/csv; charset=utf-8')
    .send(text);
const rows = (owners: readonly string[]): string =>
  owners
    .map((owner, i) => `${owner},${new Date(Date.UTC(2026, 10, 24) + i * 1_200_000).toISOString()},"a, b"`)
    .join('\n');

test('a file says how uneven its leads were, in figures and sentences; nothing is kept', async () => {
  const before = await service.counts();
  const owners = Array.from({ length: 60 }, (_, i) => (i % 6 === 0 ? 'Sam' : 'Dana'));
  const { body } = await audit(
    `Owner,Create Date,Other\n${rows(owners)}\n,2026-11-24T00:00:00Z,x`,
    '?owner=Owner&at=Create%20Date&timezone=America/New_York',
  ).expect(200);
  expect(body).toMatchObject({
    leads: 60,
    owners: [
      { owner: 'Dana', leads: 50 },
      { owner: 'Sam', leads: 10, longestStreak: 1 },
    ],
    withoutOwner: 1,
    timezone: 'America/New_York',
  });
  expect(body.test.chance).toBeLessThan(0.001);
  expect(body.hours.byHour.reduce((sum: number, count: number) => sum + count)).toBe(60);
  expect(body.says.join(' ')).toContain('Dana once had 5 leads in a row.');
  expect(await service.counts()).toEqual(before);
});

test.each([
  ['owner,when\nDana,2026-11-24', '', '/line/1', 'there is no column arrived_at'],
  ['owner,arrived_at\nDana,24.11.2026', '', '/line/2', 'arrived_at'],
  ['owner,arrived_at\nDana,"2026-11-24', '', '/line/2', 'never closed'],
  ['owner,arrived_at\nDana', '', '/line/2', 'has 1 cells where the header has 2'],
  ['owner,arrived_at\n,', '', '', 'no row has both owner and arrived_at'],
  ['', '', '', 'is empty'],
])('a file that cannot be read names the line: %j', async (text, query, field, message) => {
  const { body } = await audit(text, query).expect(422);
  expect(body.code).toBe('invalid_csv');
  expect(body.errors[0].field).toBe(field);
  expect(body.errors[0].message).toContain(message);
});

test('what is no CSV text, or too much of it, is refused', async () => {
  await service.api('post', '/api/v1/leads/audit').set('content-type', 'image/png').send('x').expect(415);
  await service.api('post', '/api/v1/leads/audit').send({ owner: 'x' }).expect(400);
  const bytes = service.api('post', '/api/v1/leads/audit').set('content-type', 'text/csv');
  await bytes.send(Buffer.from([0x6f, 0xff, 0xfe])).expect(400);
  await audit('owner\nx', '?timezone=Moon').expect(400);
  await audit('x'.repeat(17 * 1024 * 1024)).expect(413);
});
