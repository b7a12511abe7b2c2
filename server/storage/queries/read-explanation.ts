import { sql } from 'kysely';
import type { ExplanationView } from '../../assignments/views.ts';
import { explainRules } from '../../routing/explain/explain-rules.ts';
import type { LeadValues } from '../../routing/lead.ts';
import { renderDecision } from '../../routing/render/render-decision.ts';
import type { Trx } from '../storage.ts';
import { selectDecisions } from './decision-rows.ts';
import { readSlas } from './read-slas.ts';
import { readStory } from './read-story.ts';
import type { TenantReads } from './tenant-reads.ts';
import { contextOf, standsNow, viewRow } from './view-row.ts';

/** A decision with everything there is to tell about it, `now` (epoch milliseconds); null: there is no such decision. */
export const readExplanation = async (
  trx: Trx,
  tenantId: string,
  decisionId: string,
  { reads, now }: { readonly reads: TenantReads; readonly now: number },
  reader: Parameters<typeof contextOf>[2] = {},
): Promise<ExplanationView | null> => {
  const [row] = await selectDecisions(trx, tenantId, sql`d.id = ${decisionId}`, 1);
  if (!row) return null;
  const { decision } = row;
  const policy = (await reads.policy(trx, tenantId, decision.policyVersion))?.policy ?? null;
  const context = contextOf(policy, await reads.roster(trx, tenantId), reader);
  const values = await readValues(trx, tenantId, decision.snapshotId);
  const slas = await readSlas(trx, tenantId, decision.leadId, context, now);
  return {
    ...viewRow(row, context),
    ...standsNow(row, context),
    rules:
      policy === null || values === null
        ? []
        : explainRules(policy, values, decision.result, decision.decidedAt),
    steps: renderDecision(decision.result, { ...context, decidedAt: decision.decidedAt }).steps,
    story: await readStory(trx, tenantId, decision.leadId, context),
    ...(slas.length > 0 && { slas }),
    person: row.person,
    values,
  };
};

/** What the decision read of the lead; null once erased. */
export const readValues = async (
  trx: Trx,
  tenantId: string,
  snapshotId: string,
): Promise<LeadValues | null> => {
  const found = await trx
    .selectFrom('lead_snapshot')
    .select('field_values')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', snapshotId)
    .executeTakeFirst();
  return (found?.field_values ?? null) as LeadValues | null;
};
