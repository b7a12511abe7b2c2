import { dateTimeText } from '../dates.ts';
import { refused } from '../errors.ts';
import { nextId } from '../org.ts';
import type { ObjectDef } from '../schema/object.ts';
import type { Row } from '../types.ts';
import { checkOwner } from './check-owner.ts';
import { checkUnique } from './check-unique.ts';
import { checkInsert, type Input } from './check-values.ts';
import { derived } from './derived.ts';
import { assignedOwner, checkDuplicates } from './lead-automation.ts';
import type { WriteContext } from './write-context.ts';

/** Names that count up: a decision is AD-000001. */
const autoNumber = (object: ObjectDef, n: number): Readonly<Record<string, string>> =>
  object.name === 'Assignment_Decision__c' ? { Name: `AD-${String(n).padStart(6, '0')}` } : {};

/** Creates a row and returns its id. Throws SalesforceError when it is refused; then nothing is written. */
export const insertRow = (context: WriteContext, object: ObjectDef, input: Input): string => {
  const { org, tx, actor } = context;
  if (!object.writable)
    throw refused('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', `entity type cannot be inserted: ${object.label}`);
  context.rowFault(object.name, null);
  const values = checkInsert(org, object, input);
  const at = dateTimeText(org.now());
  const id = nextId(org, object.prefix);
  const owned = object.byName.has('ownerid');
  const bare: Row = {
    Id: id,
    IsDeleted: false,
    CreatedDate: at,
    CreatedById: actor.userId,
    LastModifiedDate: at,
    LastModifiedById: actor.userId,
    SystemModstamp: at,
    ...(owned ? { OwnerId: actor.userId } : {}),
    ...autoNumber(object, org.numbers.get(object.prefix) ?? 0),
    ...values,
  };
  const row: Row = { ...bare, ...derived(object.name, bare, at) };
  if (object.name === 'Lead') {
    checkDuplicates(context, row);
    row.OwnerId = assignedOwner(context, row) ?? row.OwnerId ?? null;
  }
  if (owned) checkOwner(org, object, String(row.OwnerId));
  checkUnique(org, object, row);
  tx.put(object.name, row);
  tx.tell({
    objectType: object.name,
    id,
    at: org.now(),
    kind: 'created',
    fields: Object.keys(values),
    actor,
  });
  return id;
};
