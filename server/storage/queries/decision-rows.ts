import { type RawBuilder, sql } from 'kysely';
import type { LeadRecord, StoredDecision } from '../../assignments/stored.ts';
import type { AssignmentState, LeadPerson } from '../../assignments/types.ts';
import { toRecords } from '../lane-store/from-rows.ts';
import type { Trx } from '../storage.ts';
import { DECISION, type StoredRow, toDecision } from './stored-decision.ts';

/** A decision as it is stored, with where its assignment stands now and who the lead is. */
export interface DecisionRow {
  readonly seq: number;
  readonly decision: StoredDecision;
  readonly assignment: {
    readonly state: AssignmentState;
    readonly version: number;
    readonly repId: string | null;
    /** Whether the assignment still goes by this decision. */
    readonly inForce: boolean;
    readonly written: 'none' | 'pending' | 'done' | 'refused';
    readonly remedy: string | null;
    /** When the open offer ends or the waiting lead is looked at again; null: not known, or neither. */
    readonly dueAt: number | null;
    readonly mergedInto: string | null;
    readonly firstActivityAt: number | null;
  };
  /** What the lead stands on. */
  readonly records: readonly LeadRecord[];
  /** null: erased. */
  readonly person: LeadPerson | null;
}

interface Row extends StoredRow {
  readonly state: AssignmentState;
  readonly version: number;
  readonly rep_id: string | null;
  readonly in_force: boolean;
  readonly written: DecisionRow['assignment']['written'];
  readonly remedy: string | null;
  readonly due_at: Date | null;
  readonly due_kind: string | null;
  readonly merged_into: string | null;
  readonly records: unknown;
  readonly first_activity_at: Date | null;
  readonly person: LeadPerson | null;
}

/** Decisions of a tenant that a condition on `d` (decision) names, newest first. Laterals: see find-leads.sql. */
export const selectDecisions = async (
  trx: Trx,
  tenantId: string,
  where: RawBuilder<unknown>,
  limit: number,
): Promise<readonly DecisionRow[]> => {
  const found = await sql<Row>`
    select ${DECISION},
      a.state, a.version, a.rep_id, a.decision_id = d.id as in_force, a.written, a.remedy, a.due_at, a.due_kind, a.first_activity_at, s.person,
      (select jsonb_agg(to_jsonb(r)) from lead_record r where r.tenant_id = ${tenantId} and r.lead_id = d.lead_id) as records,
      case when a.closed_because = 'merged' then (
        select e.detail->>'mergedInto' from assignment_event e
        where e.tenant_id = a.tenant_id and e.lead_id = a.lead_id and e.assignment_id = a.id and e.kind = 'closed'
        limit 1) end as merged_into
    from decision d
    cross join lateral (
      select * from assignment where tenant_id = ${tenantId} and id = d.assignment_id offset 0) a
    cross join lateral (
      select person from lead_snapshot where tenant_id = ${tenantId} and id = d.snapshot_id offset 0) s
    where d.tenant_id = ${tenantId} and ${where}
    order by d.seq desc
    limit ${limit}`.execute(trx);
  return found.rows.map(toDecisionRow);
};

const toDecisionRow = (row: Row): DecisionRow => ({
  seq: row.seq,
  decision: toDecision(row),
  assignment: {
    state: row.state,
    version: row.version,
    repId: row.rep_id,
    inForce: row.in_force,
    written: row.written,
    remedy: row.remedy,
    // A card must arrive by then; until it has, the offer's own clock does not run.
    dueAt: row.due_kind === 'delivery' ? null : (row.due_at?.getTime() ?? null),
    mergedInto: row.merged_into,
    firstActivityAt: row.first_activity_at?.getTime() ?? null,
  },
  records: toRecords(row.records),
  person: row.person && withUrl(row.person, toRecords(row.records)),
});

/** A lead that came in without a record opens where the record is that was made of it. */
const withUrl = (person: LeadPerson, records: readonly LeadRecord[]): LeadPerson => ({
  ...person,
  url: records.find(({ url }) => url !== null)?.url ?? person.url,
});
