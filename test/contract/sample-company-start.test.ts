import { randomInt } from 'node:crypto';
/** `npm start` as somebody runs it who just cloned the repository. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Child, startChild } from '../../sandbox/launch/child.ts';
import { EXAMPLE_LEAD } from '../../sandbox/launch/example-lead.ts';
import { choosePort } from '../../sandbox/launch/ports.ts';

const START = fileURLToPath(new URL('../../start.ts', import.meta.url));
const API_KEY = 'fl_a-key-for-tests-only';
/** A free port of those that no system gives out by itself: another test would get it before we are up. */
const quietPort = async (): Promise<number> =>
  (await choosePort(randomInt(20_000, 30_000), '127.0.0.1', false)) ?? quietPort();

const UP_WITHIN_MS = 240_000;

const PERSON = { firstname: 'Ada', lastname: 'Lovelace' };

/** A lead that nobody but everybody takes, as each CRM has it. */
const LEADS = [
  {
    crm: 'hubspot',
    desk: 'contacts',
    body: {
      objectType: 'contacts',
      properties: { ...PERSON, email: 'a1@engines.example', country: 'Canada', lifecyclestage: 'lead' },
    },
  },
  {
    crm: 'salesforce',
    desk: 'salesforce',
    body: { values: { LastName: 'Lovelace', Company: 'Engines', Email: 'a2@engines.example' } },
  },
  {
    crm: 'dynamics',
    desk: 'dynamics',
    body: { values: { ...PERSON, subject: 'Engines', emailaddress1: 'a3@engines.example' } },
  },
  {
    crm: 'zoho',
    desk: 'zoho',
    body: { values: { Last_Name: 'Lovelace', Email: 'a4@engines.example', Lead_Status: 'Not Contacted' } },
  },
  {
    crm: 'pipedrive',
    desk: 'pipedrive',
    body: {
      values: {
        title: 'Engines',
        person: { name: 'Ada Lovelace', emails: [{ value: 'a5@engines.example' }] },
      },
    },
  },
] as const;

interface Item {
  readonly id: string;
  readonly outcome: string;
  readonly current: { readonly name: string } | null;
  readonly person: { readonly url: string | null } | null;
}

let dataDir: string;
let started: Child;
let fairlead: string;
let sandbox: string;

const api = async <T>(path: string): Promise<T> => {
  const reply = await fetch(`${fairlead}/api/v1${path}`, { headers: { authorization: `Bearer ${API_KEY}` } });
  if (!reply.ok) throw new Error(`${path} answered ${reply.status}: ${await reply.text()}`);
  return (await reply.json()) as T;
};

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'fairlead-start-'));
  const [port, sandboxPort] = [await quietPort(), await quietPort()];
  fairlead = `http://127.0.0.1:${port}`;
  sandbox = `http://localhost:${sandboxPort}`;
  started = startChild('npm start', START, {
    PATH: process.env.PATH,
    PORT: String(port),
    SANDBOX_PORT: String(sandboxPort),
    DATA_DIR: dataDir,
    SANDBOX_ARRIVALS: 'off',
    SANDBOX_API_KEY: API_KEY,
  });
  // The policy is put in force last.
  const set = async (): Promise<boolean> => {
    const { tenant } = await api<{ tenant: { policyVersion: number } }>('/overview');
    return tenant.policyVersion > 0;
  };
  const ended = started.exited.then((code) => Promise.reject(new Error(`npm start ended with ${code}`)));
  const isUp = vi.waitUntil(() => set().catch(() => false), { timeout: UP_WITHIN_MS, interval: 200 });
  await Promise.race([isUp, ended]);
}, UP_WITHIN_MS + 10_000);

afterAll(async () => {
  await started.stop();
  await rm(dataDir, { recursive: true, force: true });
}, 30_000);

test('five CRMs and Slack are connected', async () => {
  const connections = await api<readonly { vendor: string; status: string }[]>('/connections');
  expect(connections.map(({ vendor }) => vendor).toSorted()).toEqual(
    ['dynamics', 'hubspot', 'pipedrive', 'salesforce', 'slack', 'zoho'].toSorted(),
  );
  expect(new Set(connections.map(({ status }) => status))).toEqual(new Set(['active']));
});

test('the lead that people are told to send is taken in by a rule', async () => {
  const reply = await fetch(`${fairlead}/api/v1/leads`, {
    method: 'POST',
    headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify(EXAMPLE_LEAD),
  });
  const decision = (await reply.json()) as { outcome: string; rule: { id: string } | null };
  expect(decision.outcome).not.toBe('not_routed');
  expect(decision.rule?.id).toBe('large');
});

test.each(LEADS)(
  '$crm: a new lead gets an owner, and its page in the CRM says who and why',
  async ({ crm, desk, body }) => {
    const made = await fetch(`${sandbox}/control/${crm}/records`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const record = (await made.json()) as { id?: string; Id?: string };
    const page = `${sandbox}/desk/${desk}/${record.id ?? record.Id}`;
    const text = async (): Promise<string> => (await fetch(page)).text();
    const WAIT = { timeout: 30_000, interval: 200 };

    const decision = await vi.waitUntil(async () => /dec_\w+/.exec(await text())?.[0], WAIT);
    const { items } = await api<{ items: readonly Item[] }>('/decisions?limit=50');
    const item = items.find(({ id }) => id === decision);
    expect(['assigned', 'offered']).toContain(item?.outcome);
    // At the weekend it is offered to everybody at once.
    const holder = item?.outcome === 'assigned' ? item.current!.name : 'Inbound holding';
    await vi.waitUntil(async () => ownerOn(await text()).startsWith(holder), WAIT);
    // The console's link opens that very page.
    expect((await fetch(String(item?.person?.url))).url).toBe(page);
  },
  60_000,
);

test('the Flow of the org understands what Fairlead answers', async () => {
  const made = await fetch(`${sandbox}/control/salesforce/records`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ values: { LastName: 'Hopper', Company: 'Yard' } }),
  });
  const { Id } = (await made.json()) as { Id: string };
  const runOf = async () => {
    const reply = await fetch(`${sandbox}/control/salesforce/flow-runs?id=${Id}`);
    const { runs } = (await reply.json()) as { runs: readonly { done: boolean; error: string | null }[] };
    return runs.find(({ done }) => done);
  };
  expect(await vi.waitUntil(runOf, { timeout: 30_000, interval: 200 })).toMatchObject({ error: null });
}, 40_000);

/** Whose a record's page says it is. */
const ownerOn = (page: string): string => {
  const select = /<select[^>]*name="ownerId"[\s\S]*?<\/select>/.exec(page)?.[0] ?? '';
  return /<option[^>]*selected[^>]*>([^<]*)/.exec(select)?.[1] ?? '';
};
