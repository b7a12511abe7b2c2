import { type DeskList, type DeskRow, LIST_LENGTH } from './desk-crm.ts';

/** The columns of CRMs whose leads are people, companies and statuses at once. */
export const LEAD_COLUMNS = ['Company', 'Employees', 'Country', 'Status', 'Owner', 'Routed by'] as const;

/** Whether one of the values contains the wanted text, in whatever case. */
export const mentions = (wanted: string, values: readonly unknown[]): boolean =>
  values.some((value) =>
    String(value ?? '')
      .toLowerCase()
      .includes(wanted.toLowerCase()),
  );

/** The newest leads that match. `leads`: oldest first, and those that count. */
export const newestOf = <Lead>(
  leads: readonly Lead[],
  matches: (lead: Lead) => boolean,
  rowOf: (lead: Lead) => DeskRow,
): DeskList => ({
  rows: leads.toReversed().filter(matches).slice(0, LIST_LENGTH).map(rowOf),
  total: leads.length,
});
