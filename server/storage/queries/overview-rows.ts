import { sql } from 'kysely';
import type { Overview } from '../../assignments/queries.ts';
import type { Trx } from '../storage.ts';

export type OpenCounts = Omit<Overview['counts'], 'decidedToday'>;

/** What waits for something, for the live page. */
export const readOpenCounts = async (trx: Trx, tenantId: string): Promise<OpenCounts> => {
  const found = await sql<OpenCounts>`
    select
      count(*) filter (where state = 'offered') as "openOffers",
      count(*) filter (where state = 'waiting') as "waiting",
      count(*) filter (where state = 'in_queue') as "inQueues",
      (select count(*) from delivery where tenant_id = ${tenantId} and state = 'pending'
        and kind not in ('slack_reminder', 'slack_home')) as "deliveriesPending",
      (select count(*) from delivery where tenant_id = ${tenantId} and state = 'refused') as "deliveriesRefused"
    from assignment
    where tenant_id = ${tenantId} and closed_at is null and state in ('offered', 'waiting', 'in_queue')`.execute(
    trx,
  );
  return found.rows[0] as OpenCounts;
};

/** What the ledger says of a pool's member. Amounts in millionths of a lead. */
export interface MemberRow {
  readonly lag: number;
  readonly received: number;
  readonly skip: 'keep' | 'lose' | null;
}

/** Ledger balances by `pool\nrep`. What is banked is owed as well. */
export const readMembers = async (trx: Trx, tenantId: string): Promise<ReadonlyMap<string, MemberRow>> => {
  const rows = await trx
    .selectFrom('pool_member')
    .select(['pool_id', 'rep_id', 'lag', 'banked', 'received', 'skip'])
    .where('tenant_id', '=', tenantId)
    .execute();
  return new Map(
    rows.map(({ pool_id, rep_id, lag, banked, received, skip }) => [
      `${pool_id}\n${rep_id}`,
      { lag: lag + banked, received, skip: skip as MemberRow['skip'] },
    ]),
  );
};

/** Open leads of each rep: assignments here, and open records of the CRMs that are none. */
export const readOpenWork = async (trx: Trx, tenantId: string): Promise<ReadonlyMap<string, number>> => {
  const rows = await trx
    .selectFrom('rep_load')
    .select(['rep_id', 'open', 'crm_open'])
    .where('tenant_id', '=', tenantId)
    .execute();
  return new Map(
    rows.map(({ rep_id, open, crm_open }) => {
      const elsewhere = Object.values(crm_open).map(Number);
      return [rep_id, elsewhere.reduce((sum, count) => sum + count, open)];
    }),
  );
};

export const readConnections = async (trx: Trx, tenantId: string): Promise<Overview['connections']> => {
  const rows = await trx
    .selectFrom('connection')
    .select(['id', 'vendor', 'name', 'status', 'settings'])
    .where('tenant_id', '=', tenantId)
    .orderBy('created_at')
    .execute();
  return rows.map(({ settings, ...row }) => ({
    ...row,
    url: [settings.url, settings.instanceUrl].find((url) => typeof url === 'string') ?? null,
  }));
};

export const readAlerts = async (trx: Trx, tenantId: string): Promise<Overview['alerts']> => {
  const rows = await trx
    .selectFrom('alert')
    .select(['id', 'kind', 'subject', 'detail', 'opened_at'])
    .where('tenant_id', '=', tenantId)
    .where('closed_at', 'is', null)
    .orderBy('opened_at', 'desc')
    .limit(100)
    .execute();
  return rows.map(({ id, kind, subject, detail, opened_at }) => ({
    id,
    kind,
    text: typeof detail.text === 'string' ? detail.text : `${kind.replaceAll('_', ' ')}: ${subject}`,
    since: opened_at.toISOString(),
  }));
};
