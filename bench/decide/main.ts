/**
 * `npm run bench -- decide`: durable decisions per second through HTTP, from HubSpot's signed action to the stored reply, on both
 * databases, beside the store alone and a bare route, and the service's memory. All in one run; fsync on.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startPostgres } from '../../test/support/embedded-postgres.ts';
import { freePort } from '../../test/support/service.ts';
import { prepareTemplate } from '../../test/support/template-database.ts';
import { HUBSPOT_SECRET, openWorld, type World } from '../../test/support/world.ts';
import { generate } from './generate.ts';
import type { LoadResult } from './load.ts';
import { memoryOf } from './memory.ts';
import { storeAlone } from './store-alone.ts';
import { PAYLOAD, POLICY, REPS } from './workload.ts';

const CALLERS = [1, 32, 128] as const;
const BURST: Readonly<Record<number, number>> = { 1: 1_500, 32: 24_000, 128: 32_000 };
const READ_THROUGH_RECORDS = 4_000;
const LEADS = [10_000, 100_000] as const;

interface Row {
  readonly what: string;
  readonly callers: number;
  readonly result: LoadResult;
}

/** The bench's arguments: `--database embedded|postgresql` for one only, `--memory off` to leave the 100,000 leads out. */
export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { database: { type: 'string' }, memory: { type: 'string' } },
  });
  print('bare route', await bare());
  for (const database of values.database ? [values.database] : ['embedded', 'postgresql']) {
    const postgres = database === 'postgresql' ? await startPostgres({ durable: true }) : null;
    const fresh = async () => (postgres ? { databaseUrl: await prepareTemplate(postgres.url) } : {});
    try {
      const alone = await storeAlone(await fresh());
      console.log(
        `\n${database}: the store alone, 50 at a time: ${Math.round(alone).toLocaleString('en')} leads/s`,
      );
      print(database, await decisions(fresh), alone);
      if (values.memory !== 'off') await memory(database, await fresh());
    } finally {
      await postgres?.stop();
    }
  }
}

function print(title: string, rows: readonly Row[], alone?: number): void {
  console.log(
    `\n${title}\n| what | callers | per second | of store alone | p50 ms | p99 ms | failed |\n|---|---|---|---|---|---|---|`,
  );
  for (const { what, callers, result } of rows) {
    const share = alone ? (result.perSecond / alone).toFixed(2) : '';
    console.log(
      `| ${what} | ${callers} | ${Math.round(result.perSecond).toLocaleString('en')} | ${share} | ${result.p50} | ${result.p99} | ${result.failed} |`,
    );
  }
}

async function bare(): Promise<readonly Row[]> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const route = spawn(process.execPath, [
    fileURLToPath(new URL('./bare-route.ts', import.meta.url)),
    HUBSPOT_SECRET,
    url,
    String(port),
  ]);
  await once(route.stdout, 'data');
  const rows: Row[] = [];
  for (const callers of CALLERS)
    rows.push({
      what: 'signature checked',
      callers,
      result: await generate({ url, callers, requests: BURST[callers]!, name: 'bare', properties: PAYLOAD }),
    });
  route.kill();
  return rows;
}

type Database = { readonly databaseUrl?: string };

const open = (database: Database, limited = true): Promise<World> =>
  openWorld({
    reps: REPS,
    policy: POLICY,
    // HubSpot's own limit would cap reading through at 1,100 records a second; there the service is what is measured.
    ...(limited ? {} : { sandbox: { limits: { perTenSeconds: null } } }),
    ...database,
  });

/** Owners, reasons and tasks are delivered meanwhile, as fast as HubSpot's limit lets them. */
async function decisions(fresh: () => Promise<Database>): Promise<readonly Row[]> {
  const rows: Row[] = [];
  await inWorld(await open(await fresh()), async (world) => {
    for (const callers of CALLERS)
      rows.push({ what: 'payload suffices', callers, result: await payload(world, callers) });
  });
  await inWorld(await open(await fresh(), false), async (world) => {
    for (const callers of CALLERS)
      rows.push({ what: 'read through', callers, result: await readThrough(world, callers) });
  });
  return rows;
}

async function inWorld(world: World, work: (world: World) => Promise<void>): Promise<void> {
  try {
    await generate({
      url: world.service().url,
      callers: 32,
      requests: 2_000,
      name: 'warm-up',
      properties: PAYLOAD,
    });
    await work(world);
  } finally {
    await world.close();
  }
}

const payload = (world: World, callers: number): Promise<LoadResult> =>
  generate({
    url: world.service().url,
    callers,
    requests: BURST[callers]!,
    name: `payload-${callers}`,
    properties: PAYLOAD,
  });

/** Distinct contacts that HubSpot really has, each read in the vendor's batches before it is decided. */
function readThrough(world: World, callers: number): Promise<LoadResult> {
  const count = callers === 1 ? 200 : READ_THROUGH_RECORDS;
  const properties = Object.fromEntries(
    Object.entries(PAYLOAD).filter(([, value]) => value !== null),
  ) as Record<string, string>;
  const ids = Array.from(
    { length: count },
    (_, index) =>
      world.sandbox.hubspot.create({
        objectType: 'contacts',
        properties: { ...properties, email: `c${callers}-${index}@example.org` },
      }).id,
  );
  const recordsFile = join(tmpdir(), `fairlead-bench-${process.pid}-${callers}.json`);
  writeFileSync(recordsFile, JSON.stringify(ids));
  return generate({
    url: world.service().url,
    callers,
    requests: count,
    name: `read-${callers}`,
    recordsFile,
    properties: {},
  });
}

async function memory(title: string, database: Database): Promise<void> {
  const world = await open(database);
  const { url } = world.service();
  try {
    const sizes = [await memoryOf(url)];
    let sent = 0;
    for (const leads of LEADS) {
      for (; sent < leads; sent += 10_000)
        await generate({ url, callers: 32, requests: 10_000, name: `memory-${sent}`, properties: PAYLOAD });
      sizes.push(await memoryOf(url));
    }
    console.log(
      `\n${title}: resident MB at rest, after 10,000 and after 100,000 leads: ${sizes.map((size) => Math.round(size)).join(', ')}`,
    );
  } finally {
    await world.close();
  }
}
