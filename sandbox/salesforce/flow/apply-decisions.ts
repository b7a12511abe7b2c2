import { SalesforceError } from '../errors.ts';
import { type Org, tableOf } from '../org.ts';
import { inTransaction, knownObject } from '../people-writes.ts';
import { updateRow } from '../rows/update-row.ts';
import { externalField, upsertRow } from '../rows/upsert-row.ts';
import type { WriteContext } from '../rows/write-context.ts';
import type { Actor, Value } from '../types.ts';
import type { FlowDecision } from './decisions-reply.ts';

/** What became of one record. */
export interface AppliedRow {
  readonly record: string;
  readonly outcome: string;
  readonly ownerId: string | null;
  /** null: written, or nothing was to be written. */
  readonly error: string | null;
}

const decisionValues = (decision: FlowDecision): Record<string, Value> => ({
  Record_Id__c: decision.record,
  Lead__c: decision.record,
  Assigned_To__c: decision.ownerId?.startsWith('005') ? decision.ownerId : null,
  Rule_Name__c: decision.rule?.name ?? null,
  Pool_Name__c: decision.pool?.name ?? null,
  Reason__c: decision.reason ?? null,
  Decided_At__c: decision.decidedAt ?? null,
  Outcome__c: decision.outcome,
  Log_Only__c: decision.logOnly ?? false,
  Assigned_Name__c: decision.rep?.name ?? decision.queue?.name ?? null,
});

const writeOwner = (context: WriteContext, { record, ownerId }: FlowDecision): void => {
  if (!ownerId || tableOf(context.org, 'Lead').get(record)?.OwnerId === ownerId) return;
  updateRow(context, knownObject(context.org, 'Lead'), record, { OwnerId: ownerId });
};

const keepDecision = (context: WriteContext, decision: FlowDecision): void => {
  if (!context.org.packageInstalled || decision.id === undefined) return;
  const object = knownObject(context.org, 'Assignment_Decision__c');
  const field = externalField(context, object, 'Decision_Id__c');
  upsertRow(context, object, field, decision.id, decisionValues(decision));
};

/** Tries one write; what it did is taken back when it is refused. */
const attempt = ({ tx }: WriteContext, write: () => void): string | null => {
  const mark = tx.mark();
  try {
    write();
    return null;
  } catch (error) {
    if (!(error instanceof SalesforceError)) throw error;
    tx.rollbackTo(mark);
    return `${error.code}: ${error.message}`;
  }
};

/** Writes owners and decisions as the package's Apex does: one transaction, row by row, no assignment rule. */
export const applyDecisions = (
  org: Org,
  actor: Actor,
  decisions: readonly FlowDecision[],
  { rowFault, logOnly }: { readonly rowFault: WriteContext['rowFault']; readonly logOnly: boolean },
): readonly AppliedRow[] =>
  inTransaction(org, actor, (plain) => {
    const context = { ...plain, rowFault };
    return decisions.map((decision) => {
      const { record, outcome, ownerId = null } = decision;
      if (outcome === 'failed')
        return { record, outcome, ownerId: null, error: decision.error?.detail ?? 'failed' };
      const owner = logOnly ? null : attempt(context, () => writeOwner(context, decision));
      const kept = attempt(context, () => keepDecision(context, decision));
      return { record, outcome, ownerId, error: owner ?? kept };
    });
  });
