import { sql } from 'kysely';
import type { ChangeCursor } from '../../assignments/queries.ts';
import type { Trx } from '../storage.ts';
import { type DecisionRow, selectDecisions } from './decision-rows.ts';

/** Where the tenant stands now. A tenant's sequence numbers are given in the order of its commits: its lane sees to it. */
export const readCursor = async (trx: Trx, tenantId: string): Promise<ChangeCursor> => {
  const found = await sql<ChangeCursor>`
    select
      coalesce((select seq from decision where tenant_id = ${tenantId} order by seq desc limit 1), 0) as decision,
      coalesce((select seq from assignment_event where tenant_id = ${tenantId} order by seq desc limit 1), 0) as event
  `.execute(trx);
  return found.rows[0] as ChangeCursor;
};

/** Decisions made after `since`, and those in force of assignments that something happened to; oldest first. */
export const readChanges = async (
  trx: Trx,
  tenantId: string,
  since: ChangeCursor,
  limit: number,
): Promise<{ readonly rows: readonly DecisionRow[]; readonly cursor: ChangeCursor }> => {
  const cursor = await readCursor(trx, tenantId);
  if (cursor.decision <= since.decision && cursor.event <= since.event) return { rows: [], cursor };
  const changed = sql`d.id = any(array(
    (select id from decision where tenant_id = ${tenantId} and seq > ${since.decision} order by seq desc limit ${limit})
    union
    select standing.decision_id from (
      select assignment_id from assignment_event
      where tenant_id = ${tenantId} and seq > ${since.event} order by seq desc limit ${limit * 4}) as touched
    cross join lateral (
      select decision_id from assignment where tenant_id = ${tenantId} and id = touched.assignment_id offset 0) as standing))`;
  const rows = await selectDecisions(trx, tenantId, changed, limit);
  return { rows: rows.toReversed(), cursor };
};
