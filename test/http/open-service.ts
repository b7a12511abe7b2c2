import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Express } from 'express';
import supertest from 'supertest';
import { composeService } from '../../server/compose.ts';
import { readConfig } from '../../server/config.ts';
import type { Storage } from '../../server/storage/storage.ts';
import { openTestDatabase } from '../support/databases.ts';
import { signV3 } from '../support/hubspot-signature.ts';
import { roundRobin } from '../support/round-robin.ts';

export const API_KEY = 'fl_a-key-for-tests-only';
export const SECRET = 'hubspot-secret';
export const PUBLIC = 'https://leads.example.com';
export const PORTAL = 4_711_001;
export const ACTION = '/hubspot/actions/assign-lead';
export const WEBHOOKS = '/hubspot/webhooks';
/** Where nothing listens: what is sent there is tried again later. */
const NOWHERE = 'http://127.0.0.1:9';
/** A Tuesday, 10:00 in New York. */
export const TUESDAY = Date.parse('2026-11-24T15:00:00Z');

/** The whole service in this process, on an empty database: the embedded one, unless a test says otherwise. */
export interface TestService {
  readonly app: Express;
  readonly storage: Storage;
  /** The clock the service goes by. */
  readonly clock: { now: () => number; set: (at: number) => void };
  /** A request with the API key. */
  readonly api: (method: 'get' | 'post' | 'put', path: string) => supertest.Test;
  readonly anyone: ReturnType<typeof supertest>;
  /** A POST as HubSpot signs it. */
  readonly hubspot: (path: string, body: unknown, headers?: Record<string, string>) => supertest.Test;
  /** Rows of every table that a request could have written. */
  readonly counts: () => Promise<Record<string, number>>;
  readonly close: () => Promise<void>;
}

const TABLES = [
  'lead',
  'decision',
  'assignment',
  'reply',
  'inbox',
  'delivery',
  'policy',
  'rep',
  'connection',
  'session',
] as const;

export const openService = async (
  settings: Record<string, string> = {},
  kind: Storage['kind'] = 'pglite',
): Promise<TestService> => {
  const { storage, drop } = await openTestDatabase(kind);
  const dataDir = mkdtempSync(join(tmpdir(), 'fairlead-http-'));
  const config = readConfig({
    DATA_DIR: dataDir,
    LOG_LEVEL: 'silent',
    PUBLIC_BASE_URL: PUBLIC,
    BOOTSTRAP_API_KEY: API_KEY,
    HUBSPOT_CLIENT_ID: 'hubspot-id',
    HUBSPOT_CLIENT_SECRET: SECRET,
    HUBSPOT_API_URL: NOWHERE,
    SLACK_SIGNING_SECRET: 'slack-secret',
    SLACK_API_URL: `${NOWHERE}/`,
    ...settings,
  });
  let at = TUESDAY;
  const clock = {
    now: () => at,
    set: (next: number) => {
      at = next;
    },
  };
  const service = await composeService(config, { storage, clock });
  await service.start();
  const anyone = supertest(service.app);
  return {
    app: service.app,
    storage,
    clock,
    anyone,
    api: (method, path) => anyone[method](path).set('authorization', `Bearer ${API_KEY}`),
    hubspot: (path, body, headers) => {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      return anyone
        .post(path)
        .set('content-type', 'application/json')
        .set(headers ?? signV3(SECRET, 'POST', PUBLIC + path, text, at))
        .send(text);
    },
    counts: async () => {
      const counted = TABLES.map((table) => `select '${table}' as name, count(*) as rows from ${table}`);
      const { rows } = await storage.executeSql(counted.join(' union all '));
      return Object.fromEntries(
        (rows as { name: string; rows: number }[]).map(({ name, rows: n }) => [name, n]),
      );
    },
    close: async () => {
      await service.stop();
      await storage.close();
      await drop();
      await rm(dataDir, { recursive: true });
    },
  };
};

export const REPS = [
  { id: 'dana', name: 'Dana Whitfield', email: 'dana@example.com' },
  { id: 'sam', name: 'Sam Okafor', email: 'sam@example.com' },
];

export const POLICY = {
  fairlead: 1,
  name: 'Inbound',
  timezone: 'America/New_York',
  fields: {
    country: { type: 'country', hubspot: 'contact.country', salesforce: 'Lead.Country' },
    employees: { type: 'number', hubspot: 'contact.numemployees', salesforce: 'Lead.NumberOfEmployees' },
  },
  queues: [{ id: 'holding', name: 'Holding' }],
  pools: [roundRobin('all', 'Everybody', 'dana', 'sam'), roundRobin('large', 'Enterprise', 'dana')],
  rules: [
    {
      id: 'large',
      name: 'Large companies',
      when: { field: 'employees', op: 'gte', value: 1000 },
      then: [{ pool: 'large' }],
    },
    {
      id: 'parked',
      name: 'To be looked at',
      when: { field: 'country', op: 'eq', value: 'DE' },
      then: [{ queue: 'holding' }],
    },
    {
      id: 'later',
      name: 'Waits',
      when: { field: 'country', op: 'eq', value: 'FR' },
      then: [{ wait: 'PT1H' }],
    },
  ],
  fallback: [{ pool: 'all' }],
};

/** Reps and a live policy; with `portal` also a connected HubSpot account. Returns the connection's id. */
export const setUp = async (service: TestService, options: { portal?: boolean } = {}): Promise<string> => {
  await service.api('put', '/api/v1/reps').send(REPS).expect(200);
  await service.api('put', '/api/v1/policy').send(POLICY).expect(200);
  if (!options.portal) return '';
  const connected = await service
    .api('post', '/api/v1/connections')
    .send({
      vendor: 'hubspot',
      externalId: String(PORTAL),
      name: 'Portal',
      scopes: ['oauth'],
      tokens: { refreshToken: 'refresh' },
    })
    .expect(200);
  return connected.body.id;
};

/** What HubSpot posts for a contact; the properties hold all the test policy reads. */
export const actionBody = (callbackId: string, changes: Record<string, unknown> = {}) => ({
  callbackId,
  origin: { portalId: PORTAL, actionDefinitionId: 1, actionDefinitionVersion: 1 },
  context: { source: 'WORKFLOWS', workflowId: 9 },
  object: {
    objectId: 904,
    objectType: 'CONTACT',
    properties: { country: 'US', numemployees: '12', hubspot_owner_id: '', email: 'marta@example.com' },
  },
  inputFields: { wait: 'no' },
  ...changes,
});
