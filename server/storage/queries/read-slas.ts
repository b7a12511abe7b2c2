import { sql } from 'kysely';
import type { Overview } from '../../assignments/queries.ts';
import type { ViewContext } from '../../assignments/view-decision.ts';
import type { OfferCard, SlaNotice, SlaView } from '../../assignments/views.ts';
import { durationInWords } from '../../routing/policy/duration.ts';
import { momentText } from '../../routing/render/moment-text.ts';
import type { Trx } from '../storage.ts';
import { metText, missedText, runningText } from './sla-text.ts';

/** Clocks that one lead's page shows, at most. */
const MOST = 50;

const clocks = (trx: Trx, tenantId: string) =>
  trx.selectFrom('sla_clock').selectAll().where('tenant_id', '=', tenantId);
type ClockRow = Awaited<ReturnType<ReturnType<typeof clocks>['execute']>>[number];

/** The SLAs of a lead over all its assignments as they stand `now`, the latest first. */
export const readSlas = async (
  trx: Trx,
  tenantId: string,
  leadId: string,
  context: ViewContext,
  now: number,
): Promise<readonly SlaView[]> => {
  const rows = await clocks(trx, tenantId)
    .where('assignment_id', 'in', (of) =>
      of
        .selectFrom('assignment')
        .select('id')
        .where('tenant_id', '=', tenantId)
        .where('lead_id', '=', leadId),
    )
    .orderBy('started_at', 'desc')
    .orderBy('sla_id')
    .limit(MOST)
    .execute();
  return rows.map((row) => toView(row, context, now));
};

const toView = (row: ClockRow, context: ViewContext, now: number): SlaView => ({
  id: row.sla_id,
  name: row.name,
  reps: row.reps.map((id) => ({ id, name: context.names.rep(id) })),
  startedAt: row.started_at.toISOString(),
  dueAt: row.due_at?.toISOString() ?? null,
  metAt: row.met_at?.toISOString() ?? null,
  state: stateOf(row),
  text: textOf(row, context, now),
});

const stateOf = ({ ended_at, met_at, missed_at, late }: ClockRow): SlaView['state'] => {
  if (met_at !== null) return late === null ? 'met' : 'met_late';
  if (ended_at === null) return missed_at === null ? 'running' : 'overdue';
  return missed_at === null ? 'ended' : 'missed';
};

const textOf = (row: ClockRow, { reader }: ViewContext, now: number): string => {
  const moment = (at: Date | null): string | null =>
    at === null ? null : momentText(at.getTime(), now, reader);
  const told = {
    sla: row.name,
    due: moment(row.due_at),
    met: moment(row.met_at),
    late: row.late === null ? null : durationInWords(row.late),
  };
  const state = stateOf(row);
  switch (state) {
    case 'met':
    case 'met_late':
      return metText(told);
    case 'running':
      return runningText(told);
    case 'overdue':
    case 'missed':
      return missedText(told);
    case 'ended':
      return `${row.name} ended before it was due.`;
    default:
      return state satisfies never;
  }
};

/** What a message about a clock says, beside the card of the one it is for; null: there is no such clock. */
export const readSlaNotice = async (
  trx: Trx,
  tenantId: string,
  clockId: string,
  card: OfferCard,
  name: (rep: string) => string,
): Promise<SlaNotice | null> => {
  const row = await clocks(trx, tenantId).where('id', '=', clockId).executeTakeFirst();
  if (row === undefined) return null;
  return {
    card,
    name: row.name,
    until: row.until as SlaNotice['until'],
    dueAt: row.due_at?.getTime() ?? null,
    reps: row.reps.map((id) => ({ id, name: name(id) })),
    ended: row.ended_because as SlaNotice['ended'],
  };
};

/** Numbers for the live page; null: no clock ever ran. `startOfDay` is in the tenant's zone. */
export const readSlaNumbers = async (
  trx: Trx,
  tenantId: string,
  startOfDay: Date,
): Promise<NonNullable<Overview['slas']> | null> => {
  const found = await sql<Record<'running' | 'overdue' | 'met' | 'missed', number> & { any: boolean }>`
    select
      exists (select from sla_clock where tenant_id = ${tenantId}) as "any",
      (select count(*) from sla_clock where tenant_id = ${tenantId} and ended_at is null) as running,
      (select count(*) from sla_clock where tenant_id = ${tenantId} and ended_at is null
        and missed_at is not null) as overdue,
      (select count(*) from sla_clock where tenant_id = ${tenantId} and met_at >= ${startOfDay}
        and late is null) as met,
      (select count(*) from sla_clock where tenant_id = ${tenantId} and missed_at >= ${startOfDay}) as missed`.execute(
    trx,
  );
  const { any, running, overdue, met, missed } = found.rows[0]!;
  if (!any) return null;
  const of = met + missed;
  return {
    running,
    overdue,
    metToday: met,
    missedToday: missed,
    metPercent: of === 0 ? null : Math.round((100 * met) / of),
  };
};
