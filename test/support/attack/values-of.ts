import fc from 'fast-check';
import { POLICY, REPS } from '../../http/open-service.ts';
import { type JsonSchema, resolve } from './routes.ts';

/** What members and parameters of these names mostly hold: a schema says only that they are text or digits. */
const HINTS: Readonly<Record<string, readonly unknown[]>> = {
  objectType: ['contact', 'lead', 'Lead', 'CONTACT', 'constructor'],
  objectId: ['904', '905'],
  recordId: ['00Q000000000001AAA', '904'],
  portalId: ['1001', 1001],
  userId: ['7', '901'],
  'x-fairlead-user': ['005000000000001AAA', ''],
  'x-fairlead-timezone': ['Europe/London'],
  rep: ['dana', 'sam'],
  to: ['1', 'dana'],
  from: ['1'],
  version: [1],
  subscriptionType: ['contact.propertyChange', 'contact.creation', 'contact.deletion', 'contact.merge'],
  resource: ['deal', 'person'],
  selectedIds: ['12'],
  vendor: ['hubspot', 'salesforce', 'dynamics', 'zoho', 'pipedrive', 'slack'],
  module: ['Leads', 'Contacts', 'Users'],
  operation: ['insert', 'update', 'delete'],
  MessageName: ['Create', 'Update', 'Delete', 'Merge'],
  PrimaryEntityName: ['lead'],
  PrimaryEntityId: ['00000000-0000-4000-8000-0000000000aa'],
  OperationCreatedOn: ['/Date(1506409448000-0700)/'],
  action: ['create', 'change', 'delete'],
  entity: ['lead', 'person', 'deal', 'user'],
  text: [
    'fairlead: 1\nname: x\nfallback: [{queue: q}]\nqueues: [{id: q, name: Q}]\n',
    JSON.stringify(POLICY),
  ],
};

/** Values of a member or parameter by its name and schema. */
export const valuesNamed = (
  name: string,
  schema: JsonSchema,
  known: readonly string[],
  depth = 0,
): fc.Arbitrary<unknown> => {
  const hints = HINTS[name];
  const values = valuesOf(schema, known, depth);
  if (hints === undefined) return values;
  return fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...hints) }, { weight: 1, arbitrary: values });
};

/** Deeper, only what must be there is made. */
const DEEPEST = 6;

/** Values a schema takes, or nearly: mutations make the rest. `known`: ids that stand for something. */
export const valuesOf = (
  given: JsonSchema,
  known: readonly string[] = ['unknown'],
  depth = 0,
): fc.Arbitrary<unknown> => {
  const schema = resolve(given);
  const next = (one: JsonSchema) => valuesOf(one, known, depth + 1);
  const options = (schema.anyOf ?? schema.oneOf) as readonly JsonSchema[] | undefined;
  if (options !== undefined) return fc.oneof(...options.map(next));
  if (schema.allOf !== undefined)
    return fc
      .tuple(...(schema.allOf as readonly JsonSchema[]).map(next))
      .map((parts) => Object.assign({}, ...parts) as unknown);
  if ('const' in schema) return fc.constant(schema.const);
  if (Array.isArray(schema.enum)) return fc.constantFrom(...(schema.enum as unknown[]));
  const types = Array.isArray(schema.type) ? (schema.type as string[]) : [schema.type as string | undefined];
  return fc.oneof(...types.map((type) => ofType(type, schema, known, depth)));
};

const ofType = (
  type: string | undefined,
  schema: JsonSchema,
  known: readonly string[],
  depth: number,
): fc.Arbitrary<unknown> => {
  switch (type) {
    case 'object':
      return objects(schema, known, depth);
    case 'array':
      return arrays(schema, known, depth);
    case 'string':
      return strings(schema, known);
    case 'integer':
      return fc.integer(boundsOf(schema));
    case 'number':
      return fc.oneof(fc.integer(boundsOf(schema)), fc.double({ noNaN: true, noDefaultInfinity: true }));
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      // Documents that the schema leaves open: the policy, and reps.
      return fc.oneof(fc.constant(POLICY), fc.constantFrom(...REPS), fc.jsonValue({ maxDepth: 3 }));
  }
};

const objects = (schema: JsonSchema, known: readonly string[], depth: number): fc.Arbitrary<unknown> => {
  const properties = (schema.properties ?? {}) as Readonly<Record<string, JsonSchema>>;
  const required = (schema.required ?? []) as readonly string[];
  const wanted = Object.entries(properties).filter(([name]) => depth < DEEPEST || required.includes(name));
  const fixed = fc.record(
    Object.fromEntries(wanted.map(([name, one]) => [name, valuesNamed(name, one, known, depth + 1)])),
    { requiredKeys: [...required] },
  );
  const rest = schema.additionalProperties;
  if (typeof rest !== 'object' || rest === null || depth >= DEEPEST) return fixed;
  const more = fc.dictionary(
    fc.oneof(fc.constantFrom('country', 'employees'), fc.string({ maxLength: 12 })),
    valuesOf(rest as JsonSchema, known, depth + 1),
    { maxKeys: 4 },
  );
  return fc.tuple(fixed, more).map(([own, others]) => ({ ...others, ...own }));
};

const arrays = (schema: JsonSchema, known: readonly string[], depth: number): fc.Arbitrary<unknown> => {
  const minLength = Number(schema.minItems ?? 0);
  const maxLength = Math.max(minLength, Math.min(Number(schema.maxItems ?? 4), depth > 3 ? 2 : 4));
  return fc.array(valuesOf((schema.items ?? {}) as JsonSchema, known, depth + 1), { minLength, maxLength });
};

const boundsOf = (schema: JsonSchema) => {
  const min = Math.max(Number(schema.minimum ?? -1_000), -2_147_483_648);
  return { min, max: Math.max(min, Math.min(Number(schema.maximum ?? 10_000), 2_147_483_647)) };
};

const strings = (schema: JsonSchema, known: readonly string[]): fc.Arbitrary<string> => {
  if (typeof schema.pattern === 'string' && schema.format === undefined)
    return fc.stringMatching(new RegExp(schema.pattern)).map((text) => text.slice(0, 300));
  if (schema.format === 'date-time')
    return fc
      .date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) })
      .map((at) => at.toISOString());
  if (schema.format === 'uri') return fc.webUrl();
  const minLength = Number(schema.minLength ?? 0);
  const maxLength = Math.max(minLength, Math.min(Number(schema.maxLength ?? 40), 40));
  return fc.oneof(
    fc.constantFrom(...known),
    fc.string({ minLength, maxLength }),
    fc.string({ minLength, maxLength, unit: 'grapheme' }),
  );
};
