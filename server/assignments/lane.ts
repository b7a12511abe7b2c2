import { AppError } from '../base/app-error.ts';
import type { NewId } from '../base/ids.ts';
import { wakeHomes } from './homes.ts';
import { type Hours, type LaneMemory, refreshMemory } from './lane-memory.ts';
import { type LaneSession, openSession } from './lane-session.ts';
import type { LaneChanges, LaneStore, Wanted } from './lane-store.ts';
import { mergeWanted } from './merge-wanted.ts';
import type { Jobs, LaneObserver } from './ports.ts';
import { raise } from './raise.ts';
import { keepClocks } from './sla/keep-clocks.ts';
import { wakeAfter } from './wake-after.ts';

/** The most items one transaction takes. */
const GROUP = 50;
/** The most items that may stand in line; beyond it callers are told to come back. */
const LINE = 10_000;

/** One piece of work for a lane: what it needs looked up, and what it does once it is its turn. */
export interface LaneItem<T> {
  /** lower_snake: what it is, for logs and alerts. */
  readonly kind: string;
  readonly wanted: Partial<Wanted>;
  /** Works on the session alone: it waits for nothing and calls nobody. */
  readonly apply: (session: LaneSession) => T;
}

/** The one-at-a-time order of each tenant's writes. */
export interface Lanes {
  /** Does an item in its turn; resolves when what it wrote is durable. */
  readonly submit: <T>(tenantId: string, item: LaneItem<T>) => Promise<T>;
  /** What is known of a tenant, read when nothing is. It may be behind what the lane sees at its turn. */
  readonly known: (tenantId: string) => Promise<LaneMemory>;
}

export interface LaneParts {
  readonly store: LaneStore;
  readonly jobs: Jobs;
  readonly newId: NewId;
  /** Random text that makes a digest of personal data say nothing. */
  readonly newSalt: () => string;
  readonly hours: Hours;
  readonly observer: LaneObserver;
}

interface Waiting {
  readonly item: LaneItem<unknown>;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

interface Lane {
  readonly line: Waiting[];
  running: boolean;
  memory: LaneMemory | null;
  /** Under way while nothing is known: whoever asks meanwhile waits for the same. */
  look: Promise<LaneMemory> | null;
}

/** Lanes with nobody in line. Work that arrives while a transaction runs goes into the next one together. */
export const createLanes = (parts: LaneParts): Lanes => {
  const lanes = new Map<string, Lane>();
  const laneOf = (tenantId: string): Lane => {
    const lane = lanes.get(tenantId) ?? { line: [], running: false, memory: null, look: null };
    lanes.set(tenantId, lane);
    return lane;
  };
  const submit = <T>(tenantId: string, item: LaneItem<T>): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      const lane = laneOf(tenantId);
      if (lane.line.length >= LINE) return reject(busy());
      lane.line.push({ item, resolve: resolve as (result: unknown) => void, reject });
      if (!lane.running) void runLane(tenantId, lane, parts);
    });
  return {
    submit,
    known: async (tenantId) => {
      const lane = laneOf(tenantId);
      if (lane.memory !== null) return lane.memory;
      lane.look ??= submit(tenantId, LOOK).finally(() => {
        lane.look = null;
      });
      return lane.look;
    },
  };
};

const LOOK: LaneItem<LaneMemory> = { kind: 'look', wanted: {}, apply: (session) => session.memory };

const busy = (): AppError =>
  new AppError('busy', 'More leads arrive than can be decided. Try again in a moment.', {
    status: 503,
    retryable: true,
  });

const runLane = async (tenantId: string, lane: Lane, parts: LaneParts): Promise<void> => {
  lane.running = true;
  // What arrives within the same turn of the event loop goes along.
  await new Promise((resolve) => setImmediate(resolve));
  while (lane.line.length > 0) await runGroup(tenantId, lane, lane.line.splice(0, GROUP), parts);
  lane.running = false;
};

