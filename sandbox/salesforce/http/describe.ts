import type { Org } from '../org.ts';
import type { FieldDef } from '../schema/field.ts';
import type { ObjectDef } from '../schema/object.ts';
import { fieldsOf } from '../schema/objects.ts';

const SOAP_TYPES: Readonly<Record<string, string>> = {
  id: 'tns:ID',
  reference: 'tns:ID',
  boolean: 'xsd:boolean',
  int: 'xsd:int',
  double: 'xsd:double',
  currency: 'xsd:double',
  date: 'xsd:date',
  datetime: 'xsd:dateTime',
};

const fieldView = (field: FieldDef) => ({
  name: field.name,
  label: field.label,
  type: field.type,
  soapType: SOAP_TYPES[field.type] ?? 'xsd:string',
  length: field.length,
  byteLength: field.length * 3,
  createable: field.createable,
  updateable: field.updateable,
  nillable: field.nillable,
  defaultedOnCreate: field.defaultValue !== null || field.name === 'OwnerId',
  defaultValue: field.defaultValue,
  custom: field.name.endsWith('__c'),
  externalId: field.externalId,
  idLookup: field.type === 'id' || field.externalId,
  unique: field.unique,
  calculated: false,
  filterable: !(field.type === 'textarea' && field.length > 255),
  sortable: !(field.type === 'textarea' && field.length > 255),
  groupable: !['currency', 'double', 'datetime', 'textarea'].includes(field.type),
  nameField: field.name === 'Name',
  polymorphicForeignKey: field.referenceTo.length > 1,
  referenceTo: field.referenceTo,
  relationshipName: field.relationshipName,
  restrictedPicklist: field.restricted,
  picklistValues: field.picklist.map((value) => ({
    active: true,
    defaultValue: value === field.defaultValue,
    label: value,
    validFor: null,
    value,
  })),
});

/** One line of the list of objects. */
export const objectSummary = (object: ObjectDef, version: string) => ({
  name: object.name,
  label: object.label,
  labelPlural: object.labelPlural,
  keyPrefix: object.prefix,
  custom: object.packaged,
  createable: object.writable,
  updateable: object.writable,
  deletable: object.writable,
  undeletable: object.writable,
  queryable: true,
  retrieveable: true,
  searchable: object.writable,
  urls: {
    sobject: `/services/data/v${version}/sobjects/${object.name}`,
    describe: `/services/data/v${version}/sobjects/${object.name}/describe`,
    rowTemplate: `/services/data/v${version}/sobjects/${object.name}/{ID}`,
  },
});

/** Everything about an object. */
export const objectDescription = (org: Org, object: ObjectDef, version: string) => ({
  ...objectSummary(object, version),
  fields: fieldsOf(object, org).map(fieldView),
  childRelationships: [],
  recordTypeInfos: [],
  actionOverrides: [],
  namedLayoutInfos: [],
  supportedScopes: [{ label: `All ${object.labelPlural}`, name: 'everything' }],
});
