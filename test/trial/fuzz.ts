import { randomInt } from 'node:crypto';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { openStorage } from '../../server/storage/open-storage.ts';
import { openAttackedWorld } from '../support/attack/attacked-world.ts';
import { type Fuzzed, fuzzRoute } from '../support/attack/fuzz-route.ts';
import { everyRoute, nameOf, type Route } from '../support/attack/routes.ts';
import type { Trial } from './trial.ts';

/** What lives in memory may grow by so much over the whole trial: caches fill, and nothing else. Bytes. */
const MAY_GROW = 200 * 1024 * 1024;

/**
 * Spoilt input for every route of the OpenAPI document: no 5xx of ours, problems as problems, nothing changed by what is
 * refused, and memory that does not grow with it. FUZZ_SEED repeats a run; FUZZ_ROUTE names a part of the routes,
 * FUZZ_FROM the one to go on from, FUZZ_UNTIL the one to stop before.
 */
export const fuzz: Trial = async ({ times, databaseUrl, report }) => {
  const seed = Number(process.env.FUZZ_SEED ?? randomInt(2 ** 31 - 1));
  const tell = async (line: string): Promise<void> => {
    console.log(line);
    if (report !== undefined) await appendFile(report, `${line}\n`);
  };
  const dataDir = await mkdtemp(join(tmpdir(), 'fairlead-fuzz-'));
  const storage = await openStorage(databaseUrl === undefined ? { dataDir } : { databaseUrl });
  const world = await openAttackedWorld(storage);
  const findings: string[] = [];
  const done: Fuzzed[] = [];
  const before = liveBytes();
  try {
    await tell(`FUZZ_SEED=${seed} on ${storage.kind}`);
    for (const route of routesAsked()) {
      const startedAt = performance.now();
      const fuzzed = await fuzzRoute(route, world, { times, seed });
      done.push(fuzzed);
      await tell(lineOf(fuzzed, (performance.now() - startedAt) / 1000));
      for (const finding of fuzzed.findings.slice(0, 20)) await tell(`  ${finding}`);
      findings.push(...fuzzed.findings);
    }
    const grown = liveBytes() - before;
    await tell(`${totalOf(done)}; live memory grew by ${Math.round(grown / 2 ** 20)} MB`);
    if (grown > MAY_GROW) findings.push(`live memory grew by ${grown} bytes`);
    return findings;
  } finally {
    await world.close();
    await storage.close();
    await rm(dataDir, { recursive: true });
  }
};

const routesAsked = (): readonly Route[] => {
  const { FUZZ_ROUTE = '', FUZZ_FROM, FUZZ_UNTIL } = process.env;
  const routes = everyRoute();
  const placeOf = (name: string | undefined): number => routes.findIndex((route) => nameOf(route) === name);
  const [from, until] = [placeOf(FUZZ_FROM), placeOf(FUZZ_UNTIL)];
  return routes
    .slice(Math.max(0, from), until < 0 ? undefined : until)
    .filter((route) => nameOf(route).includes(FUZZ_ROUTE));
};

const totalOf = (done: readonly Fuzzed[]): string => {
  const sum = (of: (one: Fuzzed) => number): number => done.reduce((total, one) => total + of(one), 0);
  return `${done.length} routes, ${sum(({ tried }) => tried)} tried, ${sum(({ findings }) => findings.length)} findings`;
};

const lineOf = (
  { route, tried, accepted, refused, unanswered, statuses, findings }: Fuzzed,
  seconds: number,
): string =>
  [
    route.padEnd(56),
    `${tried} tried`,
    `${accepted} accepted`,
    `${refused} refused`,
    `${unanswered} unanswered`,
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
