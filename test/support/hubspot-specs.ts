import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

type Json = { readonly [key: string]: Json } & { readonly [key: string]: unknown };

/** An operation of the specification. */
export interface Operation {
  readonly file: string;
  readonly method: string;
  readonly path: string;
  readonly document: Json;
  readonly definition: Json;
}

const VERSIONED = /\.(2026-03|2026-09)\.json$/;

/** Operations of these files, by the names the files have without version. */
export const readOperations = (folder: string, names: readonly string[]): readonly Operation[] =>
  readdirSync(folder)
    .filter((file) => VERSIONED.test(file) && names.includes(file.replace(VERSIONED, '')))
    .flatMap((file) => {
      const document = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Json;
      return Object.entries(document.paths as Json).flatMap(([path, methods]) =>
        Object.entries(methods as Json).map(([method, definition]) => ({
          file: file.replace(VERSIONED, ''),
          method: method.toUpperCase(),
          path,
          document,
          definition: definition as Json,
        })),
      );
    });

/** Finds an operation by method and actual path; the one with the fewest parameters wins. */
export const findOperation = (
  operations: readonly Operation[],
  method: string,
  path: string,
): Operation | undefined => {
  const plain = path.split('?')[0] ?? path;
  const fits = (operation: Operation) =>
    operation.method === method &&
    new RegExp(`^${operation.path.replace(/\{[^}]+\}/g, '[^/]+')}$`).test(plain);
  const parameters = (operation: Operation) => operation.path.split('{').length;
  return operations.filter(fits).sort((a, b) => parameters(a) - parameters(b))[0];
};

/**
 * Where the files say other than HubSpot does, each with its reason. Values of record properties may be null (the
 * sheet of every read shows it); requests may leave out lists that the files require; subCategory is text.
 */
const relax = (schemas: Json): Json => {
  const text = JSON.stringify(schemas)
    .replaceAll('"example":null,', '')
    .replaceAll(',"example":null', '')
    .replaceAll('"example":null', '');
  const relaxed = JSON.parse(text) as Record<
    string,
    { properties?: Record<string, unknown>; required?: string[] }
  >;
  const nullable = { type: 'object', additionalProperties: { type: ['string', 'null'] } };
  for (const [name, schema] of Object.entries(relaxed)) {
    if (/^SimplePublic(Object|UpsertObject)(WithAssociations)?$/.test(name) && schema.properties) {
      schema.properties.properties = nullable;
    }
    if (name === 'StandardError' && schema.properties) schema.properties.subCategory = { type: 'string' };
    if (/^SimplePublic\w*InputForCreate$/.test(name)) schema.required = ['properties'];
    if (name === 'BatchReadInputSimplePublicObjectId') schema.required = ['inputs'];
    if (name === 'PublicObjectSearchRequest') schema.required = [];
  }
  return relaxed as unknown as Json;
};

/** Validators of whole documents' schemas, compiled once per schema. */
export const createSpecValidator = () => {
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: true });
  addFormats.default(ajv);
  ajv.addFormat('int32', {
    type: 'number',
    validate: (value: number) => Number.isInteger(value) && Math.abs(value) < 2 ** 31,
  });
  ajv.addFormat('int64', { type: 'number', validate: Number.isInteger });
  const compiled = new Map<string, ValidateFunction>();
  const known = new Set<string>();

  const compile = (operation: Operation, schema: Json): ValidateFunction => {
    const id = `https://specs.example/${operation.file}`;
    if (!known.has(id)) {
      known.add(id);
      const { schemas } = operation.document.components as Json;
      ajv.addSchema({ $id: id, components: { schemas: relax(schemas as Json) } });
    }
    const text = JSON.stringify(schema)
      .replaceAll('"#/components', `"${id}#/components`)
      .replaceAll('"example":null', '"x":0');
    const validator = compiled.get(`${id}${text}`) ?? ajv.compile(JSON.parse(text));
    compiled.set(`${id}${text}`, validator);
    return validator;
  };

  const errorsOf = (validator: ValidateFunction, value: unknown): readonly string[] =>
    validator(value)
      ? []
      : (validator.errors ?? []).map((error) => `${error.instancePath || '/'} ${error.message}`);

  const schemaAt = (content: unknown): Json | undefined =>
    (Object.values((content ?? {}) as Json)[0] as Json | undefined)?.schema as Json | undefined;

  return {
    /** What is wrong with a reply of this operation; an undocumented status is wrong too. */
    reply: (operation: Operation, status: number, body: unknown): readonly string[] => {
      const responses = operation.definition.responses as Json;
      if (status >= 400)
        return errorsOf(compile(operation, { $ref: '#/components/schemas/Error' } as unknown as Json), body);
      const response = responses[String(status)] as Json | undefined;
      if (!response) return [`status ${status} is not documented`];
      const schema = schemaAt(response.content);
      if (!schema) return body === null ? [] : ['a body where none is documented'];
      return errorsOf(compile(operation, schema), body);
    },
    /** What is wrong with a request body that was accepted. */
    request: (operation: Operation, body: unknown): readonly string[] => {
      const schema = schemaAt((operation.definition.requestBody as Json | undefined)?.content);
      return schema ? errorsOf(compile(operation, schema), body) : [];
    },
  };
};
