import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLeases } from '../../server/storage/delivery-store/leases.ts';
import { openStorage } from '../../server/storage/open-storage.ts';
import { SCENARIO_CRMS } from '../../test/scenario/crms/all.ts';
import { hubspotLeads } from '../../test/scenario/crms/hubspot-leads.ts';
import { openScenarioWorld } from '../../test/scenario/scenario-world.ts';
import { until } from '../../test/support/until.ts';
const g = globalThis as any;
const LEADS = Number(process.argv[3] ?? 1000);
const vendor = process.argv[2];
const crm = [...SCENARIO_CRMS, { ...hubspotLeads, vendor: 'hubspot-leads' } as any].find((c) => c.vendor === vendor)!;
const dataDir = await mkdtemp(join(tmpdir(), 'fl-'));
const storage = await openStorage(process.env.PG ? { databaseUrl: process.env.PG } : { dataDir, onError: (e) => console.error(e) });
const world = await openScenarioWorld(crm.vendor === 'hubspot-leads' ? hubspotLeads : crm, { storage, drop: () => rm(dataDir, { recursive: true, force: true }) });
const leases = createLeases(storage, 'bench');
const [connection] = await world.api<any>('GET', '/api/v1/connections');
let held: any = null;
while (!held) { held = await leases.acquire(`sender:${connection.id}`, 3600000); await new Promise((r) => setTimeout(r, 50)); }
const count = async (sql: string) => { await new Promise((r) => setTimeout(r, 100)); return ((await storage.executeSql(sql)).rows[0] as any).n; };
const t = () => world.account.traffic();
const start = t();
const ids = Array.from({ length: LEADS }, (_, i) => world.account.arrive({ email: `lead.${i}@example.org` }));
await until('decided', async () => (await count('select count(*)::int as n from assignment where rep_id is not null')) >= LEADS, 3600000);
const decided = t();
console.log('decide calls', decided.calls - start.calls);
await g.pgTally?.();
{ const f = globalThis.fetch; g.fetchMs = new Map(); globalThis.fetch = (async (u: any, o: any) => { const b = performance.now(); const k = `${o?.method ?? 'GET'} ${String(u.url ?? u).replace(/ids=[^&]*/, 'ids').replace(/https?:..[^/]*/, '').slice(0, 160).replace(/[0-9a-f-]{36}|\d{6,}/g, 'ID')}`; try { return await f(u, o); } finally { const e = g.fetchMs.get(k) ?? []; e.push(performance.now() - b); g.fetchMs.set(k, e); } }) as any; }
if (process.env.CALLS) { const f = globalThis.fetch; const by = new Map<string, number>(); g.byCall = by; globalThis.fetch = (async (u: any, o: any) => { const k = `${o?.method ?? 'GET'} ${String(u.url ?? u).replace(/ids=[^&]*/, 'ids').replace(/https?:..[^/]*/, '').slice(0, 160).replace(/[0-9a-f-]{36}|\d{6,}/g, 'ID')}`; by.set(k, (by.get(k) ?? 0) + 1); return f(u, o); }) as any; }
const session = new Session(); session.connect();
await session.post('Profiler.enable'); if (process.env.PROF) await session.post('Profiler.start');
const cpu0 = process.cpuUsage(); const tc0 = (process as any).threadCpuUsage();
const began = performance.now();
await leases.release(held);
await until('written', async () => (await count("select count(*)::int as n from delivery where state = 'pending'")) === 0, 3600000);
const ms = performance.now() - began;
const cpu = process.cpuUsage(cpu0); const tc = (process as any).threadCpuUsage(tc0);
if (process.env.PROF) { const { profile } = await session.post('Profiler.stop'); await writeFile('/tmp/prof/out.cpuprofile', JSON.stringify(profile)); }
const end = t();
console.log({ ms: Math.round(ms), calls: end.calls - decided.calls, units: end.units - decided.units, refused: end.refused, handling: end.handlingMs, processCpu: Math.round((cpu.user + cpu.system) / 1000), mainCpu: Math.round((tc.user + tc.system) / 1000), lost: ids.filter((id) => world.account.ownerOf(id) === null || world.account.ownerWrites(id) !== 1).length });
if (g.byCall) console.log([...g.byCall].sort((a: any, b: any) => b[1] - a[1]).slice(0, 25));
if (g.pgTally) {
  const tally = await g.pgTally();
  const sqlOf = new Map([...g.stNames].map(([sql, name]: any) => [name, sql.replace(/^--.*\n/gm, '').replace(/\s+/g, ' ').slice(0, 70)]));
  const total = tally.reduce((a: number, [, { ms }]: any) => a + ms, 0);
  console.log('pglite ms', Math.round(total));
  for (const [key, { n, ms }] of tally.sort((a: any, b: any) => b[1].ms - a[1].ms).slice(0, 30))
    console.log(Math.round(ms), n, key.split(' | ').map((k: string) => sqlOf.get(k) ?? k).join(' || ').slice(0, 400));
}
for (const [k, v] of g.fetchMs) { v.sort((a: number, b: number) => a - b); console.log(k, v.length, 'sum', Math.round(v.reduce((a: number, b: number) => a + b, 0)), 'p50', Math.round(v[v.length >> 1]), 'max', Math.round(v.at(-1))); }
if (g.TL) { const TL = g.TL as [string, number][]; const sums = new Map<string, number>(); TL.forEach(([n, at], i) => { if (i > 0) sums.set(n, (sums.get(n) ?? 0) + at - TL[i - 1]![1]); }); console.log(Object.fromEntries([...sums].map(([k, v]) => [k, Math.round(v)]))); }
await world.close();
process.exit(0);
