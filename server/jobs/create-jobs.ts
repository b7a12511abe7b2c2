import { PgBoss } from 'pg-boss';
import type { Jobs } from '../assignments/ports.ts';
import type { Clock } from '../base/clock.ts';
import type { Storage } from '../storage/storage.ts';
import { createSweeper } from './create-sweeper.ts';

export interface JobsParts {
  readonly storage: Pick<Storage, 'kind' | 'executeSql'>;
  /** Decides what is due for a tenant; when the next is due, in epoch milliseconds, or null. */
  readonly sweep: (tenantId: string) => Promise<number | null>;
  readonly tenantIds: () => Promise<readonly string[]>;
  /** The nightly comparison with the CRMs. */
  readonly reconcile: () => Promise<void>;
  /** The hourly import of people and their time off. */
  readonly importPeople: () => Promise<void>;
  /** Nightly: erases and removes what is not kept any longer. */
  readonly keepRetention: () => Promise<void>;
  /** Each minute: carries out the deletions of workspaces whose time has come. */
  readonly endWorkspaces: () => Promise<void>;
  readonly wakeSender: (connectionId: string) => void;
  readonly clock: Clock;
  readonly onError: (error: unknown, what: string) => void;
}

/** Wakes work at its time. The rows say what is due, so a wake-up too many or lost does no harm. */
export interface JobRunner extends Jobs {
  /** Begins to sweep every tenant once, and waits for wake-ups. */
  readonly start: () => Promise<void>;
  /** Takes every wake-up of a tenant off the queue. */
  readonly forgetTenant: (tenantId: string) => Promise<void>;
  /** Takes nothing more and waits for what is being done. */
  readonly stop: () => Promise<void>;
}

interface Wake {
  readonly tenantId: string;
}

const WAKE = 'wake_tenant';
const SWEEP_ALL = 'sweep_all';
const RECONCILE = 'reconcile';
const IMPORT_PEOPLE = 'import_people';
const KEEP_RETENTION = 'keep_retention';
const END_WORKSPACES = 'end_workspaces';

const EVERY_MINUTE = '* * * * *';
const AT_NIGHT = '15 3 * * *';
const LATE_AT_NIGHT = '45 3 * * *';
const EVERY_HOUR = '5 * * * *';

/** Seconds. A job says only that rows are to be looked at, so it is soon forgotten. */
const QUEUE = {
  expireInSeconds: 120,
  retryLimit: 3,
  retryDelay: 2,
  deleteAfterSeconds: 600,
  retentionSeconds: 7 * 86_400,
};
/** Rounds that go through many rows may take long; a second one beside them would do the same again. */
const LONG_QUEUE = { ...QUEUE, expireInSeconds: 3_600 };
/** Half a second is the most a due offer or lead waits to be looked at. */
const POLL = { pollingIntervalSeconds: 0.5, batchSize: 100 };
/** How long `stop` waits for what is being done. Milliseconds. */
const PATIENCE = 10_000;

/** pg-boss on the storage's own connections: on the embedded database its statements queue with all others. */
const createBoss = ({ storage, onError }: JobsParts): PgBoss => {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => storage.executeSql(text, values) },
    backend: storage.kind === 'pglite' ? 'pglite' : 'postgres',
    // A rebuild of indexes without a lock cannot run beside other statements of the one connection.
    reindex: storage.kind === 'postgresql',
  });
  boss.on('error', (error) => onError(error, 'the job queue failed'));
  return boss;
};

/** Durable wake-ups on pg-boss, nightly and minutely work, and sweeps one at a time per tenant. */
export const createJobs = (parts: JobsParts): JobRunner => {
  const { clock, onError } = parts;
  const boss = createBoss(parts);
  /** The earliest wake-up that this process has asked for, per tenant: a later one adds nothing. */
  const armed = new Map<string, number>();
  let started = false;

  const sweeper = createSweeper(async (tenantId) => {
    try {
      const next = await parts.sweep(tenantId);
      if (next !== null && started) await wakeAt(tenantId, next);
    } catch (error) {
      onError(error, `tenant ${tenantId} could not be swept; the next minute tries again`);
    }
  });

  const wakeAt = async (tenantId: string, at: number): Promise<void> => {
    const earlier = armed.get(tenantId);
    if (earlier !== undefined && earlier > clock.now() && earlier <= at) return;
    armed.set(tenantId, at);
    // Processes that ask for the same second share one job.
    const singletonKey = `${tenantId}/${Math.ceil(at / 1000)}`;
    await boss.send(WAKE, { tenantId } satisfies Wake, { startAfter: new Date(at), singletonKey });
  };

  const sweepAll = async (): Promise<void> => {
    for (const tenantId of await parts.tenantIds()) await sweeper.sweep(tenantId);
  };

  const listen = async (): Promise<void> => {
    await boss.createQueue(WAKE, { ...QUEUE, policy: 'short' });
    for (const name of [SWEEP_ALL, RECONCILE, IMPORT_PEOPLE])
      await boss.createQueue(name, { ...QUEUE, policy: 'stately' });
    for (const name of [KEEP_RETENTION, END_WORKSPACES])
      await boss.createQueue(name, { ...LONG_QUEUE, policy: 'stately' });
    await boss.work<Wake>(WAKE, POLL, async (jobs) => {
      const tenants = new Set(jobs.map(({ data }) => data.tenantId));
      await Promise.all([...tenants].map(sweeper.sweep));
    });
    await boss.work(SWEEP_ALL, sweepAll);
    await boss.work(RECONCILE, parts.reconcile);
    await boss.work(IMPORT_PEOPLE, parts.importPeople);
    await boss.work(KEEP_RETENTION, parts.keepRetention);
    await boss.work(END_WORKSPACES, parts.endWorkspaces);
    await boss.schedule(SWEEP_ALL, EVERY_MINUTE);
    await boss.schedule(RECONCILE, AT_NIGHT);
    await boss.schedule(IMPORT_PEOPLE, EVERY_HOUR);
    await boss.schedule(KEEP_RETENTION, LATE_AT_NIGHT);
    await boss.schedule(END_WORKSPACES, EVERY_MINUTE);
  };

  return {
    wakeSender: parts.wakeSender,
    wakeTenant: async (tenantId, at) => {
      if (!started) return;
      if (at > clock.now()) return wakeAt(tenantId, at);
      // At once, here, and without keeping the caller: the rows hold what is to be done.
      void sweeper.sweep(tenantId);
    },
    start: async () => {
      await boss.start();
      await listen();
      started = true;
      // Not waited for: what fell due while nobody ran can be thousands of leads, and callers want their answers now.
      sweepAll().catch((error: unknown) =>
        onError(error, 'the first sweep failed; the next minute tries again'),
      );
    },
    forgetTenant: async (tenantId) => {
      armed.delete(tenantId);
      if (started)
        await parts.storage.executeSql(`delete from pgboss.job where data->>'tenantId' = $1`, [tenantId]);
    },
    stop: async () => {
      started = false;
      await boss.stop({ graceful: true, timeout: PATIENCE });
      await sweeper.settled();
    },
  };
};
