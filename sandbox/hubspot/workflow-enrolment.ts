import type { RecordChange, StoredRecord } from './types.ts';
import type { Workflow, WorkflowFilter } from './workflow-types.ts';

const matches = (record: StoredRecord, { property, op, value }: WorkflowFilter): boolean => {
  const held = record.properties[property] ?? '';
  switch (op) {
    case 'eq':
      return held === value;
    case 'neq':
      return held !== value;
    case 'in':
      return Array.isArray(value) && value.includes(held);
    case 'known':
      return held !== '';
    case 'unknown':
      return held === '';
    default: {
      const never: never = op;
      return never;
    }
  }
};

/** Whether a change of a record enrols it in a workflow. */
export const enrols = (workflow: Workflow, change: RecordChange, record: StoredRecord): boolean => {
  if (!workflow.active || workflow.objectType !== change.objectType) return false;
  const triggered =
    workflow.enrolOn === 'created'
      ? change.kind === 'created'
      : change.kind === 'property' && change.name === workflow.enrolOn.property;
  return triggered && workflow.where.every((filter) => matches(record, filter));
};
