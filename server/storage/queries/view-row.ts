import { namesOf } from '../../assignments/names.ts';
import type { DecisionSummary } from '../../assignments/queries.ts';
import type { Roster } from '../../assignments/roster.ts';
import { countsFirst } from '../../assignments/twins.ts';
import { type ViewContext, viewDecision } from '../../assignments/view-decision.ts';
import type { DecisionView, ExplanationView } from '../../assignments/views.ts';
import type { Policy } from '../../routing/policy/schema.ts';
import type { Trx } from '../storage.ts';
import type { DecisionRow } from './decision-rows.ts';
import type { TenantReads } from './tenant-reads.ts';

/** What names and sentences are made with: the policy a decision was made by, and the people of now. */
export const contextOf = (
  policy: Policy | null,
  roster: Roster,
  reader: { readonly language?: string; readonly timezone?: string | null } = {},
): ViewContext => ({
  names: namesOf(policy, roster),
  reader: { language: reader.language ?? 'en', timezone: reader.timezone ?? policy?.timezone ?? 'UTC' },
  counts: (records) => countsFirst(records, policy?.crmOfRecord, roster)[0],
});

/** The view of a stored decision. */
export const viewRow = ({ decision, assignment, records }: DecisionRow, context: ViewContext): DecisionView =>
  viewDecision(decision, { ...assignment, records }, context);

/** Views of rows, each by the policy of its version. */
export const viewRows = async <T>(
  trx: Trx,
  tenantId: string,
  rows: readonly DecisionRow[],
  reads: TenantReads,
  view: (row: DecisionRow, context: ViewContext) => T,
): Promise<readonly T[]> => {
  if (rows.length === 0) return [];
  const roster = await reads.roster(trx, tenantId);
  const views: T[] = [];
  for (const row of rows) {
    const read = await reads.policy(trx, tenantId, row.decision.policyVersion);
    views.push(view(row, contextOf(read?.policy ?? null, roster)));
  }
  return views;
};

/** A decision in a list: who the lead is, and where it stands now. */
export const summaryOf = (row: DecisionRow, context: ViewContext): DecisionSummary => {
  const { seq, decision, person } = row;
  return {
    ...viewRow(row, context),
    seq,
    source: decision.source,
    person: person && { name: person.name, company: person.company, url: person.url },
    ...standsNow(row, context),
  };
};

/** Where a decision's lead stands now, and with whom. */
export const standsNow = (
  { assignment: { state, repId } }: DecisionRow,
  { names }: ViewContext,
): Pick<ExplanationView, 'state' | 'current'> => ({
  state,
  current: repId === null ? null : { id: repId, name: names.rep(repId) },
});
