import type { ObjectTypeName } from '../../hubspot/object-types.ts';
import type { Portal } from '../../hubspot/portal.ts';
import type { ChangeSource, Owner, StoredRecord } from '../../hubspot/types.ts';
import { avatar, NOTHING } from '../format.ts';
import { html, type Markup } from '../html.ts';

/** The name people know a record by. */
export const recordName = (type: ObjectTypeName, record: StoredRecord): string => {
  const p = record.properties;
  const full = [p.firstname, p.lastname].filter(Boolean).join(' ');
  const names: Readonly<Record<ObjectTypeName, string | undefined>> = {
    contacts: full || p.email,
    companies: p.name ?? p.domain,
    deals: p.dealname,
    leads: p.hs_lead_name,
    users: p.hs_searchable_calculated_name,
    tasks: p.hs_task_subject,
    notes: p.hs_note_body,
    calls: p.hs_call_title,
    emails: p.hs_email_subject,
    meetings: p.hs_meeting_title,
  };
  return names[type] || `Record ${record.id}`;
};

export const ownerName = (owner: Owner): string =>
  `${owner.firstName} ${owner.lastName}`.trim() || owner.email;

/** An owner with badge, or a dash. */
export const ownerCell = (portal: Portal, ownerId: string | undefined): Markup => {
  if (!ownerId) return html`<span class="none">No owner</span>`;
  const owner = portal.owners.get(ownerId);
  const name = owner ? ownerName(owner) : `Owner ${ownerId}`;
  return html`<span class="person">${avatar(name)}<span dir="auto">${name}</span></span>`;
};

const STAGES: Readonly<Record<string, readonly [string, string]>> = {
  subscriber: ['Subscriber', 'grey'],
  lead: ['Lead', 'blue'],
  marketingqualifiedlead: ['Demo request', 'violet'],
  salesqualifiedlead: ['Sales qualified', 'teal'],
  opportunity: ['Opportunity', 'teal'],
  customer: ['Customer', 'green'],
  evangelist: ['Evangelist', 'green'],
  other: ['Closed', 'grey'],
  appointmentscheduled: ['Appointment', 'blue'],
  qualifiedtobuy: ['Qualified', 'violet'],
  presentationscheduled: ['Presentation', 'violet'],
  decisionmakerboughtin: ['Bought in', 'teal'],
  contractsent: ['Contract sent', 'teal'],
  closedwon: ['Won', 'green'],
  closedlost: ['Lost', 'grey'],
};

/** A life-cycle or deal stage as a badge. */
export const stageBadge = (stage: string | undefined): Markup => {
  if (!stage) return NOTHING;
  const [label, colour] = STAGES[stage] ?? [stage, 'grey'];
  return html`<span class="badge ${colour}">${label}</span>`;
};

/** Who made a change: a person, an app, a workflow, the website. */
export const sourceBadge = (source: ChangeSource): Markup => {
  const [word, colour] = {
    CRM_UI: [source.label ?? 'Somebody', 'grey'],
    FORM: ['Website form', 'grey'],
    IMPORT: ['Import', 'grey'],
    INTEGRATION: [source.label ?? 'An app', 'coral'],
    AUTOMATION_PLATFORM: [source.label ?? 'A workflow', 'violet'],
    MERGE_OBJECTS: ['Merge', 'grey'],
    SALESFORCE: ['Salesforce sync', 'blue'],
  }[source.type] as [string, string];
  return html`<span class="badge ${colour}">${word}</span>`;
};
