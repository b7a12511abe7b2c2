/**
 * `npm run bench -- delivery [CRM…]`: five thousand leads are decided while nothing is written, then their owners are
 * written against the stand-in's documented limits. Time to empty beside the least there could be (by the limits, or the
 * stand-in's own handling of the calls, whichever is more), calls a lead, calls refused for being too many, writes lost.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLeases } from '../../server/storage/delivery-store/leases.ts';
import { openStorage } from '../../server/storage/open-storage.ts';
import { SCENARIO_CRMS } from '../../test/scenario/crms/all.ts';
import type { ScenarioCrm, Traffic } from '../../test/scenario/scenario-crm.ts';
import { openScenarioWorld, type ScenarioWorld } from '../../test/scenario/scenario-world.ts';
import { until } from '../../test/support/until.ts';
import { leastTime } from './least-time.ts';

const LEADS = 5_000;
const AN_HOUR = 3_600_000;

export async function run(args: readonly string[]): Promise<void> {
  const chosen = SCENARIO_CRMS.filter(({ vendor }) => args.length === 0 || args.includes(vendor));
  console.log(
    '| CRM | leads | calls to decide | calls to deliver | calls a lead | seconds to empty | least | ratio | refused | lost |\n|---|---|---|---|---|---|---|---|---|---|',
  );
  for (const crm of chosen) await measure(crm);
}

async function measure(crm: ScenarioCrm): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'fairlead-delivery-'));
  const storage = await openStorage({ dataDir, onError: () => undefined });
  const world = await openScenarioWorld(crm, {
    storage,
    drop: () => rm(dataDir, { recursive: true, force: true }),
  });
  // Whoever holds a connection's lease is its only sender: as long as it is held here, nothing is sent.
  const leases = createLeases(storage, 'bench');
  try {
    const held = await heldBack(leases, world);
    const start = world.account.traffic();
    const ids = Array.from({ length: LEADS }, (_, index) =>
      world.account.arrive({ email: `lead.${index}@example.org` }),
    );
    await until('every lead is decided', async () => (await count(world, DECIDED)) >= LEADS, AN_HOUR);
    const decided = world.account.traffic();
    const began = performance.now();
    await leases.release(held);
    await until('every owner is written', async () => (await count(world, PENDING)) === 0, AN_HOUR);
    report(crm, world, { ids, start, decided, ms: performance.now() - began });
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
const PENDING = "select count(*)::int as n from delivery where state = 'pending'";

/** Asked of the database itself, now and then: the live page's numbers would cost more than what is measured. */
async function count({ storage }: ScenarioWorld, sql: string): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 100));
  const { rows } = await storage.executeSql(sql);
  return (rows[0] as { readonly n: number }).n;
}

interface Run {
  readonly ids: readonly string[];
  readonly start: Traffic;
  readonly decided: Traffic;
  readonly ms: number;
}

function report(crm: ScenarioCrm, { account }: ScenarioWorld, { ids, start, decided, ms }: Run): void {
  const end = account.traffic();
  const toDecide = decided.calls - start.calls;
  const toDeliver = end.calls - decided.calls;
  const least = Math.max(leastTime(crm.vendor, end.units - decided.units), end.handlingMs * toDeliver);
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
  ];
  console.log(`| ${cells.join(' | ')} |`);
}
