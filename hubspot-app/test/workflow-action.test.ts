import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import { decisionOutputs } from '../../server/assignments/decision-outputs.ts';
import type { DecisionView } from '../../server/assignments/views.ts';
import { type ActionFailure, failed } from '../../server/http/hubspot/action-reply.ts';
import { actionRequest } from '../../server/http/hubspot/action-request.ts';
import { openApiDocument } from '../../server/http/openapi.ts';
import { vendorSpecs } from '../../test/support/vendor-specs.ts';
import type { workflowAction } from './support/config-schemas.ts';
import { configOf } from './support/project.ts';
import { samples } from './support/sample-cards.ts';

/** Every code with which the service lets a workflow go on undecided. A missing one does not compile. */
const FAILURES: Readonly<Record<ActionFailure, true>> = {
  unknown_portal: true,
  disconnected: true,
  no_policy: true,
  invalid_fields: true,
  record_gone: true,
  late: true,
};
const OUTCOMES: Readonly<Record<DecisionView['outcome'], true>> = {
  assigned: true,
  offered: true,
  waiting: true,
  in_queue: true,
  merged: true,
  not_routed: true,
};

type Action = z.infer<typeof workflowAction>;
let action: Action;
beforeAll(async () => {
  action = (await configOf('WORKFLOW_ACTION')) as Action;
});

const names = (fields: Action['outputFields']) => fields.map(({ typeDefinition }) => typeDefinition.name);
const pathOf = (url: string | undefined) => new URL(url!).pathname;

test('it calls addresses the service answers', async () => {
  const { paths } = openApiDocument();
  const webhooks = (await configOf('WEBHOOKS')) as { settings: { targetUrl: string } };
  expect(Object.keys(paths!)).toContain(pathOf(action.actionUrl));
  expect(Object.keys(paths!)).toContain(pathOf(webhooks.settings.targetUrl));
  for (const { typeDefinition } of action.inputFields)
    expect(Object.keys(paths!)).toContain(pathOf(typeDefinition.optionsUrl).replace(/[^/]+$/, '{field}'));
});

test('its inputs are those the service reads', () => {
  expect(action.inputFields.map(({ typeDefinition }) => typeDefinition.name)).toEqual(
    Object.keys(actionRequest.shape.inputFields.unwrap().shape),
  );
});

test('its outputs are those the service gives, decided or not', () => {
  const decided = decisionOutputs(samples.assigned.explanation as DecisionView);
  const { hs_execution_state: _, ...undecided } = failed('late', 'Late.').outputFields;
  expect(new Set(names(action.outputFields))).toEqual(
    new Set([...Object.keys(decided), ...Object.keys(undecided)]),
  );
});

test('a workflow’s history says in a sentence what became of the lead, whatever the service answers', () => {
  const rules = action.executionRules.map(({ conditions }) => conditions);
  for (const errorCode of Object.keys(FAILURES)) expect(rules).toContainEqual({ errorCode });
  for (const outcome of Object.keys(OUTCOMES)) expect(rules).toContainEqual({ outcome });
  expect(rules).toHaveLength(Object.keys(FAILURES).length + Object.keys(OUTCOMES).length);
});

test('every field and rule has its words, and no words are left over', () => {
  const { en } = action.labels;
  const inputs = action.inputFields.map(({ typeDefinition }) => typeDefinition.name);
  expect(Object.keys(en.inputFieldLabels)).toEqual(inputs);
  expect(Object.keys(en.inputFieldDescriptions)).toEqual(inputs);
  expect(Object.keys(en.outputFieldLabels)).toEqual(names(action.outputFields));
  expect(Object.keys(en.executionRules)).toEqual(action.executionRules.map(({ labelName }) => labelName));
});

test('words quote only fields there are', () => {
  const { en } = action.labels;
  const known = [
    ...names(action.outputFields),
    ...action.inputFields.map(({ typeDefinition }) => typeDefinition.name),
  ];
  const quoted = JSON.stringify(en).matchAll(/\{\{(\w+)\}\}/g);
  for (const [, field] of quoted) expect(known).toContain(field);
});

const described = vendorSpecs('hubspot/actionsV4.2026-03.json') ?? '';

test.skipIf(described === '')('it is an action as HubSpot’s specification describes one', () => {
  const { components } = JSON.parse(readFileSync(described, 'utf8')) as {
    components: { schemas: Record<string, never> };
  };
  const schemas = relaxed(components.schemas);
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'https://specs.example/actions', components: { schemas } });
  const validate = ajv.compile({
    $ref: 'https://specs.example/actions#/components/schemas/PublicActionDefinitionEgg',
  });
  const { isPublished, supportedClients: _, ...rest } = action;
  validate({ ...rest, published: isPublished, functions: [] });
  expect(validate.errors ?? []).toEqual([]);
});

interface Schema {
  required?: string[];
  properties: Record<string, unknown>;
}

/** The file demands members that no example has, and says `object` of conditions, which are text. */
const relaxed = (schemas: Record<string, never>): Record<string, Schema> => {
  const text = JSON.stringify(schemas)
    .replaceAll(/"example":null,?/g, '')
    .replaceAll(',}', '}');
  const copy = JSON.parse(text) as Record<string, Schema>;
  for (const name of ['FieldTypeDefinition', 'PublicFieldTypeDefinition'])
    copy[name]!.required = ['name', 'type'];
  copy.PublicExecutionTranslationRule!.properties.conditions = { type: 'object' };
  return copy;
};
