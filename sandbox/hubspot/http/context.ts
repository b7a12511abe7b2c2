import type { Request } from 'express';
import type { Portal } from '../portal.ts';
import type { RateLimits } from '../rate-limits.ts';
import type { Stats } from '../stats.ts';
import type { AppRegistration, Tokens } from '../tokens.ts';
import type { ChangeSource } from '../types.ts';
import type { Workflows } from '../workflows.ts';

/** What the endpoints share. */
export interface ApiContext {
  readonly app: AppRegistration;
  readonly now: () => number;
  readonly portals: ReadonlyMap<number, Portal>;
  readonly tokens: Tokens;
  readonly limits: RateLimits;
  readonly stats: Stats;
  readonly workflows: Workflows;
  /** How long the search index is behind the records, in milliseconds. */
  readonly searchLag: () => number;
}

/** Who is calling, known once the token is checked. */
export interface Caller {
  readonly portal: Portal;
  readonly scopes: ReadonlySet<string>;
  readonly appId: number;
}

const CALLERS = new WeakMap<Request, Caller>();

export const setCaller = (req: Request, caller: Caller): void => {
  CALLERS.set(req, caller);
};

/** The caller of a request that passed `authenticate`. */
export const callerOf = (req: Request): Caller => {
  const caller = CALLERS.get(req);
  if (!caller) throw new Error('no caller: the route stands before authentication');
  return caller;
};

/** Writes made through the API carry the app's id. */
export const apiSource = (caller: Caller): ChangeSource => ({
  type: 'INTEGRATION',
  id: String(caller.appId),
  label: 'Fairlead',
});
