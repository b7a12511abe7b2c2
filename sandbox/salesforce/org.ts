import { type Automation, NO_AUTOMATION } from './automation.ts';
import { makeId } from './ids.ts';
import { OBJECTS } from './schema/objects.ts';
import type { Row, RowChange } from './types.ts';

/** Everything one Salesforce org holds. */
export interface Org {
  /** 18 characters. */
  readonly id: string;
  readonly domain: string;
  readonly name: string;
  readonly timezone: string;
  readonly now: () => number;
  /** By object, then by id. */
  readonly tables: ReadonlyMap<string, Map<string, Row>>;
  /** Decision_Id__c → row id: upserts find their row at once. */
  readonly externalIds: Map<string, string>;
  /** Lead e-mails in lower case → ids: the duplicate rule looks here. */
  readonly emails: Map<string, Set<string>>;
  readonly emit: (changes: readonly RowChange[]) => void;
  packageInstalled: boolean;
  automation: Automation;
  fairleadCredential: string;
  /** Objects and fields the app's user does not see: `Lead`, `Lead.Language__c`. */
  readonly hidden: Set<string>;
  /** Whether Change Data Capture tells of leads. */
  changeData: 'on' | 'off' | 'not_in_edition';
  /** Ids of users who have not confirmed their e-mail address. */
  readonly unconfirmed: Set<string>;
  /** The next number of each key prefix. */
  readonly numbers: Map<string, number>;
}

export interface OrgOptions {
  readonly number: number;
  readonly domain: string;
  readonly name: string;
  readonly timezone: string;
  readonly now: () => number;
  readonly emit: (changes: readonly RowChange[]) => void;
}

/** An org without people or records. */
export const createOrg = ({ number, ...options }: OrgOptions): Org => ({
  ...options,
  id: makeId('00D', number),
  tables: new Map(OBJECTS.map((object) => [object.name, new Map<string, Row>()])),
  externalIds: new Map(),
  emails: new Map(),
  packageInstalled: true,
  automation: NO_AUTOMATION,
  fairleadCredential: 'sandbox-salesforce-credential',
  hidden: new Set(),
  changeData: 'on',
  unconfirmed: new Set(),
  numbers: new Map(),
});

/** The rows of an object; the name is spelt as in the schema. */
export const tableOf = (org: Org, objectType: string): Map<string, Row> => {
  const table = org.tables.get(objectType);
  if (!table) throw new Error(`there is no table ${objectType}`);
  return table;
};

export const nextId = (org: Org, prefix: string): string => {
  const n = (org.numbers.get(prefix) ?? 0) + 1;
  org.numbers.set(prefix, n);
  return makeId(prefix, n);
};

/** Keeps what is looked up by value. Called with the row before and after each write. */
export const reindex = (
  org: Org,
  objectType: string,
  before: Row | undefined,
  after: Row | undefined,
): void => {
  if (objectType === 'Assignment_Decision__c') {
    if (before?.Decision_Id__c) org.externalIds.delete(String(before.Decision_Id__c));
    if (after?.Decision_Id__c && !after.IsDeleted)
      org.externalIds.set(String(after.Decision_Id__c), after.Id);
  }
  if (objectType !== 'Lead') return;
  const key = (row: Row | undefined) =>
    row?.Email && !row.IsDeleted ? String(row.Email).toLowerCase() : null;
  const [old, now] = [key(before), key(after)];
  if (old && before) org.emails.get(old)?.delete(before.Id);
  if (now && after) org.emails.set(now, (org.emails.get(now) ?? new Set()).add(after.Id));
};
