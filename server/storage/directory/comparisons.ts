import { sql } from 'kysely';
import type { ComparedLead, Comparisons, WatchedLead } from '../../assignments/first-steps/ports.ts';
import type { Vendor } from '../../assignments/types.ts';
import type { Storage, Trx } from '../storage.ts';

/** The last decision for the log, by its order; 0: there is none. */
const latestForTheLog = async (trx: Trx, tenantId: string): Promise<number> => {
  const row = await trx
    .selectFrom('decision')
    .select('seq')
    .where('tenant_id', '=', tenantId)
    .where('log_only', '=', sql<boolean>`true`)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.seq ?? 0;
};

/** The last decision whose record is looked at in a connection, likewise. */
const latestCompared = async (trx: Trx, tenantId: string, connectionId: string): Promise<number> => {
  const row = await trx
    .selectFrom('comparison')
    .select(({ fn }) => fn.max('seq').as('seq'))
    .where('tenant_id', '=', tenantId)
    .where('connection_id', '=', connectionId)
    .executeTakeFirst();
  return row?.seq ?? 0;
};

/** Millionths of a lead by rep, where one member was chosen and turns move. */
const owedShares = sql`case when d.pool_id is not null and d.rep_id is not null and d.result->'logOnly' is null then (
  select jsonb_object_agg(one->>'rep', (one->>'share')::int)
  from json_array_elements(d.result->'steps'->-1->'candidates') as one
  where (one->>'share')::int > 0) end`;

/** Begins with decisions after one, by its order. */
const beginAfter = async (trx: Trx, tenantId: string, connectionId: string, seq: number): Promise<number> => {
  const begun = await sql`
    insert into comparison (tenant_id, lead_id, seq, decision_id, connection_id, object_type, record_id,
      decided_at, owner_id, owned_at, look_at, shares, pool_id, rep_id)
    select distinct on (d.lead_id) d.tenant_id, d.lead_id, d.seq, d.id, r.connection_id, r.object_type, r.record_id,
      d.decided_at, r.seen_owner_id, case when r.seen_owner_id is null then null else d.decided_at end, d.decided_at,
      ${owedShares}, d.pool_id, d.rep_id
    from decision as d
    join lead_record as r on r.tenant_id = d.tenant_id and r.lead_id = d.lead_id and r.connection_id = ${connectionId}
    where d.tenant_id = ${tenantId} and d.log_only and d.outcome <> 'not_routed' and d.seq > ${seq}
    order by d.lead_id, d.seq, r.object_type, r.record_id
    on conflict do nothing`.execute(trx);
  return Number(begun.numAffectedRows ?? 0);
};

/**
 * It is asked every few seconds, so that how far a connection has come is remembered: many decisions may have no record
 * there, and are not to be gone through again each time. A process that does not know yet goes on from what is compared.
 */
const createBegin = (storage: Storage): Comparisons['begin'] => {
  const reached = new Map<string, number>();
  return async (tenantId, connectionId) => {
    const { begun, latest } = await storage.withTenant(tenantId, async (trx) => {
      const latest = await latestForTheLog(trx, tenantId);
      const known = reached.get(connectionId);
      if (known !== undefined && known >= latest) return { begun: 0, latest: known };
      const after = known ?? (await latestCompared(trx, tenantId, connectionId));
      return { begun: await beginAfter(trx, tenantId, connectionId, after), latest };
    });
    reached.set(connectionId, latest);
    return begun;
  };
};

const due = async (
  trx: Trx,
  tenantId: string,
  { connectionId, now, limit }: Parameters<Comparisons['due']>[1],
): Promise<readonly WatchedLead[]> => {
  const rows = await trx
    .selectFrom('comparison')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('connection_id', '=', connectionId)
    .where('look_at', '<=', new Date(now))
    .orderBy('look_at')
    .orderBy('lead_id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    leadId: row.lead_id,
    record: { connectionId, objectType: row.object_type, recordId: row.record_id },
    decidedAt: row.decided_at.getTime(),
    ownerId: row.owner_id,
    ownedAt: row.owned_at?.getTime() ?? null,
    looks: row.looks,
  }));
};

