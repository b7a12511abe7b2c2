import { sql } from 'kysely';
import type { HomeLead } from '../../assignments/rep-home.ts';
import type { LeadPerson, Offeree } from '../../assignments/types.ts';
import type { Trx } from '../storage.ts';

/** An open assignment as a rep's Home needs it. */
export interface HomeRow {
  readonly id: string;
  readonly total: number;
  readonly offered_to: readonly Offeree[];
  readonly pool_id: string | null;
  readonly written: HomeLead['written'];
  readonly held_at: Date | null;
  readonly changed_at: Date;
  readonly person: LeadPerson | null;
  readonly crm: string | null;
}

const details = (tenantId: string) => sql`
  cross join lateral (
    select snapshot_id from decision where tenant_id = ${tenantId} and id = a.decision_id offset 0) d
  cross join lateral (
    select person from lead_snapshot where tenant_id = ${tenantId} and id = d.snapshot_id offset 0) s
  left join lateral (
    select c.name from lead_record r join connection c on c.id = r.connection_id
    where r.tenant_id = ${tenantId} and r.lead_id = a.lead_id
    order by c.created_at limit 1) crm on true`;

const columns = sql`a.id, a.total, a.offered_to, a.pool_id, a.written, a.held_at, a.changed_at, s.person, crm.name as crm`;

/** Offers open to a rep, the soonest to end first; those whose clock has not started come last. */
export const readOpenOffers = async (
  trx: Trx,
  tenantId: string,
  repId: string,
  limit: number,
): Promise<readonly HomeRow[]> => {
  const offeree = JSON.stringify([{ rep: repId }]);
  const ends = sql`(jsonb_path_query_first(offered_to, '$[*] ? (@.rep == $rep).endsAt', jsonb_build_object('rep', ${repId}::text)) #>> '{}')::float8`;
  const found = await sql<HomeRow>`
    select ${columns} from (
      select *, ${ends} as ends, count(*) over () as total from assignment
      where tenant_id = ${tenantId} and state = 'offered' and closed_at is null and offered_to @> ${offeree}::jsonb
      order by ends nulls last, opened_at, id limit ${limit}) a
    ${details(tenantId)}
    order by a.ends nulls last, a.opened_at, a.id`.execute(trx);
  return found.rows;
};

/** A rep's open leads, the newest first. */
export const readOwnLeads = async (
  trx: Trx,
  tenantId: string,
  repId: string,
  limit: number,
): Promise<readonly HomeRow[]> => {
  const found = await sql<HomeRow>`
    select ${columns} from (
      select *, coalesce(held_at, changed_at) as since, count(*) over () as total from assignment
      where tenant_id = ${tenantId} and rep_id = ${repId} and state = 'assigned' and closed_at is null
      order by since desc, id desc limit ${limit}) a
    ${details(tenantId)}
    order by a.since desc, a.id desc`.execute(trx);
  return found.rows;
};
