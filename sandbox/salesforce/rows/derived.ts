import type { Row, Value } from '../types.ts';

const fullName = (row: Row): string => [row.FirstName, row.LastName].filter(Boolean).join(' ');

/** What Salesforce works out from other fields. */
export const derived = (objectType: string, row: Row): Readonly<Record<string, Value>> => {
  if (objectType === 'Lead' || objectType === 'Contact' || objectType === 'User')
    return { Name: fullName(row) };
  if (objectType === 'Task') return { IsClosed: row.Status === 'Completed' };
  return {};
};
