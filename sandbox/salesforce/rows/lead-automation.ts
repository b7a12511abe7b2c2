import { ruleOwner } from '../automation.ts';
import { refused, SalesforceError } from '../errors.ts';
import { nextId, type Org } from '../org.ts';
import { openTasksOf } from '../tasks.ts';
import type { Row, Value } from '../types.ts';
import { ownerName } from './check-owner.ts';
import type { WriteContext } from './write-context.ts';

const duplicateResult = (ids: readonly string[], allowSave: boolean) => ({
  allowSave,
  duplicateRule: 'Standard_Lead_Duplicate_Rule',
  duplicateRuleEntityType: 'Lead',
  errorMessage: 'Use one of these records?',
  matchResults: [
    {
      entityType: 'Lead',
      errors: [],
      matchEngine: 'FuzzyMatchEngine',
      matchRecords: ids.map((id) => ({
        additionalInformation: [],
        fieldDiffs: [],
        matchConfidence: 100.0,
        record: { attributes: { type: 'Lead', url: `/services/data/v67.0/sobjects/Lead/${id}` }, Id: id },
      })),
      rule: 'Standard_Lead_Match_Rule_v1_0',
      size: ids.length,
      success: true,
    },
  ],
});

/** The duplicate rule: another live lead with this e-mail. */
export const checkDuplicates = ({ org, allowDuplicates, actor }: WriteContext, lead: Row): void => {
  const rule = org.automation.duplicateRule;
  const blocks = rule === 'block' && actor.via === 'api';
  if (!rule || (allowDuplicates && !blocks) || !lead.Email) return;
  const others = [...(org.emails.get(String(lead.Email).toLowerCase()) ?? [])].filter((id) => id !== lead.Id);
  if (others.length === 0) return;
  throw new SalesforceError('DUPLICATES_DETECTED', 'Use one of these records?', null, {
    duplicateResult: duplicateResult(others, !blocks),
  });
};

/** The owner the assignment rule chooses; null when it does not run or none of its entries matches. */
export const assignedOwner = ({ org, autoAssign }: WriteContext, lead: Row): string | null => {
  const rule = org.automation.assignmentRule;
  return rule && autoAssign ? ruleOwner(rule, lead) : null;
};

/** The validation rule: owner changes it does not allow. */
export const checkOwnerChange = (org: Org, ownerId: string): void => {
  const rule = org.automation.validationRule;
  if (rule && (rule.ownerIds?.includes(ownerId) ?? true))
    throw refused('FIELD_CUSTOM_VALIDATION_EXCEPTION', rule.message);
};

const historyRow = (
  { org, tx, actor }: WriteContext,
  lead: Row,
  field: string,
  before: Value,
  after: Value,
): void =>
  tx.put('LeadHistory', {
    Id: nextId(org, '017'),
    IsDeleted: false,
    LeadId: lead.Id,
    Field: field,
    OldValue: before,
    NewValue: after,
    CreatedById: actor.userId,
    CreatedDate: String(lead.LastModifiedDate),
    SystemModstamp: String(lead.LastModifiedDate),
  });

/** Field histories: the owner with ids and with names, and the status. */
export const keepHistory = (context: WriteContext, before: Row, after: Row): void => {
  const { org } = context;
  if (!org.automation.trackHistory) return;
  const [from, to] = [String(before.OwnerId), String(after.OwnerId)];
  if (from !== to) {
    historyRow(context, after, 'Owner', ownerName(org, from), ownerName(org, to));
    historyRow(context, after, 'Owner', from, to);
  }
  if (before.Status !== after.Status)
    historyRow(context, after, 'Status', before.Status ?? null, after.Status ?? null);
};

/** Open tasks of the old owner go to the new one, if that is a person. */
export const moveTasks = ({ org, tx }: WriteContext, before: Row, after: Row): void => {
  if (!org.automation.moveOpenTasks || before.OwnerId === after.OwnerId) return;
  if (!String(after.OwnerId).startsWith('005')) return;
  for (const task of openTasksOf(org, after.Id))
    if (task.OwnerId === before.OwnerId)
      tx.put('Task', {
        ...task,
        OwnerId: after.OwnerId ?? null,
        SystemModstamp: after.SystemModstamp ?? null,
      });
};
