import { AppError } from '../../base/app-error.ts';
import type { AuditAction } from './actions.ts';

/** Who changed what. Ids only: no values, no secrets, nobody's name or address. */
export interface AuditEntry {
  readonly tenantId: string;
  /** As proven: `key:<name>`, `console`, a person's id; `service` where nobody asked. */
  readonly who: string;
  readonly action: AuditAction;
  /** The id of what was changed; null: the workspace itself. */
  readonly subject: string | null;
}

export interface AuditLine {
  /** Rises with every line of every tenant. */
  readonly seq: number;
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly who: string;
  readonly action: string;
  readonly subject: string | null;
  /** `unknown`: it was begun, and whether it was done nobody knows. */
  readonly outcome: 'done' | 'unknown';
}

/** What of the log is asked for. */
export interface AuditFilter {
  readonly who?: string | undefined;
  /** An action, or its first part with a dot: `policy.` */
  readonly action?: string | undefined;
  /** The same, of what is left out. */
  readonly without?: string | undefined;
  /** ISO 8601; included. */
  readonly from?: string | undefined;
  /** ISO 8601; not included. */
  readonly to?: string | undefined;
}

/** The append-only log of changes, and what the recording needs of the database. */
export interface AuditStore {
  /** Adds a line. Lines that come together are written together. */
  readonly add: (entry: AuditEntry) => Promise<void>;
  /** Remembers, before anything is changed, what is about to be done. Returns its id. */
  readonly begin: (entry: AuditEntry) => Promise<string>;
  /** Its line, in place of what was begun. */
  readonly finish: (id: string, entry: AuditEntry, outcome: AuditLine['outcome']) => Promise<void>;
  /** It was refused: nothing was changed, so there is nothing to tell. */
  readonly forget: (id: string, tenantId: string) => Promise<void>;
  /** Newest first; `before`: a seq, for the next page. What was begun long ago and never ended is among them, as unknown. */
  readonly list: (
    tenantId: string,
    filter: AuditFilter,
    page: { readonly limit: number; readonly before: number | null },
  ) => Promise<readonly AuditLine[]>;
}

/** What is done and recorded in one. */
export interface AuditLog {
  /** Tells of something that was done. Rejects where it cannot be told: then it must not be said to be done. */
  readonly record: (entry: AuditEntry) => Promise<void>;
  /**
   * Does something that leaves no record of its own. That it is begun is written before, its line after: nothing is
   * changed without a trace, wherever the process ends. `subjectOf`: where its id is known only then; undefined: nothing
   * was changed after all.
   */
  readonly around: <T>(
    entry: AuditEntry,
    work: () => Promise<T>,
    subjectOf?: (result: T) => string | null | undefined,
  ) => Promise<T>;
  readonly list: AuditStore['list'];
}

/** A refusal changed nothing; after any other failure nobody can tell. */
const isRefusal = (error: unknown): boolean => error instanceof AppError && error.status < 500;

export const createAuditLog = (store: AuditStore): AuditLog => ({
  record: store.add,
  list: store.list,
  around: async (entry, work, subjectOf = () => entry.subject) => {
    const id = await store.begin(entry);
    // Where even this fails, what was begun is found later and told as unknown.
    const leave = (how: Promise<void>) => how.catch(() => undefined);
    const result = await work().catch(async (error: unknown) => {
      await leave(isRefusal(error) ? store.forget(id, entry.tenantId) : store.finish(id, entry, 'unknown'));
      throw error;
    });
    const subject = subjectOf(result);
    if (subject === undefined) await leave(store.forget(id, entry.tenantId));
    else await store.finish(id, { ...entry, subject }, 'done');
    return result;
  },
});
