import type { StoredRoster } from '../../assignments/lane-store.ts';
import { type ReadPolicy, readPolicy } from '../../assignments/live-policy.ts';
import { buildRoster, type Roster } from '../../assignments/roster.ts';
import { keep } from '../../base/keep.ts';
import { toStoredRep } from '../lane-store/stored-rep.ts';
import type { Trx } from '../storage.ts';

/** A tenant's policies and reps as queries need them, kept while their versions stand. */
export interface TenantReads {
  readonly policy: (trx: Trx, tenantId: string, version: number) => Promise<ReadPolicy | null>;
  readonly roster: (trx: Trx, tenantId: string) => Promise<Roster>;
}

const MOST_POLICIES = 200;
const MOST_ROSTERS = 200;

/** Reads with an empty memory. Policies never change once published; a roster is read again when its version does. */
export const createTenantReads = (): TenantReads => {
  const policies = new Map<string, ReadPolicy>();
  const rosters = new Map<string, { readonly stamp: string; readonly roster: Roster }>();
  return {
    policy: async (trx, tenantId, version) => {
      const key = `${tenantId}\n${version}`;
      const known = policies.get(key);
      if (known) return known;
      const stored = await trx
        .selectFrom('policy')
        .select(['version', 'hash', 'document'])
        .where('tenant_id', '=', tenantId)
        .where('version', '=', version)
        .executeTakeFirst();
      return stored ? keep(policies, key, readPolicy(stored), MOST_POLICIES) : null;
    },
    roster: async (trx, tenantId) => {
      const stamp = await readStamp(trx, tenantId);
      const known = rosters.get(tenantId);
      if (known?.stamp === stamp) return known.roster;
      const roster = buildRoster(await readRoster(trx, tenantId));
      return keep(rosters, tenantId, { stamp, roster }, MOST_ROSTERS).roster;
    },
  };
};

const readStamp = async (trx: Trx, tenantId: string): Promise<string> => {
  const lane = await trx
    .selectFrom('lane')
    .select('roster_version')
    .where('tenant_id', '=', tenantId)
    .executeTakeFirst();
  const connections = await trx
    .selectFrom('connection')
    .select(['id', 'status', 'name'])
    .where('tenant_id', '=', tenantId)
    .orderBy('id')
    .execute();
  return JSON.stringify([lane?.roster_version ?? 0, connections]);
};

const readRoster = async (trx: Trx, tenantId: string): Promise<StoredRoster> => {
  const reps = await trx
    .selectFrom('rep')
    .select(['document', 'active', 'paused', 'away_since', 'away_until'])
    .where('tenant_id', '=', tenantId)
    .orderBy('id')
    .execute();
  const identities = await trx
    .selectFrom('rep_identity')
    .select(['connection_id', 'kind', 'external_id', 'rep_id', 'details'])
    .where('tenant_id', '=', tenantId)
    .execute();
  const connections = await trx
    .selectFrom('connection')
    .select(['id', 'vendor', 'name', 'status'])
    .where('tenant_id', '=', tenantId)
    .orderBy('id')
    .execute();
  return {
    reps: reps.map(toStoredRep),
    identities: identities.map((row) => ({
      connectionId: row.connection_id,
      kind: row.kind,
      externalId: row.external_id,
      repId: row.rep_id,
      details: row.details,
    })),
    connections: connections as StoredRoster['connections'],
  };
};
