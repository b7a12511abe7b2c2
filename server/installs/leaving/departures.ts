import type { Leases } from '../../assignments/delivery-ports.ts';
import type { LeaveWay, LeftStep } from '../../assignments/leave-ports.ts';
import type { ConnectionInfo } from '../../assignments/ports.ts';
import { AppError } from '../../base/app-error.ts';
import type { Clock } from '../../base/clock.ts';
import type { ConnectionRow, ConnectionStore, Leaving } from '../connection-store.ts';
import { goThrough, type StepParts } from './go-through.ts';

export interface DepartureParts extends Omit<StepParts, 'wayOf'> {
  readonly connections: ConnectionStore;
  readonly leases: Leases;
  /** What was told of an account says nothing any more once it is left. */
  readonly alerts: { readonly closeAbout: (tenantId: string, connectionId: string) => Promise<void> };
  readonly ways: readonly LeaveWay[];
  /** It is another now: whoever keeps it in memory, and whoever sends to it, is told. */
  readonly onEnded: (connection: ConnectionInfo) => void;
  readonly clock: Clock;
}

/** Accounts that are disconnected from here. */
export interface Departures {
  /**
   * Disconnects an account: from now on nothing is read from it or written to it. Its vendor is told, at most for
   * `patienceMs` and then in the background. Again for one that is disconnected: it is tried again. Returns what is left
   * to do. Throws AppError `not_found`.
   */
  readonly leave: (leaving: {
    readonly tenantId: string;
    readonly connectionId: string;
    readonly by: string;
    readonly patienceMs: number;
  }) => Promise<readonly LeftStep[]>;
  /** What is left to do at the vendors of disconnected accounts, by connection. */
  readonly left: (tenantId: string) => Promise<ReadonlyMap<string, readonly LeftStep[]>>;
  /** Goes on with what is due. */
  readonly goOn: () => Promise<void>;
  /** Resolves once nothing is under way. */
  readonly settled: () => Promise<void>;
}

/** Longer than all steps of one account take. Milliseconds. */
const LEASE_MS = 120_000;
/** How long a vendor that does not answer is asked again, and how often. Milliseconds. */
const GIVE_UP_MS = 24 * 3_600_000;
const WAIT_MS = { first: 60_000, most: 3_600_000 };
export const createDepartures = (parts: DepartureParts): Departures => {
  const { connections, clock, alerts, leases, onError } = parts;
  const running = new Map<string, Promise<void>>();
  const wayOf: StepParts['wayOf'] = ({ vendor }) => parts.ways.find((way) => way.vendor === vendor);

  const goOnWith = async (id: string): Promise<void> => {
    const lease = await leases.acquire(`leaving:${id}`, LEASE_MS);
    if (lease === null) return;
    try {
      const row = await connections.byId(id);
      if (row?.status !== 'disconnected' || row.leaving === null) return;
      const leaving = await goThrough(row, row.leaving, { ...parts, wayOf });
      await keep(row, leaving);
    } catch (error) {
      onError(error, `connection ${id} could not be left`);
    } finally {
      await leases.release(lease);
    }
  };

  const keep = (row: ConnectionRow, leaving: Leaving): Promise<void> => {
    const { left, byHand, at, attempts } = leaving;
    if (left.length === 0) return connections.keepLeaving(row, null, null);
    const toTry = left.filter((step) => step === 'leads' || !byHand.includes(step));
    if (toTry.length === 0) return connections.keepLeaving(row, leaving, null);
    const now = clock.now();
    if (now >= at + GIVE_UP_MS && !toTry.includes('leads'))
      return connections.keepLeaving(
        row,
        { ...leaving, byHand: left.filter((step) => step !== 'leads') },
        null,
      );
    const wait = Math.min(WAIT_MS.most, WAIT_MS.first * 2 ** Math.min(attempts - 1, 10));
    return connections.keepLeaving(row, leaving, now + wait);
  };

  /** One run of each at a time. */
  const run = (id: string): Promise<void> => {
    const known = running.get(id) ?? goOnWith(id).finally(() => running.delete(id));
    running.set(id, known);
    return known;
  };

  const own = async (tenantId: string, connectionId: string): Promise<ConnectionRow> => {
    const row = await connections.byId(connectionId);
    if (row?.tenantId === tenantId) return row;
    throw new AppError(
      'not_found',
      `There is no connection ${connectionId}: GET /api/v1/connections lists them.`,
      { status: 404 },
    );
  };

  const leftOf = (row: ConnectionRow): readonly LeftStep[] => {
    const way = wayOf(row);
    if (row.leaving === null || way === undefined) return [];
    const { left, byHand } = row.leaving;
    return left.flatMap((step) =>
      step === 'leads' ? [] : [{ step, trying: !byHand.includes(step), byHand: way.byHand[step] }],
    );
  };

  return {
    leave: async ({ tenantId, connectionId, by, patienceMs }) => {
      const row = await own(tenantId, connectionId);
      if (await connections.leave(row, toBeDone(row, { by, at: clock.now() }, parts))) {
        parts.onEnded(row);
        await alerts.closeAbout(tenantId, row.id);
      }
      await forAtMost(patienceMs, run(row.id));
      return leftOf(await own(tenantId, connectionId));
    },
    left: async (tenantId) => new Map((await connections.list(tenantId)).map((row) => [row.id, leftOf(row)])),
    goOn: async () => {
      for (const { id } of await connections.leavingDue(clock.now())) await run(id);
    },
    settled: async () => {
      await Promise.all(running.values());
    },
  };
};

/** Without tokens nothing can be taken back; what the vendor may still allow is for a person to end. */
const toBeDone = (
  row: ConnectionRow,
  { by, at }: Pick<Leaving, 'by' | 'at'>,
  { dropPush }: DepartureParts,
): Leaving => {
  const base = { by, at, attempts: 0 };
  if (row.status === 'uninstalled') return { ...base, left: ['leads'], byHand: [] };
  if (row.tokens === null) return { ...base, left: ['leads', 'permission'], byHand: ['permission'] };
  const push = dropPush(row) === null ? [] : (['push'] as const);
  return { ...base, left: ['leads', ...push, 'permission'], byHand: [] };
};

const forAtMost = async (ms: number, work: Promise<void>): Promise<void> => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  await Promise.race([work, promise]);
  clearTimeout(timer);
};
