import { EMAIL_MESSAGE, EMAIL_MESSAGE_RELATION, EVENT, LEAD_HISTORY, TASK } from './activity.ts';
import { ASSIGNMENT_DECISION } from './assignment-decision.ts';
import { ACCOUNT, BUSINESS_HOURS, CONTACT, HOLIDAY, OPPORTUNITY, ORGANIZATION } from './company.ts';
import type { FieldDef } from './field.ts';
import { LEAD, LEAD_STATUS } from './lead.ts';
import type { ObjectDef } from './object.ts';
import { GROUP, GROUP_MEMBER, OUT_OF_OFFICE, QUEUE_SOBJECT, USER, USER_ROLE } from './people.ts';

/** Every kind of record the stand-in knows. */
export const OBJECTS: readonly ObjectDef[] = [
  LEAD,
  USER,
  GROUP,
  QUEUE_SOBJECT,
  GROUP_MEMBER,
  OUT_OF_OFFICE,
  USER_ROLE,
  TASK,
  EVENT,
  EMAIL_MESSAGE,
  EMAIL_MESSAGE_RELATION,
  LEAD_HISTORY,
  LEAD_STATUS,
  ACCOUNT,
  CONTACT,
  OPPORTUNITY,
  ORGANIZATION,
  BUSINESS_HOURS,
  HOLIDAY,
  ASSIGNMENT_DECISION,
];

const BY_NAME = new Map(OBJECTS.map((object) => [object.name.toLowerCase(), object]));
const BY_PREFIX = new Map(OBJECTS.map((object) => [object.prefix, object]));

/** What an org shows depends on whether the package is installed there. */
export interface Visibility {
  readonly packageInstalled: boolean;
  /** What is not there, or what the app's user may not see, which looks the same: `Lead`, `Lead.Language__c`. */
  readonly hidden?: ReadonlySet<string>;
}

const isShown = (field: FieldDef, object: ObjectDef, { packageInstalled, hidden }: Visibility): boolean =>
  (!field.packaged || packageInstalled) && !hidden?.has(`${object.name}.${field.name}`);

export const objectNamed = (name: string, seen: Visibility): ObjectDef | undefined => {
  const object = BY_NAME.get(name.toLowerCase());
  const shown = object && (!object.packaged || seen.packageInstalled) && !seen.hidden?.has(object.name);
  return shown ? object : undefined;
};

/** The kind of record an id belongs to. */
export const objectOfId = (id: string): ObjectDef | undefined => BY_PREFIX.get(id.slice(0, 3));

export const fieldNamed = (object: ObjectDef, name: string, seen: Visibility): FieldDef | undefined => {
  const field = object.byName.get(name.toLowerCase());
  return field && isShown(field, object, seen) ? field : undefined;
};

export const fieldsOf = (object: ObjectDef, seen: Visibility): readonly FieldDef[] =>
  object.fields.filter((field) => isShown(field, object, seen));
