import type { StoredPolicy, StoredRoster, StoredState } from '../../assignments/lane-store.ts';
import type { Pipeline } from '../storage.ts';
import { statement } from './statements.ts';
import { toStoredRep } from './stored-rep.ts';

/** What the lane keeps in memory: read whole when somebody else has changed it. */

export const readPolicy = async (tx: Pipeline, tenantId: string, version: number): Promise<StoredPolicy> => {
  const [found] = await tx.pipeline([statement('read-policy', tenantId, version)]);
  return found!.rows[0];
};

export const readRoster = async (tx: Pipeline, tenantId: string): Promise<StoredRoster> => {
  const [reps, identities, connections] = await tx.pipeline([
    statement('read-reps', tenantId),
    statement('read-identities', tenantId),
    statement('read-connections', tenantId),
  ]);
  return {
    reps: reps!.rows.map(toStoredRep),
    identities: identities!.rows.map((row) => ({
      connectionId: row.connection_id,
      kind: row.kind,
      externalId: row.external_id,
      repId: row.rep_id,
      details: row.details,
    })),
    connections: connections!.rows,
  };
};

export const readState = async (tx: Pipeline, tenantId: string): Promise<StoredState> => {
  const [balances, loads] = await tx.pipeline([
    statement('read-balances', tenantId),
    statement('read-loads', tenantId),
  ]);
  return {
    balances: balances!.rows.map((row) => ({
      pool: row.pool_id,
      rep: row.rep_id,
      balance: {
        lag: row.lag,
        banked: row.banked,
        releasedOn: row.released_on,
        releasedToday: row.released_today,
        lastAt: row.last_at?.getTime() ?? null,
        received: row.received,
        ...(row.skip !== null && { skip: row.skip }),
      },
    })),
    loads: loads!.rows.map((row) => ({
      repId: row.rep_id,
      open: row.open,
      windows: row.windows,
      crmOpen: row.crm_open,
    })),
  };
};
