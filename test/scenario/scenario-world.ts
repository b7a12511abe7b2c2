import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CompiledQuery } from 'kysely';
import { afterAll, beforeAll, describe } from 'vitest';
import { createSandbox, type Sandbox } from '../../sandbox/create-sandbox.ts';
import { createScheduler } from '../../sandbox/scheduler.ts';
import { composeService } from '../../server/compose.ts';
import { readConfig } from '../../server/config.ts';
import type { Storage } from '../../server/storage/storage.ts';
import { openTestDatabase } from '../support/databases.ts';
import { roundRobin } from '../support/round-robin.ts';
import { until } from '../support/until.ts';
import { PEOPLE, type ScenarioAccount, type ScenarioCrm } from './scenario-crm.ts';

/** How long one send is waited for before time is let pass all the same. */
const LONGEST_SEND_MS = 1_000;
const API_KEY = 'fl_scenarios-api-key-for-tests-only';

/** Where a lead stands, by the record it stands on. */
export interface Standing {
  readonly state: 'offered' | 'assigned' | 'waiting' | 'in_queue' | 'closed';
  readonly rep: string | null;
  readonly written: 'none' | 'pending' | 'done' | 'refused';
  readonly closedBecause: string | null;
  readonly events: readonly string[];
}

/** Fairlead beside one stand-in CRM: the service in this process, on real HTTP and a real database, on a clock that can be moved on. */
export interface ScenarioWorld {
  readonly account: ScenarioAccount;
  readonly sandbox: Sandbox;
  readonly storage: Storage;
  /** Where the service listens. */
  readonly url: string;
  /** The service's clock. Epoch ms. */
  readonly now: () => number;
  /** Throws on anything but 2xx. */
  readonly api: <T = unknown>(method: string, path: string, body?: unknown) => Promise<T>;
  readonly standing: (recordId: string) => Promise<Standing | null>;
  /** Decisions about the lead of a record. */
  readonly decisions: (recordId: string) => Promise<number>;
  /** Whether a record's owner write was tried and waits for its next try: none is under way, looking or writing. */
  readonly rests: (recordId: string) => Promise<boolean>;
  /** Leads charged to the pools so far. */
  readonly charged: () => Promise<number>;
  readonly alerts: () => Promise<readonly { readonly kind: string; readonly text: string }[]>;
  /** Moves the service's and the CRM's clock on, between sends rather than in the middle of one, and has what is due by then looked at. */
  readonly pass: (ms: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

const policyFor = ({ vendor, sources }: ScenarioCrm) => ({
  fairlead: 1,
  name: 'Scenarios',
  timezone: 'America/New_York',
  fields: {
    country: { type: 'country', [vendor]: sources.country },
    email: { type: 'email', [vendor]: sources.email },
  },
  intake: { when: { field: 'email', op: 'is_present' }, owned: 'keep' },
  pools: [roundRobin('all', 'Everybody', 'anna', 'ben')],
  rules: [
    {
      id: 'later',
      name: 'Waits',
      when: { field: 'country', op: 'eq', value: 'FR' },
      then: [{ wait: 'PT48H' }],
    },
    {
      id: 'converted',
      name: 'Converted at once',
      when: { field: 'country', op: 'eq', value: 'NL' },
      then: [{ pool: 'all', convert: true }],
    },
  ],
  fallback: [{ pool: 'all' }],
});

/** A database of its own, migrated and empty; closed and dropped with the world. */
export interface ScenarioDatabase {
  readonly storage: Storage;
  readonly drop: () => Promise<void>;
}

/** Waits until the CRM pushes and has been looked through once: what it tells from here on is all that happens. */
const begun = (connectionId: string, { pushing }: ScenarioAccount, storage: Storage): Promise<void> =>
  until('the CRM pushes and was looked through', async () => {
    const looked = await storage.directory((trx) =>
      trx.selectFrom('poll_mark').select('cursor').where('connection_id', '=', connectionId).execute(),
    );
    return looked.length === 1 && pushing();
  });

export const openScenarioWorld = async (
  crm: ScenarioCrm,
  database: ScenarioDatabase,
): Promise<ScenarioWorld> => {
  let ahead = 0;
  const clock = { now: () => Date.now() + ahead };
  const sandbox = await createSandbox({
    port: 0,
    scheduler: createScheduler({ now: clock.now }),
    ...crm.sandbox,
  });
  const config = readConfig({
    DATA_DIR: '/nonexistent',
    FAIRLEAD_KEYS: `k:${Buffer.alloc(32, 7).toString('base64')}`,
    LOG_LEVEL: 'silent',
    BOOTSTRAP_API_KEY: API_KEY,
    ...crm.settings(sandbox),
  });
  let url = '';
  const service = await composeService(config, {
    storage: database.storage,
    clock,
    roundTickMs: 200,
    publicBaseUrl: () => url,
  });
  const server = createServer(service.app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  sandbox.pointAt(url);
  await service.start();

  const api = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  };
  const tenants = await database.storage.directory((trx) => trx.selectFrom('tenant').select('id').execute());
  const rows = <Row>(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> =>
    database.storage.withTenant(
      tenants[0]!.id,
      async (trx) => (await trx.executeQuery<Row>(CompiledQuery.raw(text, [...values]))).rows,
    );

  /** A minute in the middle of a send is longer than one may take. What a connection's pause holds back is not waited for. */
  const betweenSends = async (): Promise<void> => {
    for (const deadline = Date.now() + LONGEST_SEND_MS; Date.now() < deadline; ) {
      const trying = await rows(
        `select from delivery where state = 'pending' and attempts > 0 and due_at <= to_timestamp($1 / 1000.0) limit 1`,
        [clock.now()],
      );
      if (trying.length === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  };

  const account = crm.open(sandbox);
  await api(
    'PUT',
    '/api/v1/reps',
    (['anna', 'ben'] as const).map((id) => ({
      id,
      name: `${PEOPLE[id].first} ${PEOPLE[id].last}`,
      email: PEOPLE[id].email,
    })),
  );
  await api('PUT', '/api/v1/policy', policyFor(crm));
  const { id } = await api<{ id: string }>('POST', '/api/v1/connections', account.connection());
  await api('POST', `/api/v1/connections/${id}/sync`);
  await begun(id, account, database.storage);

  return {
    account,
    sandbox,
    storage: database.storage,
    url,
    now: clock.now,
    api,
    standing: async (recordId) => {
      const [found] = await rows<Standing & { id: string }>(
        `select a.id, a.state, a.rep_id as rep, a.written, a.closed_because as "closedBecause",
           (select coalesce(array_agg(e.kind order by e.seq), '{}') from assignment_event e where e.tenant_id = a.tenant_id and e.assignment_id = a.id) as events
         from lead_record r join assignment a using (tenant_id, lead_id)
         where r.record_id = $1 order by a.opened_at desc limit 1`,
        [recordId],
      );
      return found ?? null;
    },
    decisions: async (recordId) => {
      const [counted] = await rows<{ n: string }>(
        'select count(distinct d.id) as n from lead_record r join decision d using (tenant_id, lead_id) where r.record_id = $1',
        [recordId],
      );
      return Number(counted?.n ?? 0);
    },
    rests: async (recordId) => {
      const [write] = await rows<{ attempts: number; due: string }>(
        `select attempts, extract(epoch from due_at) * 1000 as due from delivery
         where kind = 'owner_write' and state = 'pending' and body->'record'->>'recordId' = $1`,
        [recordId],
      );
      return write !== undefined && write.attempts > 0 && Number(write.due) > clock.now();
    },
    charged: async () => {
      const { pools } = await api<{ pools: { members: { received: number }[] }[] }>(
        'GET',
        '/api/v1/overview',
      );
      return pools.flatMap(({ members }) => members).reduce((sum, { received }) => sum + received, 0);
    },
    alerts: () => rows(`select kind, detail->>'text' as text from alert where closed_at is null`),
    pass: async (ms) => {
      await betweenSends();
      ahead += ms;
      // The database's clock, which wakes the service, does not move along.
      await api('PUT', '/api/v1/settings', { paused: false });
    },
    close: async () => {
      await service.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await sandbox.close();
      await database.storage.close();
      await database.drop();
    },
  };
};

/** Declares a suite on each of the two databases, with one world for all its tests; the database's name follows `name`. */
export const eachScenarioWorld = (
  name: string,
  crm: ScenarioCrm,
  suite: (world: () => ScenarioWorld) => void,
): void => {
  describe.each(['pglite', 'postgresql'] as const)(`${name} on %s`, (kind) => {
    let world: ScenarioWorld | undefined;
    beforeAll(async () => {
      world = await openScenarioWorld(crm, await openTestDatabase(kind));
    }, 120_000);
    afterAll(() => world?.close());
    suite(() => {
      if (!world) throw new Error('There is a world only while tests run.');
      return world;
    });
  });
};
