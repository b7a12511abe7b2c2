import { NOTE, OWNER_PROPERTY } from './facts.ts';

/** What people do about a lead, by the names of its object types [doc]. Reading e-mails takes a scope of its own. */
export const ACTIVITY_TYPES = ['calls', 'emails', 'meetings', 'notes'] as const;
export type ActivityType = (typeof ACTIVITY_TYPES)[number];

interface ActivityFacts {
  readonly properties: readonly string[];
  /** What tells that it came from the other side. */
  readonly received?: { readonly property: string; readonly value: string };
  /** Where our own mark would stand. */
  readonly body?: string;
}

const WHEN_AND_WHO = ['hs_timestamp', 'hs_createdate', OWNER_PROPERTY, 'hs_created_by_user_id'] as const;
/** @unverified ACTIVITY `hs_created_by_user_id` on activities, and `INCOMING_EMAIL` for an e-mail that was received. */
export const ACTIVITY = {
  timestamp: 'hs_timestamp',
  created: 'hs_createdate',
  owner: OWNER_PROPERTY,
  createdBy: 'hs_created_by_user_id',
  calls: { properties: WHEN_AND_WHO } as ActivityFacts,
  emails: {
    properties: [...WHEN_AND_WHO, 'hs_email_direction'],
    received: { property: 'hs_email_direction', value: 'INCOMING_EMAIL' },
  } as ActivityFacts,
  meetings: { properties: WHEN_AND_WHO } as ActivityFacts,
  notes: { properties: [...WHEN_AND_WHO, NOTE.body], body: NOTE.body } as ActivityFacts,
};
/** @unverified LAST_ACTIVITY The property that says when anything was last logged on a record, our own notes and tasks included. */
export const LAST_ACTIVITY: Readonly<Record<string, string>> = { contact: 'notes_last_updated' };
