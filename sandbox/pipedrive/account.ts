import { type Automation, NO_AUTOMATION } from './automation.ts';
import type { Plan } from './company.ts';
import type { Conversion } from './conversions.ts';
import { type Change, OBJECT_NAMES, type ObjectName, type Row } from './types.ts';
import type { Webhook } from './webhooks/webhook.ts';

type Tables = Readonly<Record<ObjectName, Map<string, Row>>>;

/** The kinds of things that have fields of their own. */
export const FIELD_OWNERS = ['deal', 'person', 'organization'] as const;
export type FieldOwner = (typeof FIELD_OWNERS)[number];

/** Users who work together. */
export interface Team {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly manager_id: number;
  readonly users: readonly number[];
  readonly active_flag: 0 | 1;
  readonly deleted_flag: 0 | 1;
}

/** Everything one Pipedrive company holds. */
export interface Account {
  /** The company's id. */
  readonly id: number;
  readonly domain: string;
  readonly name: string;
  readonly now: () => number;
  /** By kind, then by id as text. */
  readonly tables: Tables;
  readonly webhooks: Map<number, Webhook>;
  readonly conversions: Map<string, Conversion>;
  readonly emit: (change: Change) => void;
  /** As they were given when the company was opened: nobody changes them. */
  teams: readonly Team[];
  plan: Plan;
  seats: number;
  automation: Automation;
  /** Custom fields, each with what people call it: a lead has those of deals. By key. */
  readonly fields: Readonly<Record<FieldOwner, Map<string, string>>>;
  /** The last number given to each kind. */
  readonly numbers: Map<string, number>;
}

export interface AccountOptions {
  readonly id: number;
  readonly domain: string;
  readonly name: string;
  readonly now: () => number;
  readonly emit: (change: Change) => void;
}

/** A company without people or records. */
export const createAccount = (options: AccountOptions): Account => ({
  ...options,
  tables: Object.fromEntries(OBJECT_NAMES.map((name) => [name, new Map()])) as Tables,
  webhooks: new Map(),
  conversions: new Map(),
  teams: [],
  plan: 'premium',
  seats: 5,
  automation: NO_AUTOMATION,
  fields: { deal: new Map(), person: new Map(), organization: new Map() },
  numbers: new Map(),
});

/** The next number of a kind. */
export const nextNumber = (account: Account, kind: string): number => {
  const next = (account.numbers.get(kind) ?? 0) + 1;
  account.numbers.set(kind, next);
  return next;
};

/** Whether a user may see a thing: admins see all, others what is not the owner's alone. */
export const maySee = (account: Account, userId: number, row: Row): boolean => {
  const user = account.tables.user.get(String(userId));
  if (user?.is_admin === 1) return true;
  return String(row.visible_to ?? '3') !== '1' || row.owner_id === userId || row.user_id === userId;
};
