import { refused } from '../errors.ts';
import { type Org, tableOf } from '../org.ts';
import type { ObjectDef } from '../schema/object.ts';
import type { Row } from '../types.ts';

/** Refuses a value that another row holds: decision ids, and usernames. */
export const checkUnique = (org: Org, object: ObjectDef, row: Row): void => {
  for (const field of object.fields) {
    const value = row[field.name] ?? null;
    if (!field.unique || value === null) continue;
    const holder =
      object.name === 'Assignment_Decision__c'
        ? org.externalIds.get(String(value))
        : [...tableOf(org, object.name).values()].find((other) => other[field.name] === value)?.Id;
    if (holder === undefined || holder === row.Id) continue;
    throw refused(
      'DUPLICATE_VALUE',
      `duplicate value found: ${field.name} duplicates value on record with id: ${holder.slice(0, 15)}`,
    );
  }
};
