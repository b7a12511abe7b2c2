/**
 * `npm run bench -- delivery [CRM…] [--database embedded|postgresql] [--leads N]`: leads (5,000) are decided while
 * nothing is written, then their owners are written against the stand-in's documented limits. Time to empty beside the
 * least there could be (by the limits, or the stand-in's own handling of the calls, whichever is more), calls a lead,
 * calls refused for being too many, writes lost, the processor time of service and stand-in, with the embedded database
 * that of the database too, and which of these was the longest: what a ratio above 1 is due to. A first run with few
 * leads is not told: it warms the process, as one that has served for a while is.
 */
import { parseArgs } from 'node:util';
import { createLeases } from '../../server/storage/delivery-store/leases.ts';
import { crmsNamed } from '../../test/scenario/crms/all.ts';
import type { ScenarioCrm, Traffic } from '../../test/scenario/scenario-crm.ts';
import { openScenarioDatabase } from '../../test/scenario/scenario-database.ts';
import { openScenarioWorld, type ScenarioWorld } from '../../test/scenario/scenario-world.ts';
import { startPostgres } from '../../test/support/embedded-postgres.ts';
import { prepareTemplate } from '../../test/support/template-database.ts';
import { until } from '../../test/support/until.ts';
import { longestBound } from './bounds.ts';
import { leastTime, windowOf } from './least-time.ts';

const LEADS = '5000';
const WARMING = 1_000;
const AN_HOUR = 3_600_000;

export async function run(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { database: { type: 'string', default: 'embedded' }, leads: { type: 'string', default: LEADS } },
    allowPositionals: true,
  });
  console.log(`${values.database}\n${HEAD}`);
  const postgres = values.database === 'postgresql' ? await startPostgres({ durable: true }) : null;
  const rowOf = async (crm: ScenarioCrm, leads: number): Promise<string> =>
    measure(crm, leads, postgres ? await prepareTemplate(postgres.url) : null);
  const crms = crmsNamed(positionals);
  try {
    for (const crm of crms.slice(0, 1)) await rowOf(crm, WARMING);
    for (const crm of crms) console.log(await rowOf(crm, Number(values.leads)));
  } finally {
    await postgres?.stop();
  }
}

const HEAD = `| CRM | leads | calls to decide | calls to deliver | calls a lead | seconds to empty | least | ratio | refused | lost | CPU s | of it the service's thread | longest bound |
|---|---|---|---|---|---|---|---|---|---|---|---|---|`;

/** The table's row. */
async function measure(crm: ScenarioCrm, leads: number, databaseUrl: string | null): Promise<string> {
  const database = await openScenarioDatabase(databaseUrl);
  const { storage } = database;
  const world = await openScenarioWorld(crm, database);
  // Whoever holds a connection's lease is its only sender: as long as it is held here, nothing is sent.
  const leases = createLeases(storage, 'bench');
  try {
    const held = await heldBack(leases, world);
    const start = world.account.traffic();
    const ids = Array.from({ length: leads }, (_, index) =>
      world.account.arrive({ email: `lead.${index}@example.org` }),
    );
    await until('every lead is decided', async () => (await count(world, DECIDED)) >= leads, AN_HOUR);
    const decided = world.account.traffic();
    // The least begins with the vendor's windows empty.
    await new Promise((resolve) => setTimeout(resolve, windowOf(crm.vendor)));
    const [began, whole, thread] = [performance.now(), process.cpuUsage(), process.threadCpuUsage()];
    await leases.release(held);
    await until('every owner is written', async () => (await count(world, PENDING)) === 0, AN_HOUR);
    const cpu = [process.cpuUsage(whole), process.threadCpuUsage(thread)].map(secondsOf);
    return report(crm, world, { ids, start, decided, ms: performance.now() - began, cpu });
  } finally {
    await world.close();
  }
}

async function heldBack(leases: ReturnType<typeof createLeases>, world: ScenarioWorld) {
  const [connection] = await world.api<readonly { id: string }[]>('GET', '/api/v1/connections');
  const name = `sender:${connection?.id}`;
  let held = await leases.acquire(name, AN_HOUR);
  while (held === null) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    held = await leases.acquire(name, AN_HOUR);
  }
  return held;
}

const DECIDED = 'select count(*)::int as n from assignment where rep_id is not null';
const PENDING =
  "select count(*)::int as n from (select from delivery where state = 'pending' limit 1) as one";

/** Asked of the database itself, now and then: the live page's numbers would cost more than what is measured. */
async function count({ storage }: ScenarioWorld, sql: string): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 100));
  const { rows } = await storage.executeSql(sql);
  return (rows[0] as { readonly n: number }).n;
}

const secondsOf = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1e6;

interface Run {
  readonly ids: readonly string[];
  readonly start: Traffic;
  readonly decided: Traffic;
  readonly ms: number;
  /** Processor seconds: of the process, and of the thread that the service and the stand-in run on. */
  readonly cpu: readonly number[];
}

function report(crm: ScenarioCrm, { account }: ScenarioWorld, run: Run): string {
  const { ids, start, decided, ms, cpu } = run;
  const end = account.traffic();
  const toDecide = decided.calls - start.calls;
  const toDeliver = end.calls - decided.calls;
  const limits = leastTime(crm.vendor, end.units - decided.units);
  const standIn = end.handlingMs * toDeliver;
  const least = Math.max(limits, standIn);
  const [whole = 0, thread = 0] = cpu.map((seconds) => seconds * 1000);
  const lost = ids.filter((id) => account.ownerOf(id) === null || account.ownerWrites(id) !== 1).length;
  const cells = [
    crm.name,
    ids.length.toLocaleString('en'),
    toDecide,
    toDeliver,
    ((toDecide + toDeliver) / ids.length).toFixed(3),
    (ms / 1000).toFixed(1),
    (least / 1000).toFixed(1),
    (ms / least).toFixed(2),
    end.refused - start.refused,
    lost,
    ...cpu.map((seconds) => seconds.toFixed(1)),
    longestBound({ limits, standIn, thread, others: whole - thread }),
  ];
  return `| ${cells.join(' | ')} |`;
}
