import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { ASSIGNMENT_DECISION } from '../../sandbox/salesforce/schema/assignment-decision.ts';
import { LEAD } from '../../sandbox/salesforce/schema/lead.ts';
import {
  DECISION_FIELDS,
  DECISION_OBJECT,
  ENTRY_FIELDS,
  REASON_FIELDS,
} from '../../server/crm/salesforce/facts.ts';

const OBJECTS = fileURLToPath(
  new URL('../../salesforce-lwc-bridge/force-app/main/default/objects/', import.meta.url),
);

/** The fields that the package brings to an object. */
const packaged = (object: string): readonly string[] =>
  readdirSync(`${OBJECTS}${object}/fields`)
    .map((file) => file.replace('.field-meta.xml', ''))
    .sort();

const custom = (fields: readonly { readonly name: string }[]): readonly string[] =>
  fields
    .map(({ name }) => name)
    .filter((name) => name.endsWith('__c'))
    .sort();

test('a decision is written into the fields that the package has, and the stand-in has the same', () => {
  const fields = packaged('Assignment_Decision__c');
  expect([DECISION_OBJECT.key, ...Object.values(DECISION_FIELDS)].sort()).toEqual(fields);
  expect(custom(ASSIGNMENT_DECISION.fields)).toEqual(fields);
});

test('so are the reason on a lead, and what it is known by', () => {
  const fields = packaged('Lead');
  expect([...Object.values(REASON_FIELDS), ...Object.values(ENTRY_FIELDS)].sort()).toEqual(fields);
  expect(custom(LEAD.fields).filter((name) => name.startsWith('Fairlead_'))).toEqual(fields);
});
