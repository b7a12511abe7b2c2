import type { Router } from 'express';
import { conflict, notFound, validationError } from '../errors.ts';
import { OBJECT_TYPES, type ObjectTypeName } from '../object-types.ts';
import type { Portal } from '../portal.ts';
import type { PropertyDefinition } from '../types.ts';
import { requireScope } from './authenticate.ts';
import { bodyOf, inputsOf, type Json } from './body.ts';
import { callerOf } from './context.ts';
import { readScope, typeOf } from './object-type-of.ts';
import { eachInput, sendBatch } from './send-batch.ts';

const TYPES = ['bool', 'date', 'datetime', 'enumeration', 'number', 'phone_number', 'string'];
const FIELD_TYPES = [
  'booleancheckbox',
  'calculation_equation',
  'checkbox',
  'date',
  'file',
  'html',
  'number',
  'phonenumber',
  'radio',
  'select',
  'text',
  'textarea',
];

const schemaScope = (type: ObjectTypeName, verb: 'read' | 'write'): string =>
  type === 'leads' || type === 'users'
    ? `${OBJECT_TYPES[type].scope}.${verb}`
    : `crm.schemas.${type}.${verb}`;

const propertyView = (definition: PropertyDefinition) => ({
  name: definition.name,
  label: definition.label,
  description: definition.description,
  groupName: definition.groupName,
  type: definition.type,
  fieldType: definition.fieldType,
  options: definition.options,
  ...(definition.owner ? { referencedObjectType: 'OWNER', externalOptions: true } : {}),
  hasUniqueValue: definition.hasUniqueValue,
  hidden: false,
  hubspotDefined: definition.hubspotDefined,
  calculated: false,
  formField: !definition.readOnly,
  displayOrder: -1,
  archived: definition.archivedAt !== null,
  createdAt: new Date(definition.createdAt).toISOString(),
  updatedAt: new Date(definition.createdAt).toISOString(),
  modificationMetadata: {
    archivable: !definition.hubspotDefined,
    readOnlyDefinition: definition.hubspotDefined,
    readOnlyValue: definition.readOnly,
  },
});

const optionsOf = (value: unknown): PropertyDefinition['options'] =>
  (Array.isArray(value) ? (value as readonly Json[]) : []).map((option, index) => {
    if (typeof option.label !== 'string' || typeof option.value !== 'string')
      throw validationError('Every option needs a label and a value');
    return {
      label: option.label,
      value: option.value,
      displayOrder: Number(option.displayOrder ?? index),
      hidden: option.hidden === true,
    };
  });

const newProperty = (body: Json, groups: ReadonlyMap<string, unknown>, now: number): PropertyDefinition => {
  const name = String(body.name);
  if (!/^[a-z][a-z0-9_]{0,99}$/.test(name)) {
    throw validationError(
      `Property name ${name} is not valid: lower-case letters, numbers and underscores, beginning with a letter`,
    );
  }
  if (!TYPES.includes(String(body.type)))
    throw validationError(`Invalid input JSON: unknown type ${String(body.type)}`);
  if (!FIELD_TYPES.includes(String(body.fieldType)))
    throw validationError(`Invalid input JSON: unknown fieldType ${String(body.fieldType)}`);
  if (!groups.has(String(body.groupName)))
    throw validationError(`Property group ${String(body.groupName)} does not exist`);
  return {
    name,
    label: String(body.label),
    description: String(body.description ?? ''),
    groupName: String(body.groupName),
    type: body.type as PropertyDefinition['type'],
    fieldType: String(body.fieldType),
    options: optionsOf(body.options),
    hasUniqueValue: body.hasUniqueValue === true,
    hubspotDefined: false,
    readOnly: false,
    owner: body.referencedObjectType === 'OWNER',
    createdAt: now,
    archivedAt: null,
  };
};

const REQUIRED = ['name', 'label', 'type', 'fieldType', 'groupName'];
const BATCH_MAX = 100;

