import type { Lease, Leases } from '../assignments/delivery-ports.ts';
import type { AccessTokens, Alerts, TokenRefresher } from '../assignments/ports.ts';
import { AppError } from '../base/app-error.ts';
import type { Clock } from '../base/clock.ts';
import type { ConnectionRow, ConnectionStore } from './connection-store.ts';
import { type Grant, openGrant, sealGrant } from './grants.ts';
import { refreshAt } from './refresh-at.ts';
import { tellEnded } from './tell-ended.ts';
import type { Vault } from './vault.ts';

export interface TokenParts {
  readonly connections: ConnectionStore;
  readonly vault: Vault;
  readonly leases: Leases;
  readonly alerts: Alerts;
  readonly refreshers: readonly TokenRefresher[];
  readonly clock: Clock;
  /** Waits; another process is refreshing meanwhile. */
  readonly wait: (ms: number) => Promise<void>;
}

/** Longer than any vendor takes to answer. Milliseconds. */
const LEASE = 30_000;
const LOOK_AGAIN = 200;
/** How long a token is used without a look at whether the account was connected anew, here or by another process. Milliseconds. */
const HELD = 60_000;
/** A vendor that slips once, with no token left to go on with, is asked once more; both fit into the lease. */
const TRIES = 2;
/** After a refresh that failed while the old token still holds. Milliseconds. */
const TRY_AGAIN = 30_000;
/** A token handed out is good for at least this long, where its vendor makes such long ones. Milliseconds. */
const SPARE = 60_000;

interface Held {
  readonly token: string;
  /** Epoch milliseconds. */
  readonly goodUntil: number;
}

interface Loaded {
  readonly row: ConnectionRow;
  readonly grant: Grant;
}

const mustReconnect = (id: string): AppError =>
  new AppError(
    'needs_reconnecting',
    `The vendor no longer accepts the tokens of connection ${id}. Connect the account again.`,
    {
      status: 409,
    },
  );

/**
 * Access tokens of connections. Kept in memory until it is time for the next; refreshed ahead of their end, once per
 * process and, by a lease, once over all processes. A rotated refresh token is stored before its access token is used.
 */
export const createAccessTokens = (parts: TokenParts): AccessTokens => {
  const held = new Map<string, Held>();
  const refused = new Map<string, string>();
  const underWay = new Map<string, Promise<string>>();

  const keep = (id: string, { accessToken }: Grant, goodUntil: number): string => {
    held.set(id, { token: accessToken!, goodUntil: Math.min(goodUntil, parts.clock.now() + HELD) });
    return accessToken!;
  };

  const isFresh = (id: string, grant: Grant): boolean =>
    grant.accessToken !== null &&
    grant.accessToken !== refused.get(id) &&
    parts.clock.now() < refreshAt(grant);

  const obtain = async (id: string): Promise<string> => {
    const loaded = await load(id, parts);
    if (isFresh(id, loaded.grant)) return keep(id, loaded.grant, refreshAt(loaded.grant));
    if (loaded.grant.refreshToken === null && !signsInByItself(loaded.row, parts))
      throw await disconnect(loaded.row, parts);
    return underLease(id, loaded);
  };

  const underLease = async (id: string, before: Loaded): Promise<string> => {
    const lease = await parts.leases.acquire(`tokens:${id}`, LEASE);
    if (lease === null) return waitForOther(id, before);
    try {
      // Another process may have refreshed between our look and the lease.
      const now = await load(id, parts);
      if (isFresh(id, now.grant)) return keep(id, now.grant, refreshAt(now.grant));
      return await refreshOrKeepOld(id, now);
    } finally {
      await release(lease);
    }
  };

  const release = (lease: Lease): Promise<void> => parts.leases.release(lease).catch(() => undefined);

  const stillHolds = (id: string, { accessToken, expiresAt }: Grant): boolean =>
    accessToken !== null &&
    accessToken !== refused.get(id) &&
    (expiresAt === null || parts.clock.now() < expiresAt - SPARE);

  const waitForOther = async (id: string, { grant }: Loaded): Promise<string> => {
    if (stillHolds(id, grant)) return keep(id, grant, parts.clock.now() + LOOK_AGAIN);
    await parts.wait(LOOK_AGAIN);
    return obtain(id);
  };

  const refreshOrKeepOld = async (id: string, loaded: Loaded, tries = TRIES): Promise<string> => {
    try {
      const grant = await refresh(loaded, parts);
      refused.delete(id);
      return keep(id, grant, refreshAt(grant));
    } catch (error) {
      const fatal = error instanceof AppError && error.code === 'needs_reconnecting';
      if (!fatal && stillHolds(id, loaded.grant))
        return keep(id, loaded.grant, parts.clock.now() + TRY_AGAIN);
      if (!isSlip(error) || tries === 1) throw error;
      await parts.wait(LOOK_AGAIN);
      return refreshOrKeepOld(id, loaded, tries - 1);
    }
  };

  return {
    get: (id) => {
      const known = held.get(id);
      if (known !== undefined && parts.clock.now() < known.goodUntil) return Promise.resolve(known.token);
      const waiting = underWay.get(id) ?? obtain(id).finally(() => underWay.delete(id));
      underWay.set(id, waiting);
      return waiting;
    },
    refused: async (id, token) => {
      refused.set(id, token);
      if (held.get(id)?.token === token) held.delete(id);
    },
  };
};