const note: (...asked: [Trx, string, Parameters<Comparisons['note']>[1]]) => Promise<void> = async (
  trx,
  tenantId,
  seen,
) => {
  if (seen.length === 0) return;
  const rows = seen.map(({ leadId, ownerId, ownedAt, lookAt }) => ({
    lead_id: leadId,
    owner_id: ownerId,
    owned_at: instantOf(ownedAt),
    look_at: instantOf(lookAt),
  }));
  await sql`
    update comparison as c
    set owner_id = given.owner_id, owned_at = given.owned_at, look_at = given.look_at, looks = c.looks + 1
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as given(lead_id text, owner_id text, owned_at timestamptz, look_at timestamptz)
    where c.tenant_id = ${tenantId} and c.lead_id = given.lead_id`.execute(trx);
};

const instantOf = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

const list = async (
  trx: Trx,
  tenantId: string,
  { since, limit, named }: Parameters<Comparisons['list']>[1],
): Promise<readonly ComparedLead[]> => {
  const rows = await trx
    .selectFrom('comparison as c')
    .innerJoin('connection', 'connection.id', 'c.connection_id')
    .select(['c.lead_id', 'c.decision_id', 'c.decided_at', 'c.connection_id', 'c.owner_id', 'c.owned_at'])
    .select(['c.look_at', 'c.shares', 'c.pool_id', 'c.rep_id', 'connection.vendor'])
    .where('c.tenant_id', '=', tenantId)
    .where('c.decided_at', '>=', new Date(since))
    .orderBy('c.decided_at', 'desc')
    .orderBy('c.seq', 'desc')
    .limit(limit)
    .execute();
  const people = await peopleOf(
    trx,
    tenantId,
    rows.slice(0, named).map((row) => row.decision_id),
  );
  return rows.reverse().map((row) => ({
    leadId: row.lead_id,
    decisionId: row.decision_id,
    decidedAt: row.decided_at.getTime(),
    connectionId: row.connection_id,
    ownerId: row.owner_id,
    ownedAt: row.owned_at?.getTime() ?? null,
    settled: row.look_at === null,
    vendor: row.vendor as Vendor,
    shares: row.shares,
    poolId: row.pool_id,
    repId: row.rep_id,
    person: people.get(row.decision_id) ?? null,
  }));
};

/** Who the leads of decisions are, by decision. */
const peopleOf = async (
  trx: Trx,
  tenantId: string,
  decisionIds: readonly string[],
): Promise<ReadonlyMap<string, ComparedLead['person']>> => {
  if (decisionIds.length === 0) return new Map();
  const rows = await trx
    .selectFrom('decision as d')
    .innerJoin('lead_snapshot as s', (join) =>
      join.onRef('s.tenant_id', '=', 'd.tenant_id').onRef('s.id', '=', 'd.snapshot_id'),
    )
    .select(['d.id', 's.person'])
    .where('d.tenant_id', '=', tenantId)
    .where('d.id', 'in', decisionIds)
    .execute();
  return new Map(
    rows.map(({ id, person }) => [
      id,
      person && { name: person.name ?? null, company: person.company ?? null },
    ]),
  );
};

/** Rows are added behind the last, looked at again, and removed: each of it shows here. */
const mark = async (trx: Trx, tenantId: string, since: number): Promise<string> => {
  const row = await trx
    .selectFrom('comparison')
    .select(({ fn }) => [fn.countAll().as('leads'), fn.sum('looks').as('looks'), fn.max('seq').as('last')])
    .where('tenant_id', '=', tenantId)
    .where('decided_at', '>=', new Date(since))
    .executeTakeFirstOrThrow();
  return `${row.leads} ${row.looks} ${row.last}`;
};

const count = async (trx: Trx, tenantId: string): Promise<number> => {
  const { leads } = await trx
    .selectFrom('comparison')
    .select(({ fn }) => fn.countAll<number>().as('leads'))
    .where('tenant_id', '=', tenantId)
    .where((is) => is.or([is('owner_id', 'is not', null), is('look_at', 'is', null)]))
    .executeTakeFirstOrThrow();
  return Number(leads);
};

/** Leads decided for the log only and their owners, in the tenant's rows. */
export const createComparisons = (storage: Storage): Comparisons => ({
  begin: createBegin(storage),
  due: (tenantId, asked) => storage.withTenant(tenantId, (trx) => due(trx, tenantId, asked)),
  note: (tenantId, seen) => storage.withTenant(tenantId, (trx) => note(trx, tenantId, seen)),
  list: (tenantId, asked) => storage.withTenant(tenantId, (trx) => list(trx, tenantId, asked)),
  mark: (tenantId, since) => storage.withTenant(tenantId, (trx) => mark(trx, tenantId, since)),
  count: (tenantId) => storage.withTenant(tenantId, (trx) => count(trx, tenantId)),
});