const addProperty = (portal: Portal, type: ObjectTypeName, input: Json): PropertyDefinition => {
  const name = String(input.name);
  if (portal.properties[type].has(name)) throw conflict(`A property named '${name}' already exists.`);
  const definition = newProperty(input, portal.groups[type], portal.now());
  portal.properties[type].set(name, definition);
  return definition;
};

/** Property definitions and their groups. */
export const propertiesRoutes = (router: Router): void => {
  const base = '/crm/properties/2026-03/:objectType';

  router.get(base, (req, res) => {
    const type = typeOf(req.params.objectType, callerOf(req).portal);
    requireScope(req, readScope(type), schemaScope(type, 'read'));
    const archived = req.query.archived === 'true';
    const all = [...callerOf(req).portal.properties[type].values()];
    res.json({
      results: all.filter((definition) => (definition.archivedAt !== null) === archived).map(propertyView),
    });
  });

  router.post(base, (req, res) => {
    const type = typeOf(req.params.objectType, callerOf(req).portal);
    requireScope(req, schemaScope(type, 'write'));
    const definition = addProperty(callerOf(req).portal, type, bodyOf(req, REQUIRED));
    res.status(201).json(propertyView(definition));
  });

  router.post(`${base}/batch/create`, (req, res) => {
    const type = typeOf(req.params.objectType, callerOf(req).portal);
    requireScope(req, schemaScope(type, 'write'));
    const { portal } = callerOf(req);
    const inputs = inputsOf(bodyOf(req, ['inputs']), BATCH_MAX, REQUIRED);
    const add = (input: Json) => propertyView(addProperty(portal, type, input));
    const { results, errors } = eachInput(inputs, true, add);
    sendBatch(res, 201, portal.now(), results, errors);
  });

  router.get(`${base}/groups`, (req, res) => {
    const type = typeOf(req.params.objectType, callerOf(req).portal);
    requireScope(req, readScope(type), schemaScope(type, 'read'));
    res.json({
      results: [...callerOf(req).portal.groups[type].values()].map((group) => ({
        ...group,
        archived: false,
      })),
    });
  });

  router.post(`${base}/groups`, (req, res) => {
    const type = typeOf(req.params.objectType, callerOf(req).portal);
    requireScope(req, schemaScope(type, 'write'));
    const { portal } = callerOf(req);
    const body = bodyOf(req, ['name', 'label']);
    const name = String(body.name);
    if (portal.groups[type].has(name)) throw conflict(`A property group named '${name}' already exists.`);
    const group = { name, label: String(body.label), displayOrder: Number(body.displayOrder ?? -1) };
    portal.groups[type].set(name, group);
    res.status(201).json({ ...group, archived: false });
  });

  router.get(`${base}/:propertyName`, (req, res) => {
    const type = typeOf(req.params.objectType, callerOf(req).portal);
    requireScope(req, readScope(type), schemaScope(type, 'read'));
    const definition = callerOf(req).portal.properties[type].get(req.params.propertyName);
    if (!definition || definition.archivedAt !== null)
      throw notFound(`Property "${req.params.propertyName}" does not exist`);
    res.json(propertyView(definition));
  });

  router.patch(`${base}/:propertyName`, (req, res) => {
    const type = typeOf(req.params.objectType, callerOf(req).portal);
    requireScope(req, schemaScope(type, 'write'));
    const { portal } = callerOf(req);
    const definition = portal.properties[type].get(req.params.propertyName);
    if (!definition) throw notFound(`Property "${req.params.propertyName}" does not exist`);
    if (definition.hubspotDefined)
      throw validationError(`Property "${definition.name}" is defined by HubSpot and cannot be changed`);
    const body = bodyOf(req, []);
    const changed = {
      ...definition,
      label: String(body.label ?? definition.label),
      description: String(body.description ?? definition.description),
      options: body.options === undefined ? definition.options : optionsOf(body.options),
    };
    portal.properties[type].set(definition.name, changed);
    res.json(propertyView(changed));
  });
};
