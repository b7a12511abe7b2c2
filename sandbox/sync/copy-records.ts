import type { Portal } from '../hubspot/portal.ts';
import { createRecord, updateRecord } from '../hubspot/records.ts';
import type { StoredRecord } from '../hubspot/types.ts';
import type { Org } from '../salesforce/org.ts';
import { actorOf, inTransaction, knownObject } from '../salesforce/people-writes.ts';
import { insertRow } from '../salesforce/rows/insert-row.ts';
import { updateRow } from '../salesforce/rows/update-row.ts';
import type { Row } from '../salesforce/types.ts';
import { MAPPED_FIELDS, MAPPED_PROPERTIES, toContact, toLead } from './field-map.ts';
import { toContactOwner, toLeadOwner } from './sync-owners.ts';
import { contactOf, joinTwins, LINK, leadOf, SYNC_SOURCE } from './twins.ts';

type Names = ReadonlySet<string>;

/** The values of `wanted` that are other than what is there. */
const differing = <T>(wanted: Readonly<Record<string, T>>, there: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(wanted).filter(([name, value]) => there[name] !== value));

const contactValues = (portal: Portal, org: Org, lead: Row, names: Names): Record<string, string> => {
  const owner = names.has('OwnerId') ? toContactOwner(portal, org, String(lead.OwnerId)) : null;
  return { ...toContact(lead, names), ...(owner === null ? {} : { hubspot_owner_id: owner }) };
};

const leadValues = (
  portal: Portal,
  org: Org,
  contact: StoredRecord,
  names: Names,
): Record<string, string> => {
  const { properties } = contact;
  const owner = names.has('hubspot_owner_id') ? toLeadOwner(portal, org, properties.hubspot_owner_id) : null;
  return { ...toLead(properties, names), ...(owner === null ? {} : { OwnerId: owner }) };
};

/** Carries changed values of a lead to its contact, which is made if need be. True: something was written. */
export const copyToContact = (
  portal: Portal,
  org: Org,
  lead: Row,
  changed: Names,
  create: boolean,
): boolean => {
  const contact = contactOf(portal, lead);
  const all = new Set(MAPPED_FIELDS);
  if (!contact) {
    if (!create) return false;
    const values = { lifecyclestage: 'lead', [LINK]: lead.Id, ...contactValues(portal, org, lead, all) };
    createRecord(portal, 'contacts', values, SYNC_SOURCE);
    return true;
  }
  const names = joinTwins(portal, contact, lead.Id) ? all : changed;
  const values = differing(contactValues(portal, org, lead, names), contact.properties);
  return (
    Object.keys(values).length > 0 &&
    updateRecord(portal, 'contacts', contact, values, SYNC_SOURCE).length > 0
  );
};

/** Carries changed values of a contact to its lead, which is made if need be. True: something was written. */
export const copyToLead = (
  portal: Portal,
  org: Org,
  contact: StoredRecord,
  changed: Names,
  create: boolean,
): boolean => {
  const actor = { ...actorOf(org, undefined, 'sync'), client: 'HubSpot' };
  const object = knownObject(org, 'Lead');
  const lead = leadOf(org, contact);
  const all = new Set(MAPPED_PROPERTIES);
  if (!lead) {
    if (!create || contact.properties[LINK]) return false;
    const required = { LastName: '[not provided]', Company: '[not provided]', LeadSource: 'Web' };
    const values = { ...required, ...leadValues(portal, org, contact, all) };
    const id = inTransaction(org, actor, (context) => insertRow(context, object, values));
    return joinTwins(portal, contact, id);
  }
  const names = joinTwins(portal, contact, lead.Id) ? all : changed;
  const values = differing(leadValues(portal, org, contact, names), lead);
  if (lead.IsDeleted || lead.IsConverted || Object.keys(values).length === 0) return false;
  inTransaction(org, actor, (context) => updateRow(context, object, lead.Id, values));
  return true;
};
