import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openService, setUp, type TestService } from './open-service.ts';

let service: TestService;
beforeAll(async () => {
  service = await openService();
  await setUp(service);
  for (let i = 0; i < 3; i++)
    await service
      .api('post', '/api/v1/leads')
      .send({ fields: { country: 'US', employees: 2000 } })
      .expect(200);
});
afterAll(() => service.close());

const table = (text: string): Record<string, string>[] => parse(text, { columns: true });

test('a pool’s statement, as JSON and as a table', async () => {
  const { body } = await service.api('get', '/api/v1/pools/large/fairness').expect(200);
  expect(body).toMatchObject({ pool: { id: 'large', name: 'Enterprise' }, turns: 3, received: 3_000_000 });
  const { text } = await service.api('get', '/api/v1/pools/large/fairness.csv').expect(200);
  expect(table(text).map(({ rep, received }) => [rep, Number(received)])).toEqual(
    body.members.map((one: { rep: { id: string }; received: number }) => [one.rep.id, one.received]),
  );
});

test('a pool’s ledger is downloaded as a table', async () => {
  const { text, headers } = await service.api('get', '/api/v1/pools/large/entries.csv').expect(200);
  expect(headers['content-type']).toMatch(/^text\/csv/);
  const charged = table(text).filter((row) => row.charged === '1000000');
  expect(charged).toHaveLength(3);
});

test.each(['fairness', 'fairness.csv', 'entries.csv'])('%s of a pool that never was: 404', async (what) => {
  const { body } = await service.api('get', `/api/v1/pools/never/${what}`).expect(404);
  expect(body.code).toBe('not_found');
});

test('nobody sees a ledger without a key', async () => {
  await service.anyone.get('/api/v1/pools/large/entries.csv').expect(401);
});
