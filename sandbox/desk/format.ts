import type { ObjectTypeName } from '../hubspot/object-types.ts';
import type { Portal } from '../hubspot/portal.ts';
import type { ChangeSource, Owner, StoredRecord } from '../hubspot/types.ts';
import { html, type Markup } from './html.ts';

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

/** The first letters of the first and the last word, whatever the script. */
const initials = (name: string): string => {
  const words = name.split(/\s+/).filter(Boolean);
  const picked = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return picked.map((word) => [...(word ?? '?')][0]?.toUpperCase() ?? '').join('');
};

const HUES = [12, 34, 88, 152, 176, 204, 228, 262, 292, 332];

const hueOf = (text: string): number =>
  HUES[[...text].reduce((sum, character) => sum + (character.codePointAt(0) ?? 0), 0) % HUES.length] ?? 204;

/** A round badge with initials; the colour follows from the name. */
export const avatar = (name: string, size: 'small' | 'large' = 'small'): Markup =>
  html`<span class="avatar ${size}" style="--hue:${hueOf(name)}" aria-hidden="true">${initials(name)}</span>`;

/** An owner with badge, or a dash. */
export const ownerCell = (portal: Portal, ownerId: string | undefined): Markup => {
  if (!ownerId) return html`<span class="none">No owner</span>`;
  const owner = portal.owners.get(ownerId);
  const name = owner ? ownerName(owner) : `Owner ${ownerId}`;
  return html`<span class="person">${avatar(name)}<span dir="auto">${name}</span></span>`;
};

/** A moment; the page's script turns it into "3 minutes ago" and keeps it right. */
export const moment = (at: number): Markup => {
  const iso = new Date(at).toISOString();
  return html`<time datetime="${iso}" title="${iso.replace('T', ' ').slice(0, 19)} UTC">${iso.slice(11, 16)}</time>`;
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
  if (!stage) return html`<span class="none">–</span>`;
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

/** The text of a note's or task's HTML. */
export const plainText = (markup: string): string =>
  markup
    .replace(/<(br|\/p|\/li|\/div)[^>]*>/gi, '\n')
    .replace(/<[^>]+>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&nbsp;/g, ' ')
    .replace(/&amp;/g, '&')
    .trim();

/** A value of an enumeration in words: ORGANIC_SEARCH as Organic search. */
export const words = (value: string): string => {
  const text = value.toLowerCase().replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
};

/** 1234567 as 1,234,567; anything that is no number as it stands. */
export const grouped = (value: string | undefined): string =>
  value !== undefined && Number.isFinite(Number(value)) && value.trim() !== ''
    ? Number(value).toLocaleString('en-US')
    : (value ?? '');
