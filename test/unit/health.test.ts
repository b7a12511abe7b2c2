import express from 'express';
import supertest from 'supertest';
import { expect, test } from 'vitest';
import { readyz } from '../../server/http/health.ts';

test('whoever asks at once whether it is ready shares one look at the database', async () => {
  const { promise: answer, resolve: answers } = Promise.withResolvers<void>();
  let looks = 0;
  const readiness = {
    draining: new AbortController().signal,
    checkDatabase: () => {
      looks++;
      return answer;
    },
  };
  const app = express();
  let arrived = 0;
  app.use((_request, _response, next) => {
    next();
    if (++arrived === 20) answers();
  });
  app.get('/readyz', readyz({ readiness }));
  const asked = await Promise.all(Array.from({ length: 20 }, () => supertest(app).get('/readyz')));
  expect(new Set(asked.map(({ status }) => status))).toEqual(new Set([200]));
  expect(looks).toBe(1);
  // The next one is told how it is now.
  await supertest(app).get('/readyz').expect(200);
  expect(looks).toBe(2);
});
