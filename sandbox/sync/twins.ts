import type { Portal } from '../hubspot/portal.ts';
import { updateRecord } from '../hubspot/records.ts';
import { definition } from '../hubspot/standard-properties.ts';
import type { ChangeSource, StoredRecord } from '../hubspot/types.ts';
import { type Org, tableOf } from '../salesforce/org.ts';
import type { Row } from '../salesforce/types.ts';

/** How HubSpot calls changes its sync makes. */
export const SYNC_SOURCE: ChangeSource = { type: 'SALESFORCE', id: 'salesforce-sync', label: 'Salesforce' };

/** The contact property that names the lead. */
export const LINK = 'salesforceleadid';

/** The properties an account gets with the integration. */
export const addSyncProperties = (portal: Portal): void => {
  const { contacts } = portal.properties;
  if (!contacts.has(LINK)) contacts.set(LINK, definition('contacts', LINK, 'Salesforce Lead ID'));
};

/** The contact joined to a lead; else the one with its e-mail. */
export const contactOf = (portal: Portal, lead: Row): StoredRecord | undefined => {
  const { contacts } = portal.records;
  const linked = [...contacts.values()].find(
    (one) => one.properties[LINK] === lead.Id && one.archivedAt === null,
  );
  if (linked || !lead.Email) return linked;
  return contacts.get(portal.unique.get(`contacts/email/${String(lead.Email).toLowerCase()}`) ?? '');
};

/** The lead a contact is joined to; else the one with its e-mail. */
export const leadOf = (org: Org, contact: StoredRecord): Row | undefined => {
  const leads = tableOf(org, 'Lead');
  const linked = contact.properties[LINK];
  if (linked) return leads.get(linked);
  const [twin = ''] = org.emails.get(contact.properties.email ?? '') ?? [];
  return leads.get(twin);
};

/** Joins the two. False: they were joined already. */
export const joinTwins = (portal: Portal, contact: StoredRecord, leadId: string): boolean => {
  if (contact.properties[LINK] === leadId) return false;
  updateRecord(portal, 'contacts', contact, { [LINK]: leadId }, SYNC_SOURCE);
  return true;
};
