import type { Row, Value } from '../types.ts';

const fullName = (row: Row): string => [row.FirstName, row.LastName].filter(Boolean).join(' ');

/** A task closes when it is completed, and remembers when it first was. */
const closing = (row: Row, at: string): Readonly<Record<string, Value>> => {
  const closed = row.Status === 'Completed';
  return { IsClosed: closed, CompletedDateTime: closed ? (row.CompletedDateTime ?? at) : null };
};

/** What Salesforce works out from other fields. `at`: now, as the API writes it. */
export const derived = (objectType: string, row: Row, at: string): Readonly<Record<string, Value>> => {
  if (objectType === 'Lead' || objectType === 'Contact' || objectType === 'User')
    return { Name: fullName(row) };
  if (objectType === 'Task') return closing(row, at);
  return {};
};
