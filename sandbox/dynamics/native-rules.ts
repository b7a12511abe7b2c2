import type { Scheduler } from '../scheduler.ts';
import type { AssignmentRule } from './automation.ts';
import { type Environment, rowsOf } from './environment.ts';
import { insertRow } from './rows/insert-row.ts';
import { type Transaction, transact } from './rows/transaction.ts';
import { updateRow } from './rows/update-row.ts';
import { lead } from './schema/lead.ts';
import { assignmentrule, salesroutingrun } from './schema/system.ts';
import type { Row, RowChange } from './types.ts';

const matches = ({ when = {} }: AssignmentRule, { values }: Row): boolean =>
  Object.entries(when).every(([column, value]) => (values[column] ?? null) === value);

/** Sales' own assignment rules: some time after a lead was created they give it to whom they say, and note that. */
export const createNativeRules = (
  scheduler: Scheduler,
  systemUserId: (environment: Environment) => string,
) => {
  const run = (environment: Environment, leadId: string): void => {
    const row = rowsOf(environment, 'lead').get(leadId);
    const rule = row && environment.automation.assignmentRules.find((one) => matches(one, row));
    if (!row || !rule || row.values.statecode !== 0) return;
    transact(environment, { userId: systemUserId(environment), tag: null }, (tx) => {
      const previous = row.values.ownerid ?? null;
      updateRow(tx, lead, row, { ownerid: { table: 'systemuser', id: rule.ownerId } });
      insertRow(tx, {
        table: salesroutingrun,
        values: {
          msdyn_name: rule.name,
          msdyn_assignmentruleid: { table: assignmentrule.name, id: ruleId(tx, rule) },
          msdyn_targetobject: { table: 'lead', id: leadId },
          msdyn_ownerassigned: { table: 'systemuser', id: rule.ownerId },
          msdyn_previousowner: previous,
          msdyn_isrecordassigned: true,
          statecode: 1,
          statuscode: 2,
        },
      });
    });
  };
  return {
    changed: (environment: Environment, changes: readonly RowChange[]): void => {
      const { assignmentRules, assignmentDelayMs } = environment.automation;
      if (assignmentRules.length === 0 || !environment.installed.assignmentRules) return;
      for (const { table, message, id } of changes)
        if (table === 'lead' && message === 'Create')
          scheduler.after(assignmentDelayMs, () => run(environment, id));
    },
  };
};

const ruleId = (tx: Transaction, { name }: AssignmentRule): string => {
  const known = [...rowsOf(tx.environment, assignmentrule.name).values()].find(
    ({ values }) => values.msdyn_name === name,
  );
  return known?.id ?? insertRow(tx, { table: assignmentrule, values: { msdyn_name: name } }).id;
};
