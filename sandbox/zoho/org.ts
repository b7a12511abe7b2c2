import { type Automation, NO_AUTOMATION } from './automation.ts';
import { createIds, type Ids } from './ids.ts';
import type { Edition } from './limits.ts';
import { MODULE_NAMES } from './schema/modules.ts';
import type { Actor, DeletedRow, Row, RowChange } from './types.ts';

export interface ZohoUser {
  readonly id: string;
  readonly email: string;
  readonly first_name: string;
  readonly last_name: string;
  readonly timezone: string;
  readonly role: string;
  readonly status: 'active' | 'disabled' | 'unconfirmed';
  readonly reportingTo: string | null;
}

export interface Unavailability {
  readonly id: string;
  readonly userId: string;
  readonly from: string;
  readonly to: string;
}

export interface Shift {
  readonly id: string;
  readonly name: string;
  readonly timezone: string;
  readonly days: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly userIds: readonly string[];
  /** On every day of the shift. */
  readonly breaks?: readonly { readonly from: string; readonly to: string }[];
}

export interface Territory {
  readonly id: string;
  readonly name: string;
  readonly userIds: readonly string[];
}

/** People who share records. It owns none. */
export interface UserGroup {
  readonly id: string;
  readonly name: string;
  readonly userIds: readonly string[];
}

/** What was recorded with a record besides its own fields: calls, meetings, e-mails, changes. */
export interface TimelineEntry {
  readonly id: string;
  readonly recordId: string;
  readonly at: number;
  readonly action: string;
  /** The module of what was recorded, and its name there. */
  readonly module: string;
  readonly name: string;
  readonly by: string;
  readonly source: string;
}

/** An owner put on a record that had another. */
export interface OwnerChange {
  readonly recordId: string;
  readonly ownerId: string;
  readonly at: number;
  readonly via: Actor['via'];
}

/** One org of Zoho CRM in one data centre. */
export interface Org {
  /** The org's number (zgid). */
  readonly id: string;
  readonly domain: string;
  readonly dc: string;
  readonly edition: Edition;
  readonly name: string;
  readonly timezone: string;
  readonly ids: Ids;
  readonly tables: ReadonlyMap<string, Map<string, Row>>;
  readonly users: Map<string, ZohoUser>;
  readonly away: Map<string, Unavailability>;
  readonly shifts: Map<string, Shift>;
  readonly territories: Map<string, Territory>;
  readonly groups: Map<string, UserGroup>;
  readonly deleted: DeletedRow[];
  readonly timeline: TimelineEntry[];
  /** Oldest first. */
  readonly ownerChanges: OwnerChange[];
  readonly now: () => number;
  /** Tells what a write changed. */
  readonly emit: (changes: readonly RowChange[]) => void;
  /** Modules (`Leads`) the API does not know for this org, and fields (`Leads.Language`) that were deleted. */
  readonly hidden: Set<string>;
  automation: Automation;
  fairleadFields: boolean;
}

export interface NewOrg {
  readonly number: number;
  readonly domain: string;
  readonly dc: string;
  readonly edition: Edition;
  readonly name: string;
  readonly timezone: string;
  readonly now: () => number;
  readonly emit: (changes: readonly RowChange[]) => void;
}

export const createOrg = ({ number, ...given }: NewOrg): Org => ({
  ...given,
  id: String(60_000_000_000 + number),
  ids: createIds(number),
  tables: new Map(MODULE_NAMES.map((name) => [name, new Map<string, Row>()])),
  users: new Map(),
  away: new Map(),
  shifts: new Map(),
  territories: new Map(),
  groups: new Map(),
  deleted: [],
  timeline: [],
  ownerChanges: [],
  hidden: new Set(),
  automation: NO_AUTOMATION,
  fairleadFields: true,
});

export const tableOf = (org: Org, module: string): Map<string, Row> => {
  const table = org.tables.get(module);
  if (!table) throw new Error(`there is no module ${module}`);
  return table;
};

export const userNamed = (org: Org, emailOrId: string): ZohoUser | undefined =>
  org.users.get(emailOrId) ?? [...org.users.values()].find(({ email }) => email === emailOrId);

export const fullName = ({ first_name, last_name }: Pick<ZohoUser, 'first_name' | 'last_name'>): string =>
  [first_name, last_name].filter(Boolean).join(' ');
