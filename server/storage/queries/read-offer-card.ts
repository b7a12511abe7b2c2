import { sql } from 'kysely';
import type { Offeree } from '../../assignments/types.ts';
import type { OfferCard } from '../../assignments/views.ts';
import type { LeadHistory } from '../../routing/lead.ts';
import type { Trx } from '../storage.ts';
import { selectDecisions } from './decision-rows.ts';
import type { TenantReads } from './tenant-reads.ts';
import { contextOf, viewRow } from './view-row.ts';

interface CardRow {
  readonly version: number;
  readonly state: OfferCard['state'];
  readonly broadcast: boolean;
  readonly offered_to: readonly Offeree[];
  readonly history: LeadHistory;
  readonly decision_id: string;
  readonly due_at: Date | null;
  readonly due_kind: string | null;
  readonly crm: string | null;
  readonly erased: boolean;
}

/** What the card shows one rep about one assignment, at its present version; null: there is no such assignment. */
export const readOfferCard = async (
  trx: Trx,
  tenantId: string,
  assignmentId: string,
  repId: string,
  reads: TenantReads,
): Promise<OfferCard | null> => {
  const row = await readCardRow(trx, tenantId, assignmentId);
  const [decided] = row ? await selectDecisions(trx, tenantId, sql`d.id = ${row.decision_id}`, 1) : [];
  if (!row || !decided) return null;
  const roster = await reads.roster(trx, tenantId);
  const read = await reads.policy(trx, tenantId, decided.decision.policyVersion);
  const context = contextOf(read?.policy ?? null, roster);
  const timezone = roster.reps.get(repId)?.rep.timezone ?? context.reader.timezone;
  const view = viewRow(decided, { ...context, reader: { ...context.reader, timezone } });
  const named = (id: string) => ({ id, name: context.names.rep(id) });
  return {
    tenantId,
    assignmentId,
    version: row.version,
    state: row.state,
    broadcast: row.broadcast,
    offeredTo: row.offered_to.map(({ rep }) => named(rep)),
    rep:
      decided.assignment.repId === null || row.state === 'offered' ? null : named(decided.assignment.repId),
    yours: endOf(repId, row.history),
    person: decided.person,
    why: view.reason,
    rule: view.rule,
    pool: view.pool,
    expiresAt: expiryFor(repId, row),
    timezone,
    written: decided.assignment.written,
    remedy: decided.assignment.remedy,
    crm: row.crm,
    erased: row.erased,
  };
};

const readCardRow = async (
  trx: Trx,
  tenantId: string,
  assignmentId: string,
): Promise<CardRow | undefined> => {
  const found = await sql<CardRow>`
    select a.version, a.state, a.broadcast, a.offered_to, a.history, a.decision_id, a.due_at, a.due_kind, (
      select c.name from lead_record r join connection c on c.id = r.connection_id
      where r.tenant_id = a.tenant_id and r.lead_id = a.lead_id
      order by c.created_at limit 1) as crm, exists (
      select from lead_snapshot s
      where s.tenant_id = a.tenant_id and s.lead_id = a.lead_id and s.erased_at is not null) as erased
    from assignment a
    where a.tenant_id = ${tenantId} and a.id = ${assignmentId}`.execute(trx);
  return found.rows[0];
};

const endOf = (repId: string, { declined, missed }: LeadHistory): 'declined' | 'missed' | null => {
  if (declined.includes(repId)) return 'declined';
  return missed.includes(repId) ? 'missed' : null;
};

/** The rep's own clock; null while it has not started. */
const expiryFor = (repId: string, { state, offered_to }: CardRow): number | null =>
  state === 'offered' ? (offered_to.find(({ rep }) => rep === repId)?.endsAt ?? null) : null;
