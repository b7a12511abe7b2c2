import { spawn } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readKeyring } from '../../server/installs/keyring.ts';
import { readPushRoot } from '../../server/installs/push-root.ts';
import { createPushSecrets } from '../../server/installs/push-secrets.ts';
import { createVault } from '../../server/installs/vault.ts';
import { createSealedStore } from '../../server/storage/directory/sealed-values.ts';
import { CLI } from '../support/command-line.ts';
import { type OwnedDatabase, openTestDatabase } from '../support/databases.ts';
import { roundRobin } from '../support/round-robin.ts';
import { type Service, startService } from '../support/service.ts';
import { openTokenVendor, type TokenVendor } from '../support/token-vendor.ts';
import { until } from '../support/until.ts';

const API_KEY = 'fl_keys-replaced-under-traffic';
const key = (id: string) => `${id}:${Buffer.alloc(32, id).toString('base64')}`;
/** Nothing is sent there: without an app there is no token. */
const SETTINGS = { apiDomain: 'https://example.pipedrive.com' };
const [OLD, NEW] = [key('old'), key('new')];

let database: OwnedDatabase;
let vendor: TokenVendor;
const started: Service[] = [];

const settings = (keys: string): Record<string, string> => ({
  DATABASE_URL: database.url!,
  BOOTSTRAP_API_KEY: API_KEY,
  FAIRLEAD_KEYS: keys,
  HUBSPOT_CLIENT_ID: 'id',
  HUBSPOT_CLIENT_SECRET: 'secret',
  HUBSPOT_API_URL: vendor.url,
  DATA_DIR: '/nonexistent',
});
const start = async (keys: string): Promise<Service> => {
  const service = await startService(settings(keys));
  started.push(service);
  return service;
};
const send = (service: Service, method: string, path: string, body?: unknown) =>
  fetch(`${service.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
const connect = async (service: Service, vendorName: string, externalId: string) => {
  const tokens = { refreshToken: 'refresh-0' };
  const body = { vendor: vendorName, externalId, name: vendorName, scopes: [], tokens, settings: SETTINGS };
  const reply = await send(service, 'POST', '/connections', body);
  if (!reply.ok) throw new Error(await reply.text());
  return ((await reply.json()) as { id: string }).id;
};

/** `fairlead reseal` as an operator runs it. */
const reseal = (keys: string): Promise<{ code: number | null; text: string }> =>
  new Promise((resolve) => {
    const env = { PATH: process.env.PATH, ...settings(keys) };
    const child = spawn(process.execPath, [CLI, 'reseal'], { env });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += String(chunk)));
    child.on('close', (code) => resolve({ code, text }));
  });

beforeAll(async () => {
  database = await openTestDatabase('postgresql');
  vendor = await openTokenVendor({ access: 'access-0', refresh: 'refresh-0' });
}, 120_000);
afterAll(async () => {
  await Promise.all(started.map((one) => one.kill()));
  await vendor?.close();
  await database?.storage.close();
  await database?.drop();
});

test('a key is replaced under traffic, and no request fails', async () => {
  const first = await start(OLD);
  await send(first, 'PUT', '/reps', [{ id: 'dana', name: 'Dana', email: 'dana@example.com' }]);
  const policy = {
    fairlead: 1,
    name: 'P',
    pools: [roundRobin('all', 'All', 'dana')],
    fallback: [{ pool: 'all' }],
  };
  await send(first, 'PUT', '/policy', policy);
  const portal = await connect(first, 'hubspot', '4711');
  const company = await connect(first, 'pipedrive', '77');
  const ring = readKeyring(OLD);
  const root = await readPushRoot(createSealedStore(database.storage), createVault(ring));
  // As it was registered while the old key was all there was.
  const registered = createPushSecrets(root, ring).of(company);
  // A token that is over at once: nearly every use asks for another.
  vendor.set({ lifeSeconds: 1 });

  let live = first;
  let on = true;
  const failures: string[] = [];
  const counts = { leads: 0, synced: 0, pushed: 0 };
  const again = async (what: keyof typeof counts, work: (to: Service) => Promise<Response>) => {
    while (on) {
      const reply = await work(live).catch((error: unknown) => error);
      if (reply instanceof Response && reply.ok) counts[what]++;
      else failures.push(`${what}: ${reply instanceof Response ? await reply.text() : String(reply)}`);
    }
  };
  const push = (to: Service) =>
    fetch(`${to.url}/pipedrive/webhooks`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${company}:${registered}`).toString('base64')}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({
        meta: {
          id: crypto.randomUUID(),
          action: 'change',
          entity: 'lead',
          entity_id: 'a',
          company_id: '77',
          timestamp: new Date().toISOString(),
          version: '2.0',
        },
        data: { id: 'a' },
        previous: {},
      }),
    });
  const traffic = [
    again('leads', (to) => send(to, 'POST', '/leads', { fields: {} })),
    again('synced', (to) => send(to, 'POST', `/connections/${portal}/sync`)),
    again('pushed', push),
  ];
  const served = async () => {
    const before = { ...counts };
    await until('traffic goes on', () => {
      if (failures.length > 0) throw new Error(failures[0]);
      return Object.keys(counts).every((one) => counts[one as 'leads'] > before[one as 'leads'] + 3);
    });
  };
  /** As a load balancer does: the next one takes over before the one before is told to stop. */
  const takeOver = async (keys: string) => {
    const before = live;
    live = await start(keys);
    await served();
    await before.stop();
  };

  try {
    await served();
    // Every process knows the new key before any seals with it.
    await takeOver(`${OLD},${NEW}`);
    await takeOver(`${NEW},${OLD}`);
    const sealed = await reseal(`${NEW},${OLD}`);
    expect(sealed).toMatchObject({ code: 0, text: expect.stringContaining('The other keys can go') });
    await served();
    await takeOver(NEW);
  } finally {
    on = false;
    await Promise.all(traffic);
  }
  expect(failures).toEqual([]);
  expect(vendor.asked.length).toBeGreaterThan(3);

  const tooFew = await startService(settings(key('another'))).then(
    () => 'started',
    (error: Error) => error.message,
  );
  expect(tooFew).toMatch(/sealed with keys that FAIRLEAD_KEYS does not hold: new \(\d+\)/);
  expect(tooFew).toContain('The service ended with 1');
  const nothing = await reseal(key('another'));
  expect(nothing).toMatchObject({ code: 1, text: expect.stringContaining('keep the other keys') });
}, 300_000);