const load = async (id: string, parts: TokenParts): Promise<Loaded> => {
  const { connections, vault } = parts;
  const row = await connections.byId(id);
  if (row === null)
    throw new AppError('unknown_connection', `There is no connection ${id}.`, { status: 404 });
  // An account that is being left needs its tokens to say so.
  const isLeft = row.status === 'disconnected' && row.leaving !== null;
  if (row.status !== 'active' && !isLeft) throw mustReconnect(id);
  const grant = await openGrant(vault, row);
  if (grant === null) throw mustReconnect(id);
  await resealOnUse(row, grant, parts);
  return { row, grant };
};

/** A key that is to go is left behind as tokens are used. Whether it succeeds is no matter of who uses them. */
const resealOnUse = async (
  row: ConnectionRow,
  grant: Grant,
  { connections, vault }: TokenParts,
): Promise<void> => {
  if (row.tokens === null || !vault.needsReseal(row.tokens)) return;
  const sealed = await sealGrant(vault, row, grant);
  await connections.reseal(row.id, row.tokens, sealed).catch(() => false);
};

/** It was the vendor's or the network's fault, and may be over. */
const isSlip = (error: unknown): boolean =>
  error instanceof AppError && error.retryable && error.code !== APP_ALERT;

const refresherOf = ({ vendor }: ConnectionRow, { refreshers }: TokenParts): TokenRefresher => {
  const refresher = refreshers.find((one) => one.vendor === vendor);
  if (refresher !== undefined) return refresher;
  throw new AppError(
    'no_refresher',
    `Tokens of ${vendor} cannot be refreshed: its client id and secret are not set.`,
  );
};

const signsInByItself = (row: ConnectionRow, { refreshers }: TokenParts): boolean =>
  refreshers.find((one) => one.vendor === row.vendor)?.needsNoGrant?.(row) ?? false;

const refresh = async (loaded: Loaded, parts: TokenParts): Promise<Grant> => {
  const { row, grant } = loaded;
  const reply = await refresherOf(row, parts).refresh(grant.refreshToken, row);
  if (!reply.ok) {
    if (reply.code === 'app_refused') throw await tellOfApp(row, reply.remedy, parts);
    // A process that lost its lease by being slow may have put another in its place.
    const { grant: now } = await load(row.id, parts);
    if (now.refreshToken !== grant.refreshToken) return now;
    throw await disconnect(row, parts);
  }
  await appIsKnown(row, parts);
  const obtainedAt = parts.clock.now();
  const fresh: Grant = {
    accessToken: reply.accessToken,
    refreshToken: reply.refreshToken ?? grant.refreshToken,
    obtainedAt,
    expiresAt: reply.expiresInMs === null ? null : obtainedAt + reply.expiresInMs,
  };
  const stored = await parts.connections.setTokens(
    row.id,
    row.generation,
    await sealGrant(parts.vault, row, fresh),
    fresh.expiresAt,
    reply.settings,
  );
  // Connected anew while the vendor was asked: those tokens count. Ended: there are none.
  return stored ? fresh : (await load(row.id, parts)).grant;
};

const APP_ALERT = 'app_refused';
/** Connections whose tokens come, so that no alert stands. Unknown at the start: one may be left of an earlier run. */
const appsKnown = new Set<string>();

const appIsKnown = async ({ id, tenantId }: ConnectionRow, { alerts }: TokenParts): Promise<void> => {
  if (appsKnown.has(id)) return;
  await alerts.close(tenantId, APP_ALERT, id);
  appsKnown.add(id);
};

/** The fault is in our own settings: the connection stays as it is, and is tried again. Returns the error to throw. */
const tellOfApp = async ({ id, tenantId, name }: ConnectionRow, remedy: string, { alerts }: TokenParts) => {
  appsKnown.delete(id);
  await alerts.open(tenantId, {
    kind: APP_ALERT,
    subject: id,
    detail: { code: APP_ALERT, text: `${name}: ${remedy}` },
  });
  return new AppError(APP_ALERT, remedy, { status: 503, retryable: true });
};

/** Ends the connection, whose tokens are worth nothing any more, and tells people. Returns the error to throw. */
const disconnect = async (row: ConnectionRow, { connections, alerts }: TokenParts): Promise<AppError> => {
  const error = mustReconnect(row.id);
  if (row.status !== 'active') return error;
  const { id, generation, tokens } = row;
  const ended = await connections.end(
    { id, generation, ...(tokens !== null && { tokens }) },
    'needs_reconnecting',
  );
  if (!ended) return connectedAnew();
  const text = `${row.name} must be connected again: ${row.vendor} no longer accepts its tokens.`;
  const stands = await tellEnded(row, { code: error.code, text }, { connections, alerts });
  return stands ? error : connectedAnew();
};

const connectedAnew = (): AppError =>
  new AppError('connected_anew', 'The account was connected anew meanwhile: try again.', { retryable: true });
