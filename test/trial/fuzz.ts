import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { openStorage } from '../../server/storage/open-storage.ts';
import { openAttackedWorld } from '../support/attack/attacked-world.ts';
import { type Fuzzed, fuzzRoute } from '../support/attack/fuzz-route.ts';
import { everyRoute, nameOf } from '../support/attack/routes.ts';
import type { Trial } from './trial.ts';

/** What lives in memory may grow by so much over the whole trial: caches fill, and nothing else. Bytes. */
const MAY_GROW = 200 * 1024 * 1024;

/**
 * Spoilt input for every route of the OpenAPI document: no 5xx of ours, problems as problems, nothing changed by what is
 * refused, and memory that does not grow with it. FUZZ_SEED repeats a run; FUZZ_ROUTE names a part of the routes,
 * FUZZ_FROM the one to go on from.
 */
export const fuzz: Trial = async ({ times, databaseUrl }) => {
  const seed = Number(process.env.FUZZ_SEED ?? randomInt(2 ** 31 - 1));
  console.log(`FUZZ_SEED=${seed}`);
  const dataDir = await mkdtemp(join(tmpdir(), 'fairlead-fuzz-'));
  const storage = await openStorage(databaseUrl === undefined ? { dataDir } : { databaseUrl });
  const world = await openAttackedWorld(storage);
  const findings: string[] = [];
  const before = liveBytes();
  try {
    const routes = everyRoute();
    const from = routes.findIndex((route) => nameOf(route) === process.env.FUZZ_FROM);
    for (const route of routes.slice(Math.max(0, from))) {
      if (!nameOf(route).includes(process.env.FUZZ_ROUTE ?? '')) continue;
      const startedAt = performance.now();
      const fuzzed = await fuzzRoute(route, world, { times, seed });
      console.log(lineOf(fuzzed, (performance.now() - startedAt) / 1000));
      for (const finding of fuzzed.findings.slice(0, 20)) console.log(`  ${finding}`);
      findings.push(...fuzzed.findings);
    }
    const grown = liveBytes() - before;
    console.log(`live memory grew by ${Math.round(grown / 2 ** 20)} MB`);
    if (grown > MAY_GROW) findings.push(`live memory grew by ${grown} bytes`);
    return findings;
  } finally {
    await world.close();
    await storage.close();
    await rm(dataDir, { recursive: true });
  }
};

const lineOf = ({ route, tried, accepted, refused, statuses, findings }: Fuzzed, seconds: number): string =>
  [
    route.padEnd(56),
    `${tried} tried`,
    `${accepted} accepted`,
    `${refused} refused`,
    JSON.stringify(statuses),
    `${findings.length} findings`,
    `${seconds.toFixed(1)} s`,
  ].join('  ');

/** What is still referred to. */
const liveBytes = (): number => {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
};
