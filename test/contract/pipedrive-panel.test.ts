import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { panelFields } from '../../server/http/pipedrive/panel-data.ts';
import { vendorSpecs } from '../support/vendor-specs.ts';

const declared = z.strictObject({ $ref: z.string(), label: z.string().optional() });
const schemaFile = z.strictObject({
  type: z.literal('object'),
  required: z.array(z.string()),
  properties: z.record(z.string(), declared),
});

const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const root = fileURLToPath(new URL('../..', import.meta.url));
const schema = schemaFile.parse(read(join(root, 'embeds/pipedrive/panel-schema.json')));

/** Pipedrive's own. */
const samples = vendorSpecs('pipedrive/json-panel-samples') ?? '';

test('the panel answers the fields its schema declares, no others', () => {
  expect(Object.keys(panelFields.shape).sort()).toEqual(Object.keys(schema.properties).sort());
  const required = Object.entries(panelFields.shape).filter(
    ([, field]) => !field.safeParse(undefined).success,
  );
  expect(required.map(([name]) => name).sort()).toEqual([...schema.required].sort());
});

test('each field is of a type Pipedrive has, with as few as it takes', () => {
  const types = 'text numerical date time date-time email link phone address currency label tags header';
  for (const [name, { $ref }] of Object.entries(schema.properties))
    expect(
      types.split(' ').map((type) => `#/definitions/${type}`),
      name,
    ).toContain($ref);
  expect(Object.keys(schema.properties).length).toBeLessThanOrEqual(20);
});

test.skipIf(samples === '')('it is written as Pipedrive’s samples of a single object are', () => {
  const single = readdirSync(samples).find((name) => name.includes('single-object'));
  const sample = schemaFile.parse(read(join(samples, single ?? '')));
  expect(schema.required).toEqual(sample.required);
  expect(schema.properties.id).toEqual(sample.properties.id);
  expect(schema.properties.header).toEqual(sample.properties.header);
});
