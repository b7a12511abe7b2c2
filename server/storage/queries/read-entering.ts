import { sql } from 'kysely';
import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { EnteringLead } from '../../assignments/queries.ts';
import { NO_PERSON } from '../../assignments/snapshot.ts';
import type { StoredAssignment } from '../../assignments/stored.ts';
import type { GivenFields } from '../../assignments/types.ts';
import { ownerNow } from '../../assignments/wanted-owner.ts';
import type { Policy } from '../../routing/policy/schema.ts';
import { valueText } from '../../routing/policy/value-text.ts';
import { toAssignment } from '../lane-store/from-rows.ts';
import type { Trx } from '../storage.ts';
import { selectDecisions } from './decision-rows.ts';
import type { TenantReads } from './tenant-reads.ts';
import { contextOf, viewRow } from './view-row.ts';

interface Row {
  readonly assignment: Readonly<Record<string, unknown>>;
  readonly record: { readonly object_type: string; readonly record_id: string } | null;
  /** What callers gave, the first first. */
  readonly given: readonly GivenFields[] | null;
}

type Found = Omit<Row, 'assignment'> & { readonly assignment: StoredAssignment };

/** Leads on their way into a connection's CRM, as they are to be made there now. */
export const readEntering = async (
  trx: Trx,
  { id, tenantId, vendor }: ConnectionInfo,
  leadIds: readonly string[],
  reads: TenantReads,
): Promise<ReadonlyMap<string, EnteringLead>> => {
  const leads = await findOpen(trx, tenantId, id, leadIds);
  const named = leads.map(({ assignment }) => assignment.decisionId);
  const rows = await selectDecisions(trx, tenantId, sql`d.id = any(${named})`, named.length);
  const decisions = new Map(rows.map((row) => [row.decision.id, row]));
  const roster = await reads.roster(trx, tenantId);
  const entering = new Map<string, EnteringLead>();
  for (const { assignment, record, given } of leads) {
    const row = decisions.get(assignment.decisionId);
    // Both are gone once the lead is erased.
    if (row === undefined || (row.person === null && given === null)) continue;
    const read = await reads.policy(trx, tenantId, row.decision.policyVersion);
    const policy = read?.policy ?? null;
    const knowing = { memory: { roster, compiled: policy && { policy } } };
    entering.set(assignment.leadId, {
      person: { ...NO_PERSON, ...row.person },
      values: valuesOf(given ?? [], policy, vendor),
      ownerId: ownerNow(knowing, { assignment, decision: row.decision }, { connectionId: id }),
      decision: viewRow(row, contextOf(policy, roster)),
      record: record && { connectionId: id, objectType: record.object_type, recordId: record.record_id },
    });
  }
  return entering;
};

const findOpen = async (
  trx: Trx,
  tenantId: string,
  connectionId: string,
  leadIds: readonly string[],
): Promise<readonly Found[]> => {
  if (leadIds.length === 0) return [];
  const { rows } = await sql<Row>`
    select to_jsonb(a) as assignment,
      (select to_jsonb(r) from lead_record r
        where r.tenant_id = ${tenantId} and r.lead_id = a.lead_id and r.connection_id = ${connectionId}
        order by r.object_type = 'lead' desc limit 1) as record,
      (select jsonb_agg(s.given order by s.taken_at, s.id) from lead_snapshot s
        where s.tenant_id = ${tenantId} and s.lead_id = a.lead_id and s.given is not null) as given
    from unnest(${leadIds}::text[]) as asked (lead_id)
    cross join lateral (
      select * from assignment
      where tenant_id = ${tenantId} and lead_id = asked.lead_id and closed_at is null offset 0) a`.execute(
    trx,
  );
  return rows.map((row) => ({ ...row, assignment: toAssignment(row.assignment) }));
};

/** What callers gave, as text by the source of a connection's CRM. */
export const readGiven = async (
  trx: Trx,
  { tenantId, vendor }: ConnectionInfo,
  snapshotIds: readonly string[],
  reads: TenantReads,
): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>> => {
  if (snapshotIds.length === 0) return new Map();
  const rows = await trx
    .selectFrom('lead_snapshot')
    .select(['id', 'given'])
    .where('tenant_id', '=', tenantId)
    .where('id', 'in', [...snapshotIds])
    .execute();
  const lane = await trx
    .selectFrom('lane')
    .select('policy_version')
    .where('tenant_id', '=', tenantId)
    .executeTakeFirst();
  const read = await reads.policy(trx, tenantId, lane?.policy_version ?? 0);
  return new Map(
    rows.map(({ id, given }) => [id, valuesOf([(given ?? {}) as GivenFields], read?.policy ?? null, vendor)]),
  );
};

/** What was given first stands. */
const valuesOf = (
  given: readonly GivenFields[],
  policy: Policy | null,
  vendor: ConnectionInfo['vendor'],
): Readonly<Record<string, string>> => {
  const values: Record<string, string> = {};
  if (policy === null || vendor === 'slack') return values;
  for (const fields of given)
    for (const [name, value] of Object.entries(fields)) {
      const source = policy.fields[name]?.sources[vendor];
      const text = valueText(value);
      if (source !== undefined && text !== null) values[source] ??= text;
    }
  return values;
};
