import { sql } from 'kysely';
import type { OldLeads, PersonAsked } from '../../assignments/lifecycle/ports.ts';
import type { Trx } from '../storage.ts';

/**
 * The leads of a person: those that hold one of the addresses anywhere among their values, and, by a record, that lead
 * itself. Reads every snapshot of the tenant that is not erased: nobody asks for this often.
 */
export const leadsOf = async (
  trx: Trx,
  tenantId: string,
  person: PersonAsked,
): Promise<readonly string[]> => {
  const leads = 'record' in person ? await leadsOn(trx, tenantId, person.record) : [];
  const addresses =
    'email' in person ? [person.email.trim().toLowerCase()] : await addressesOf(trx, tenantId, leads);
  const found = await sql<{ lead_id: string }>`
    select distinct lead_id from lead_snapshot as s
    where tenant_id = ${tenantId} and erased_at is null and (
      lead_id = any(${leads}) or exists (
        select from (values (person), (given), (field_values)) as part (said), jsonb_each_text(coalesce(said, '{}')) as held
        where lower(held.value) = any(${addresses})))`.execute(trx);
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
    select distinct lower(person->>'email') as email from lead_snapshot
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
  const latest = Math.max(
    closedBefore ?? Number.NEGATIVE_INFINITY,
    deletedBefore ?? Number.NEGATIVE_INFINITY,
  );
  if (latest === Number.NEGATIVE_INFINITY) return [];
  const instant = (at: number | null) => (at === null ? sql`'-infinity'::timestamptz` : sql`${new Date(at)}`);
  const found = await sql<{ lead_id: string }>`
    select kept.lead_id from (
      select lead_id from lead_snapshot
      where tenant_id = ${tenantId} and erased_at is null and taken_at < ${new Date(latest)}
      order by taken_at, id) as kept
    cross join lateral (
      select closed_at, closed_because from assignment
      where tenant_id = ${tenantId} and id = (
        select assignment_id from decision
        where tenant_id = ${tenantId} and lead_id = kept.lead_id order by seq desc limit 1)) as latest
    where latest.closed_at < ${instant(closedBefore)}
      or (latest.closed_because = 'record_gone' and latest.closed_at < ${instant(deletedBefore)})
    limit ${limit}`.execute(trx);
  return [...new Set(found.rows.map((row) => row.lead_id))];
};
