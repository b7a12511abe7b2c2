import { sql } from 'kysely';
import type { OldLeads, PersonAsked } from '../../assignments/lifecycle/ports.ts';
import type { Trx } from '../storage.ts';

/**
 * The leads of a person: those with one of the addresses as a value, and, by a record, that lead itself. Found by the
 * hashes of addresses that stand beside the snapshots; what they hold is read to be sure.
 */
export const leadsOf = async (
  trx: Trx,
  tenantId: string,
  person: PersonAsked,
): Promise<readonly string[]> => {
  const leads = 'record' in person ? await leadsOn(trx, tenantId, person.record) : [];
  const addresses = 'email' in person ? [person.email] : await addressesOf(trx, tenantId, leads);
  if (addresses.length === 0) return leads;
  const found = await sql<{ lead_id: string }>`
    select distinct s.lead_id
    from unnest(${addresses}::text[]) as asked (address)
    cross join lateral (
      select lead_id from lead_address where tenant_id = ${tenantId} and hash = address_hash(address)
      -- One address after the other: a join would read everybody's.
      offset 0) as kept
    join lead_snapshot as s on s.tenant_id = ${tenantId} and s.lead_id = kept.lead_id and s.erased_at is null
    where exists (
      select from (values (person), (given), (field_values)) as part (said), jsonb_each_text(coalesce(said, '{}')) as held
      where lower(trim(held.value)) = lower(trim(address)))`.execute(trx);
  return [...new Set([...leads, ...found.rows.map((row) => row.lead_id)])];
};

const leadsOn = async (
  trx: Trx,
  tenantId: string,
  { connectionId, objectType, recordId }: Extract<PersonAsked, { record: unknown }>['record'],
): Promise<readonly string[]> => {
  const rows = await trx
    .selectFrom('lead_record')
    .select('lead_id')
    .where('tenant_id', '=', tenantId)
    .where('connection_id', '=', connectionId)
    .where('object_type', '=', objectType)
    .where('record_id', '=', recordId)
    .execute();
  return rows.map((row) => row.lead_id);
};

const addressesOf = async (
  trx: Trx,
  tenantId: string,
  leads: readonly string[],
): Promise<readonly string[]> => {
  const found = await sql<{ email: string }>`
    select distinct person->>'email' as email from lead_snapshot
    where tenant_id = ${tenantId} and lead_id = any(${leads}) and person->>'email' is not null`.execute(trx);
  return found.rows.map(({ email }) => email);
};

/** Closed leads that hold personal data although their time is over, some of the oldest. */
export const oldLeads = async (
  trx: Trx,
  tenantId: string,
  { closedBefore, deletedBefore }: OldLeads,
  limit: number,
): Promise<readonly string[]> => {
  const closed = closedBefore === null ? [] : await longClosed(trx, tenantId, closedBefore, limit);
  if (closed.length > 0 || deletedBefore === null) return closed;
  return longDeleted(trx, tenantId, { closedBefore, deletedBefore }, limit);
};

/** The lead's assignment that counts: that of its last decision. */
const latestOf = (tenantId: string, lead: string) => sql`
  select assignment_id from decision
  where tenant_id = ${tenantId} and lead_id = ${sql.ref(lead)} order by seq desc limit 1`;

/** Found by their snapshots, which are older than the end of the lead. One after the other: a join would read every assignment. */
const longClosed = async (
  trx: Trx,
  tenantId: string,
  before: number,
  limit: number,
): Promise<readonly string[]> => {
  const found = await sql<{ lead_id: string }>`
    select kept.lead_id from (
      select lead_id from lead_snapshot
      where tenant_id = ${tenantId} and erased_at is null and taken_at < ${new Date(before)}
      order by taken_at, id) as kept
    where (
      select closed_at from assignment
      where tenant_id = ${tenantId} and id = (${latestOf(tenantId, 'kept.lead_id')})) < ${new Date(before)}
    limit ${limit}`.execute(trx);
  return [...new Set(found.rows.map((row) => row.lead_id))];
};

/**
 * Found by their ends: leads whose record was deleted are few among those of the same age. What is closed for longer
 * than anything is kept was found by its snapshot.
 */
const longDeleted = async (
  trx: Trx,
  tenantId: string,
  { closedBefore, deletedBefore }: { readonly closedBefore: number | null; readonly deletedBefore: number },
  limit: number,
): Promise<readonly string[]> => {
  const since = closedBefore === null ? sql`'-infinity'::timestamptz` : sql`${new Date(closedBefore)}`;
  const found = await sql<{ lead_id: string }>`
    select lead_id from assignment as gone
    where tenant_id = ${tenantId} and closed_because = 'record_gone'
      and closed_at >= ${since} and closed_at < ${new Date(deletedBefore)}
      and id = (${latestOf(tenantId, 'gone.lead_id')})
      and exists (
        select from lead_snapshot
        where tenant_id = ${tenantId} and lead_id = gone.lead_id and erased_at is null)
    order by closed_at
    limit ${limit}`.execute(trx);
  return found.rows.map((row) => row.lead_id);
};
