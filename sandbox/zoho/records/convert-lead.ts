import { invalidPathId, ZohoError } from '../errors.ts';
import { tableOf } from '../org.ts';
import type { Row } from '../types.ts';
import { nowText, type WriteContext } from './context.ts';
import { ownerOf } from './owner-automation.ts';
import { insertRow, putRow } from './write-rows.ts';

export interface Converted {
  readonly account: Row | null;
  readonly contact: Row;
  readonly deal: Row | null;
}

/** What a conversion is told. */
export interface Conversion {
  readonly ownerId?: string;
  /** The new deal's values; unset: none is made. */
  readonly deal?: Readonly<Record<string, unknown>>;
}

/**
 * Converts a lead: it stays, read-only, and points at a contact and, where it names a company, an account.
 * Throws ZohoError: INVALID_DATA, ID_ALREADY_CONVERTED.
 */
export const convertLead = (context: WriteContext, id: string, { ownerId, deal }: Conversion): Converted => {
  const lead = tableOf(context.org, 'Leads').get(id);
  if (!lead) throw invalidPathId();
  if (lead.Converted__s === true)
    throw new ZohoError('ID_ALREADY_CONVERTED', 'id already converted', { resource_path_index: 1 });
  context.rowFault('Leads', id);
  const quiet = { ...context, workflows: false };
  const owned = { Owner: { id: ownerId ?? ownerOf(lead) } };
  const account = lead.Company
    ? insertRow(quiet, 'Accounts', { Account_Name: lead.Company, ...owned })
    : null;
  const contact = insertRow(quiet, 'Contacts', {
    Last_Name: lead.Last_Name,
    First_Name: lead.First_Name ?? null,
    Email: lead.Email ?? null,
    Phone: lead.Phone ?? null,
    ...(account && { Account_Name: { id: account.id } }),
    ...owned,
  });
  const made = deal
    ? insertRow(quiet, 'Deals', {
        ...deal,
        Contact_Name: { id: contact.id },
        ...(account && { Account_Name: { id: account.id } }),
        ...owned,
      })
    : null;
  putRow(quiet, 'Leads', {
    ...lead,
    ...owned,
    Converted__s: true,
    Converted_Account: account && { id: account.id },
    Converted_Contact: { id: contact.id },
    Converted_Deal: made && { id: made.id },
    Converted_Date_Time: nowText(context.org),
  });
  return { account, contact, deal: made };
};
