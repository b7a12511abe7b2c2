import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AttackedWorld, openAttackedWorld } from '../support/attack/attacked-world.ts';
import { fuzzRoute } from '../support/attack/fuzz-route.ts';
import { everyRoute, nameOf } from '../support/attack/routes.ts';
import { type OwnedDatabase, openTestDatabase } from '../support/databases.ts';

/** A small share of `npm run trial -- fuzz`. */
const TIMES = Number(process.env.FUZZ_TIMES ?? 100);
const SEED = Number(process.env.FUZZ_SEED ?? randomInt(2 ** 31 - 1));

let database: OwnedDatabase;
let world: AttackedWorld;
beforeAll(async () => {
  console.log(`FUZZ_SEED=${SEED}`);
  database = await openTestDatabase('pglite');
  world = await openAttackedWorld(database.storage);
}, 120_000);
afterAll(async () => {
  await world?.close();
  await database?.storage.close();
  await database?.drop();
});

test.each(everyRoute().map((route) => [nameOf(route), route] as const))(
  `%s takes ${TIMES} spoilt requests: no 5xx, each refusal a problem that changed nothing`,
  async (_name, route) => {
    const { findings } = await fuzzRoute(route, world, { times: TIMES, seed: SEED });
    expect(findings, `FUZZ_SEED=${SEED}`).toEqual([]);
  },
  300_000,
);
