import { writeFileSync } from 'node:fs';
import { test } from 'vitest';
import { openAttackedWorld } from '../support/attack/attacked-world.ts';
import { fuzzRoute } from '../support/attack/fuzz-route.ts';
import { everyRoute } from '../support/attack/routes.ts';
import { openTestDatabase } from '../support/databases.ts';

test('try', async () => {
  const { storage } = await openTestDatabase('pglite');
  const world = await openAttackedWorld(storage);
  const all: string[] = [];
  const only = process.env.ROUTE;
  for (const route of everyRoute().filter((r) => !only || `${r.method} ${r.path}`.includes(only))) {
    const t = performance.now();
    const done = await fuzzRoute(route, world, {
      times: Number(process.env.TIMES ?? 60),
      seed: Number(process.env.SEED ?? 1),
    });
    console.log(
      done.route,
      done.accepted,
      done.refused,
      JSON.stringify(done.statuses),
      done.findings.length,
      Math.round(performance.now() - t),
    );
    all.push(...done.findings.map((f) => `${done.route}\n   ${f}`));
  }
  writeFileSync('/tmp/findings.txt', all.join('\n'));
  await world.close();
}, 600_000);
