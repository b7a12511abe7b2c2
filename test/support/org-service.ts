import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import supertest from 'supertest';
import { afterEach } from 'vitest';
import { createSandbox, type SandboxOptions } from '../../sandbox/create-sandbox.ts';
import { composeService } from '../../server/compose.ts';
import { readConfig } from '../../server/config.ts';
import type { Storage } from '../../server/storage/storage.ts';
import type { TestDatabase } from './databases.ts';
import { roundRobin } from './round-robin.ts';
import { salesforceConnection } from './salesforce-connection.ts';

const API_KEY = 'fl_a-key-for-tests-only';
const REPS = ['anna', 'ben'].map((id) => ({ id, name: id, email: `${id}@example.com` }));
/** Whoever the integration signs in as: it owns what it makes, and takes no leads. */
const INTEGRATION = 'integration@example.com';

export const ORG_POLICY = {
  fairlead: 1,
  name: 'Inbound',
  timezone: 'UTC',
  intake: { when: { field: 'stage', op: 'starts_with', value: 'Open' }, owned: 'route' },
  fields: {
    country: { type: 'country', salesforce: 'Lead.Country' },
    stage: { type: 'text', salesforce: 'Lead.Status' },
  },
  pools: [roundRobin('all', 'Everybody', 'anna', 'ben')],
  rules: [],
  fallback: [{ pool: 'all' }],
};

const seed = {
  domain: 'test',
  name: 'Test org',
  timezone: 'UTC',
  users: [
    { email: INTEGRATION, firstName: 'Inte', lastName: 'Gration' },
    { email: 'anna@example.com', firstName: 'Anna', lastName: 'Rep' },
    { email: 'ben@example.com', firstName: 'Ben', lastName: 'Rep' },
    { email: 'outsider@example.com', firstName: 'Outside', lastName: 'Rep' },
  ],
  queues: [
    { developerName: 'Holding', name: 'Holding', owns: ['Lead'], members: [INTEGRATION] },
    { developerName: 'Cases', name: 'Cases', owns: ['Case'], members: [INTEGRATION] },
  ],
};

/** A stand-in org that a whole service in this process is connected to. */
export const openOrgService = async (
  storage: Storage,
  options: {
    readonly sandbox?: Partial<SandboxOptions>;
    readonly settings?: Record<string, string>;
    readonly policy?: unknown;
  } = {},
) => {
  const sandbox = await createSandbox({ port: 0, orgs: [seed], ...options.sandbox });
  const { salesforce } = sandbox;
  const dataDir = mkdtempSync(join(tmpdir(), 'fairlead-org-'));
  const settings = {
    DATA_DIR: dataDir,
    LOG_LEVEL: 'silent',
    BOOTSTRAP_API_KEY: API_KEY,
    SALESFORCE_CLIENT_ID: salesforce.app.clientId,
    SALESFORCE_CLIENT_SECRET: salesforce.app.clientSecret,
    SALESFORCE_LOGIN_URL: `${sandbox.url}/salesforce`,
    SALESFORCE_PUBSUB_URL: salesforce.pubsub.url(),
    SALESFORCE_POLL_SECONDS: '1',
    ...options.settings,
  };
  const compose = (changes: Record<string, string> = {}) =>
    composeService(readConfig({ ...settings, ...changes }), { storage });
  let service = await compose();
  const others: (typeof service)[] = [];
  const api = async (method: 'get' | 'post' | 'put', path: string, body?: object) => {
    const request = supertest(service.app)[method](path).set('authorization', `Bearer ${API_KEY}`);
    const reply = await (body === undefined ? request : request.send(body));
    if (reply.status >= 300) throw new Error(`${path} answered ${reply.status}: ${reply.text}`);
    return reply.body;
  };
  await api('put', '/api/v1/reps', REPS);
  await api('put', '/api/v1/policy', (options.policy ?? ORG_POLICY) as object);
  const connect = (scopes?: readonly string[]) => {
    const granted = salesforce.install(undefined, INTEGRATION, scopes);
    return api('post', '/api/v1/connections', salesforceConnection(granted, 'Test org'));
  };
  const connected = await connect();
  await api('post', `/api/v1/connections/${connected.id}/sync`);
  await service.start();

  const rows = (object: string) => [...(salesforce.org().tables.get(object)?.values() ?? [])];
  const idOf = (name: string): string =>
    [...rows('User'), ...rows('Group')].find(({ Email, DeveloperName }) =>
      [Email, DeveloperName].includes(name),
    )?.Id ?? '';
  const [tenant] = await storage.directory((trx) => trx.selectFrom('tenant').select('id').execute());
  const select = async (query: string): Promise<readonly Record<string, unknown>[]> =>
    storage.withTenant(
      tenant!.id,
      async (trx) => (await sql.raw<Record<string, unknown>>(query).execute(trx)).rows,
    );
  const selectShared = async (query: string): Promise<readonly Record<string, unknown>[]> =>
    storage.directory(async (trx) => (await sql.raw<Record<string, unknown>>(query).execute(trx)).rows);

  return {
    ...sandbox,
    api,
    connection: connected.id as string,
    idOf,
    rows,
    select,
    /** Rows of the inbox about a record. */
    inboxRows: (recordId: string) =>
      selectShared(`select * from inbox where payload->>'recordId' = '${recordId}'`),
    owner: (id: string) => salesforce.record(id).OwnerId,
    lead: (values: Record<string, unknown> = {}): string =>
      salesforce.create({ by: INTEGRATION, values: { LastName: 'Lovelace', Company: 'Engines', ...values } })
        .Id,
    assignment: async (recordId: string) => {
      const [found] = await select(`select a.* from assignment a join lead_record r
        on r.tenant_id = a.tenant_id and r.lead_id = a.lead_id where r.record_id = '${recordId}'
        order by a.id desc limit 1`);
      return found;
    },
    marks: async () =>
      Object.fromEntries(
        (await selectShared('select * from poll_mark')).map((row) => [row.connection_id, row.cursor]),
      ),
    alerts: () => select('select kind, detail from alert where closed_at is null'),
    /** Changes what all tenants share. */
    write: selectShared,
    /** A second process on the same database. */
    another: async (): Promise<void> => {
      const second = await compose();
      await second.start();
      others.push(second);
    },
    /** Ends the first process; the other one goes on. */
    endFirst: async (): Promise<void> => {
      await service.stop();
      service = others.shift() ?? service;
    },
    /** Ends the service as a stop does, and starts it again on the same data. */
    restart: async (between: () => void | Promise<void> = () => undefined): Promise<void> => {
      await service.stop();
      await between();
      service = await compose();
      await service.start();
    },
    /** Stops, and starts again with other settings. */
    restartWith: async (changes: Record<string, string>, between: () => void = () => undefined) => {
      await service.stop();
      between();
      service = await compose(changes);
      await service.start();
    },
    /** The org is connected anew, with these scopes alone. */
    reconnect: (scopes: readonly string[]) => connect(scopes),
    close: async () => {
      for (const one of [service, ...others]) await one.stop();
      await sandbox.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};

export type OrgService = Awaited<ReturnType<typeof openOrgService>>;

/** Opens such services for the tests of a suite, within it: each is closed before its database is emptied. */
export const orgServices = (database: () => Promise<TestDatabase>) => {
  const open: OrgService[] = [];
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });
  return async (options: Parameters<typeof openOrgService>[1] = {}): Promise<OrgService> => {
    const { storage } = await database();
    const made = await openOrgService(storage, options);
    open.push(made);
    return made;
  };
};
