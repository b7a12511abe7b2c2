import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSandbox } from '../../sandbox/create-sandbox.ts';
import type { SeedCompany } from '../../sandbox/pipedrive/company.ts';
import { createScheduler } from '../../sandbox/scheduler.ts';
import { composeService } from '../../server/compose.ts';
import { readConfig } from '../../server/config.ts';
import { openTestDatabase } from './databases.ts';
import { roundRobin } from './round-robin.ts';

const API_KEY = 'fl_a-key-for-tests-only';
/** A Tuesday, 10:00 in New York. */
const TUESDAY = Date.parse('2026-11-24T15:00:00Z');

export const COMPANY: SeedCompany = {
  domain: 'harbour',
  name: 'Harbour',
  plan: 'lite',
  users: [
    { email: 'admin@example.com', name: 'Ada Admin', admin: true },
    { email: 'dana@example.com', name: 'Dana Whitfield', timezone: 'America/New_York' },
    { email: 'sam@example.com', name: 'Sam Okafor' },
    { email: 'robot@example.com', name: 'Native Rule' },
    { email: 'gone@example.com', name: 'Gone Away', active: false },
  ],
};

const REPS = [
  { id: 'dana', name: 'Dana Whitfield', email: 'dana@example.com' },
  { id: 'sam', name: 'Sam Okafor', email: 'sam@example.com' },
];

const POLICY = {
  fairlead: 1,
  name: 'Inbound',
  timezone: 'America/New_York',
  fields: {
    country: { type: 'country', pipedrive: 'organization.address.country' },
    employees: { type: 'number', pipedrive: 'organization.employee_count' },
    title: { type: 'text', pipedrive: 'lead.title' },
  },
  intake: { when: { field: 'title', op: 'is_present' } },
  pools: [roundRobin('all', 'Everybody', 'sam'), roundRobin('large', 'Enterprise', 'dana')],
  rules: [
    {
      id: 'large',
      name: 'Large companies',
      when: { field: 'employees', op: 'gte', value: 1000 },
      then: [{ pool: 'large' }],
    },
  ],
  fallback: [{ pool: 'all' }],
};

/** What may be set of the world. */
export interface PipedriveWorldOptions {
  readonly settings?: Readonly<Record<string, string>>;
  readonly connection?: Readonly<Record<string, unknown>>;
}

/** The composed service beside a Pipedrive that behaves, both over real HTTP, with one company connected. */
export const openPipedriveWorld = async ({ settings = {}, connection = {} }: PipedriveWorldOptions = {}) => {
  const startedAt = performance.now();
  const clock = { now: () => Math.floor(TUESDAY + performance.now() - startedAt) };
  const sandbox = await createSandbox({
    port: 0,
    companies: [COMPANY],
    scheduler: createScheduler({ now: clock.now, scale: 0.01 }),
  });
  const { pipedrive } = sandbox;
  const { storage, drop } = await openTestDatabase('pglite');
  const dataDir = mkdtempSync(join(tmpdir(), 'fairlead-pipedrive-'));
  let url = '';
  const config = readConfig({
    DATA_DIR: dataDir,
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
    BOOTSTRAP_API_KEY: API_KEY,
    PIPEDRIVE_CLIENT_ID: pipedrive.app.clientId,
    PIPEDRIVE_CLIENT_SECRET: pipedrive.app.clientSecret,
    PIPEDRIVE_OAUTH_URL: `${sandbox.url}/pipedrive`,
    PIPEDRIVE_POLL_SECONDS: '1',
    ...settings,
  });
  const service = await composeService(config, { storage, clock, publicBaseUrl: () => url });
  const server = createServer(service.app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  sandbox.pointAt(url);

  const api = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const reply = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await reply.text();
    if (!reply.ok) throw new Error(`${method} ${path} answered ${reply.status}: ${text}`);
    return JSON.parse(text) as T;
  };

  const installed = pipedrive.install();
  await api('PUT', '/reps', REPS);
  await api('PUT', '/policy', POLICY);
  const { id } = await api<{ id: string }>('POST', '/connections', {
    vendor: 'pipedrive',
    externalId: String(installed.companyId),
    name: 'Harbour',
    scopes: [...pipedrive.app.scopes],
    tokens: { refreshToken: installed.refreshToken },
    settings: { apiDomain: installed.apiDomain, userId: installed.userId, ...connection },
  });
  await api('POST', `/connections/${id}/sync`);
  await service.start();

  const account = pipedrive.account();
  const notesOf = (leadId: string) =>
    [...account.tables.note.values()].filter((one) => one.lead_id === leadId);
  return {
    sandbox,
    pipedrive,
    account,
    api,
    url,
    clock,
    storage,
    installed,
    connectionId: id,
    owner: (email: string): number => pipedrive.userId(email),
    /** A lead as people enter it, with its person and its organisation. Its id. */
    lead: (changes: { employees?: number; values?: Record<string, unknown> } = {}): string =>
      String(
        pipedrive.create({
          values: {
            title: 'Engines for ships',
            person: { name: 'Grace Hopper', emails: [{ value: `grace.${Math.random()}@example.com` }] },
            organization: {
              name: 'Yard',
              employee_count: changes.employees ?? 12,
              address: { value: 'Tallinn', country: 'Estonia' },
            },
            ...changes.values,
          },
        }).id,
      ),
    ownerOf: (leadId: string) => pipedrive.record({ id: leadId }).owner_id,
    notesOf,
    rows: async <T>(sql: string): Promise<T[]> => (await storage.executeSql(sql)).rows as T[],
    close: async () => {
      await service.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await sandbox.close();
      await storage.close();
      await drop();
      await rm(dataDir, { recursive: true });
    },
  };
};

export type PipedriveWorld = Awaited<ReturnType<typeof openPipedriveWorld>>;
