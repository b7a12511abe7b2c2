import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { OBJECTS } from '../../sandbox/salesforce/schema/objects.ts';

/** The client publishes what the standard objects look like, as types: they are read as text. */
const published = readFileSync(
  createRequire(import.meta.url).resolve('jsforce/lib/types/standard-schema.d.ts'),
  'utf8',
);

const fieldsOf = (object: string): ReadonlyMap<string, string> | null => {
  const body = new RegExp(`type Fields\\$${object} = \\{([^}]*)\\}`).exec(published)?.[1];
  if (body === undefined) return null;
  return new Map([...body.matchAll(/(\w+): ([^;]+);/g)].map(([, name = '', type = '']) => [name, type]));
};

const KINDS: Readonly<Record<string, string>> = {
  boolean: 'boolean',
  int: 'number',
  double: 'number',
  currency: 'number',
};

/** Not in the client's list: it is older than the object, or the object is ours. */
const UNPUBLISHED = ['OutOfOffice', 'Assignment_Decision__c'];
/** In the object reference, and not in the client's list. */
const MISSING = ['Lead.MobilePhone', 'Task.CompletedDateTime'];

describe('standard objects have only fields the real client knows, of the same kind', () => {
  test.each(OBJECTS.map((object) => [object.name, object] as const))('%s', (name, object) => {
    const known = fieldsOf(name);
    if (UNPUBLISHED.includes(name)) return expect(known).toBeNull();
    const standard = object.fields.filter(
      (field) => !field.name.endsWith('__c') && !MISSING.includes(`${name}.${field.name}`),
    );
    const wrong = standard.filter((field) => {
      const type = known?.get(field.name)?.replace(' | null', '');
      return type !== (KINDS[field.type] ?? (type === 'DateString' ? type : 'string'));
    });
    expect(wrong.map((field) => `${field.name}: ${known?.get(field.name)}`)).toEqual([]);
  });
});
