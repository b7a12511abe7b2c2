import { openApiDocument } from '../../../server/http/openapi.ts';

/** The part of JSON Schema that zod writes. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

interface Parameter {
  readonly in: 'path' | 'query' | 'header';
  readonly name: string;
  readonly required: boolean;
  readonly schema: JsonSchema;
}

/** A route as the OpenAPI document has it: what is not in the document is not reachable. */
export interface Route {
  readonly method: string;
  readonly path: string;
  /** How its caller is proven; null: anybody may. */
  readonly security: string | null;
  readonly parameters: readonly Parameter[];
  readonly body: JsonSchema | null;
  /** Media types of the body. */
  readonly types: readonly string[];
}

interface Operation {
  readonly security?: readonly Readonly<Record<string, unknown>>[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { schema: JsonSchema }>> };
}

const DOCUMENT = JSON.parse(JSON.stringify(openApiDocument())) as {
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
};

/** What a `$ref` of the document means. */
export const resolve = (schema: JsonSchema): JsonSchema => {
  const ref = typeof schema.$ref === 'string' ? schema.$ref : null;
  if (ref === null) return schema;
  const found = DOCUMENT.components.schemas[ref.split('/').at(-1) ?? ''];
  if (found === undefined) throw new Error(`The document lacks ${ref}`);
  return resolve(found);
};

/** Every route there is, enumerated from the document. */
export const everyRoute = (): readonly Route[] =>
  Object.entries(DOCUMENT.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => toRoute(method, path, operation)),
  );

const toRoute = (method: string, path: string, operation: Operation): Route => {
  const [scheme] = operation.security ?? [{ apiKey: [] }];
  const content = operation.requestBody?.content ?? {};
  return {
    method: method.toUpperCase(),
    path,
    security: scheme === undefined ? null : (Object.keys(scheme)[0] ?? null),
    parameters: (operation.parameters ?? []).map((one) => ({ ...one, required: one.required ?? false })),
    body: content['application/json']?.schema ?? null,
    types: Object.keys(content),
  };
};

/** Routes of the tenant API. */
export const ofTenants = ({ security }: Route): boolean => security === 'apiKey';

export const nameOf = ({ method, path }: Route): string => `${method} ${path}`;
