import type { Alerts } from '../assignments/ports.ts';
import { AppError } from '../base/app-error.ts';
import { createBell } from '../base/bell.ts';
import { AT_ONCE, gatherMs } from './gather-ms.ts';
import { groupRows, type Work } from './group-rows.ts';
import { handleEvent, type InboxHandlers } from './handle-event.ts';
import type { InboxRow, InboxStore, NewInboxRow } from './inbox-store.ts';

/** Another process may have stored rows, or died with some in hand: look that often unasked. */
const LOOK_EVERY_MS = 1_000;
/** Longer than any event takes; after it the rows of a process that died are taken again. */
const LEASE_MS = 60_000;
const MOST_ATTEMPTS = 8;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 10 * 60_000;
/** HubSpot repeats an event for a day. */
const KEEP_MS = 3 * 24 * 3_600_000;
const PRUNE_EVERY_MS = 3_600_000;

export interface InboxParts extends InboxHandlers {
  readonly store: InboxStore;
  readonly alerts: Alerts;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly onResult: (kind: string, result: 'done' | 'retried' | 'parked') => void;
  readonly onError: (error: unknown, what: string) => void;
}

/** Stores what vendors push, and works on it afterwards. */
export interface Inbox {
  readonly put: (rows: readonly NewInboxRow[]) => Promise<void>;
  readonly start: () => void;
  /** Resolves once the work in hand is done. */
  readonly stop: () => Promise<void>;
}

/** An inbox that has not started yet: it stores, and works once `start` is called. */
export const createInbox = (parts: InboxParts): Inbox => {
  const stopping = new AbortController();
  const bell = createBell();
  let running: Promise<void> = Promise.resolve();
  const run = async () => {
    for (let prunedAt = Number.NEGATIVE_INFINITY; !stopping.signal.aborted; ) {
      const taken = await workOnce(parts);
      if (taken > 0) {
        await createBell().wait(gatherMs(taken), stopping.signal);
        continue;
      }
      if (performance.now() - prunedAt >= PRUNE_EVERY_MS) prunedAt = await prune(parts);
      await bell.wait(LOOK_EVERY_MS);
    }
  };
  return {
    put: async (rows) => {
      await parts.store.put(rows);
      bell.ring();
    },
    start: () => {
      running = run();
    },
    stop: async () => {
      stopping.abort();
      bell.ring();
      await running;
    },
  };
};

const prune = async ({ store, onError }: InboxParts): Promise<number> => {
  await store.prune(KEEP_MS).catch((error: unknown) => onError(error, 'the inbox could not be pruned'));
  return performance.now();
};

/** Works on what is due. Returns how many rows it took. */
const workOnce = async (parts: InboxParts): Promise<number> => {
  try {
    const rows = await parts.store.take(AT_ONCE, LEASE_MS);
    const { subjects, unreadable } = groupRows(rows);
    for (const row of unreadable) await park(row, 'unreadable', parts);
    const done = await Promise.all(subjects.map((works) => workInOrder(works, parts)));
    await parts.store.done(done.flat());
    return rows.length;
  } catch (error) {
    parts.onError(error, 'the inbox could not be worked on');
    return 0;
  }
};

/**
 * What follows a failed event about the same record waits behind it, so that none overtakes another. Returns the rows
 * that are done; a process that dies before they are marked works on them again, which changes nothing.
 */
const workInOrder = async (works: readonly Work[], parts: InboxParts): Promise<readonly number[]> => {
  const done: number[] = [];
  let behind: Later | null = null;
  for (const { event, rows } of works) {
    const ids = rows.map(({ id }) => id);
    if (behind) {
      await parts.store.retry(ids, behind.afterMs, 'waits_behind_another');
      continue;
    }
    const end = await workOn({ event, rows }, parts);
    if (end === 'done') done.push(...ids);
    else if (end !== 'parked') behind = end;
  }
  return done;
};

/** Failed, and is tried again. */
interface Later {
  readonly afterMs: number;
}

const workOn = async ({ event, rows }: Work, parts: InboxParts): Promise<'done' | 'parked' | Later> => {
  const [first] = rows as [InboxRow];
  try {
    await handleEvent(event, first, parts);
    for (const _ of rows) parts.onResult(event.kind, 'done');
    return 'done';
  } catch (error) {
    parts.onError(error, `an event of kind ${event.kind} failed`);
    const code = error instanceof AppError ? error.code : 'failed';
    if (first.attempts >= MOST_ATTEMPTS) {
      for (const row of rows) await park(row, code, parts);
      return 'parked';
    }
    const afterMs = waitAfter(first.attempts, parts.random());
    await parts.store.retry(
      rows.map(({ id }) => id),
      afterMs,
      code,
    );
    parts.onResult(event.kind, 'retried');
    return { afterMs };
  }
};

/** Doubles with every try, half of it by chance so that rows that failed together do not come back together. */
const waitAfter = (attempts: number, chance: number): number => {
  const whole = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempts - 1));
  return Math.round(whole / 2 + (whole / 2) * chance);
};

const park = async (row: InboxRow, code: string, parts: InboxParts): Promise<void> => {
  await parts.alerts.open(row.tenantId, {
    kind: 'inbox_parked',
    subject: String(row.id),
    detail: {
      code,
      connection: row.connectionId,
      text: `An event could not be worked on (${code}): see docs/operating.md.`,
    },
  });
  await parts.store.park([row.id], code);
  parts.onResult('any', 'parked');
};