/** Runs a group in one transaction. If it fails its items run singly, so that only the one at fault fails. */
const runGroup = async (
  tenantId: string,
  lane: Lane,
  group: readonly Waiting[],
  parts: LaneParts,
): Promise<void> => {
  try {
    const results = await transact(
      tenantId,
      lane,
      group.map(({ item }) => item),
      parts,
    );
    group.forEach(({ resolve }, i) => {
      resolve(results[i]);
    });
  } catch (error) {
    if (isOutage(error)) for (const { reject } of group) reject(outage(error));
    else if (group.length > 1) for (const one of group) await runGroup(tenantId, lane, [one], parts);
    else await park(tenantId, lane, group[0]!, error, parts);
  }
};

/** Classes of SQLSTATE that say the database was lost, or has no room: connection, resources, intervention, idleness, a lock. */
const LOST = /^(08|53|57|25P0|55P0)/;

/**
 * Whether the database was lost on the way: then nobody is at fault, and what was committed is not known here. A row it
 * refuses and a mistake of ours may speak of a connection too.
 */
const isOutage = (error: unknown): boolean => {
  if (error instanceof AppError) return error.code === 'database_unreachable';
  if (!(error instanceof Error) || error.name === 'TypeError') return false;
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) return /connection|timeout/i.test(error.message);
  return /^E[A-Z]+$/.test(code) || LOST.test(code);
};

const outage = (cause: unknown): AppError =>
  new AppError('database_unreachable', 'The database does not answer. Try again in a moment.', {
    status: 503,
    retryable: true,
    cause,
  });

const transact = async (
  tenantId: string,
  lane: Lane,
  items: readonly LaneItem<unknown>[],
  parts: LaneParts,
): Promise<readonly unknown[]> => {
  let written: LaneChanges | null = null;
  try {
    const results = await parts.store.transact(tenantId, mergeWanted(items), async (transaction) => {
      const memory = await refreshMemory(lane.memory, transaction, parts.hours);
      const session = openSession(tenantId, transaction, memory, parts);
      const results = items.map((item) => item.apply(session));
      keepClocks(session);
      wakeHomes(session);
      lane.memory = memory;
      written = hasChanges(session.changes) ? session.changes : null;
      if (written !== null) memory.stateVersion++;
      return { changes: written, result: results };
    });
    parts.observer.committed({
      tenantId,
      items: items.length,
      decisions: (written as LaneChanges | null)?.decisions.length ?? 0,
    });
    if (written !== null) wakeAfter(tenantId, written, parts);
    return results;
  } catch (error) {
    // Balances and loads may have been changed in place: they are read afresh.
    lane.memory = null;
    throw error;
  }
};

const hasChanges = (changes: LaneChanges): boolean =>
  changes.assignments.size +
    changes.clocks.size +
    changes.alerts.length +
    changes.loads.size +
    changes.erased.size >
    0 ||
  changes.replies.length + changes.unreachable.length + changes.settled.size > 0 ||
  changes.records.length + changes.deliveries.length + changes.entries.length + changes.moves.length > 0 ||
  changes.drainAt !== undefined;

/** The item at fault fails, visibly: nothing of it is stored, its caller is told, and an alert says so. */
const park = async (
  tenantId: string,
  lane: Lane,
  { item, reject }: Waiting,
  error: unknown,
  parts: LaneParts,
): Promise<void> => {
  const known = error instanceof AppError;
  parts.observer.failed({ tenantId, code: known ? error.code : 'lane_item_failed', error });
  if (known) return reject(error);
  const text = `Something asked of Fairlead (${item.kind}) failed and was not stored. Look at the log for lane_item_failed, then try it again.`;
  const alert: LaneItem<void> = {
    kind: 'alert',
    wanted: {},
    apply: (session) => raise(session, 'lead_parked', item.kind, { text }),
  };
  await transact(tenantId, lane, [alert], parts).catch((cause: unknown) =>
    parts.observer.failed({ tenantId, code: 'alert_not_stored', error: cause }),
  );
  reject(
    new AppError('not_stored', 'Nothing was stored. Try again; if it fails again, look at the alerts.', {
      status: 503,
      retryable: true,
      cause: error,
    }),
  );
};
