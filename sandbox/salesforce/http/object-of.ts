import { notFound, refused } from '../errors.ts';
import { toId18 } from '../ids.ts';
import type { Org } from '../org.ts';
import type { ObjectDef } from '../schema/object.ts';
import { objectNamed } from '../schema/objects.ts';

/** The object of that name. Throws SalesforceError NOT_FOUND. */
export const objectOf = (org: Org, name: string): ObjectDef => {
  const object = objectNamed(name, org);
  if (object) return object;
  throw notFound();
};

/** An id of that object, 18 characters. Throws SalesforceError MALFORMED_ID. */
export const idOf = (object: ObjectDef, text: unknown): string => {
  const id = toId18(text);
  if (id?.startsWith(object.prefix)) return id;
  throw refused('MALFORMED_ID', `${object.label} ID: id value of incorrect type: ${String(text)}`, ['Id']);
};
