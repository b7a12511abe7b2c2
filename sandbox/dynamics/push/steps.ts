import { type Environment, rowsOf } from '../environment.ts';
import { isRef, type Row, type RowChange } from '../types.ts';

/** A registered step that a change concerns, with where it sends to. */
export interface ConcernedStep {
  readonly step: Row;
  readonly endpoint: Row;
}

const idIn = (row: Row, column: string): string => {
  const ref = row.values[column];
  return isRef(ref) ? ref.id : '';
};

/** The enabled steps for a change's message and table; those on Update only where one of their columns was written. */
export const stepsFor = (environment: Environment, change: RowChange): readonly ConcernedStep[] => {
  const steps = rowsOf(environment, 'sdkmessageprocessingstep');
  if (steps.size === 0) return [];
  return [...steps.values()].flatMap((step) => {
    const message = rowsOf(environment, 'sdkmessage').get(idIn(step, 'sdkmessageid'))?.values.name;
    const filter = rowsOf(environment, 'sdkmessagefilter').get(idIn(step, 'sdkmessagefilterid'));
    const endpoint = rowsOf(environment, 'serviceendpoint').get(idIn(step, 'eventhandler'));
    const concerned =
      step.values.statecode === 0 &&
      message === change.message &&
      (filter === undefined || filter.values.primaryobjecttypecode === change.table) &&
      concernsColumns(step, change);
    return concerned && endpoint ? [{ step, endpoint }] : [];
  });
};

const concernsColumns = ({ values }: Row, change: RowChange): boolean => {
  const names = String(values.filteringattributes ?? '');
  return names === '' || names.split(',').some((name) => name.trim() in change.values);
};
