import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

type Json = { readonly [key: string]: Json } & { readonly [key: string]: unknown };
type Loose = Record<string, unknown>;

/** A call of the CRM API and its answer. */
export interface ZohoExchange {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly status: number;
  readonly reply: unknown;
}

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly file: string;
  readonly definition: Json;
  readonly document: Json;
}

const REMOTE = /https:\/\/raw\.githubusercontent\.com\/[^"#]*\/v8\.0\/([\w]+)\.json/g;
const idOf = (file: string): string => `https://specs.example/${file}`;

/**
 * Where the files are of no use as they stand, each with its reason: alternatives overlap, so that one of several is
 * too much to ask; patterns are examples; a channel's id is typed an object, though it is a number as text, and so are
 * `timezone`, `time_zone`, `value` and the times of shifts; files they point at are missing.
 */
const mend = (node: unknown, present: ReadonlySet<string>): unknown => {
  if (Array.isArray(node)) return node.map((one) => mend(one, present));
  if (typeof node !== 'object' || node === null) return node;
  const given = node as Loose;
  const ref = given.$ref;
  if (typeof ref === 'string' && ref.startsWith('https://specs.example/'))
    return present.has(ref.slice('https://specs.example/'.length).split('#')[0] ?? '') ? given : {};
  const { oneOf, pattern: _, ...rest } = given;
  const emptyObject =
    rest.type === 'object' && rest.properties === undefined && rest.additionalProperties === undefined;
  if (emptyObject) {
    delete rest.type;
    delete rest.nullable;
  }
  const mended = Object.fromEntries(
    Object.entries(rest)
      // A property may be called "pattern" or "oneOf": only names of schemas are left alone.
      .map(([name, value]) => [name, mend(value, present)]),
  );
  return oneOf === undefined ? mended : { ...mended, anyOf: mend(oneOf, present) };
};

/** Verdicts of rows, which as the files have them demand nothing: anything would do for one. */
const VERDICTS = ['API_Exception', 'Success_Response'];
const demanding = (components: Json): Json => {
  const schemas = { ...(components.schemas as Json | undefined) } as Record<string, Loose>;
  for (const name of VERDICTS)
    if (schemas[name]) schemas[name] = { required: ['code', 'status', 'details'], ...schemas[name] };
  // Of a lead that names no company, or converted without a deal, there is none to show.
  if (schemas.Successful_Convert) schemas.Successful_Convert = { required: ['Contacts'] };
  return { ...components, schemas } as unknown as Json;
};

/** The same without what must be there: writes send a part of what reads show. And nothing that is not described. */
const asRequest = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(asRequest);
  if (typeof node !== 'object' || node === null) return node;
  const { required: _, ...rest } = node as Loose;
  const closed = rest.properties !== undefined && rest.additionalProperties === undefined;
  const mended = Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [
      name,
      name === 'properties' ? mapValues(value) : asRequest(value),
    ]),
  );
  return closed ? { ...mended, additionalProperties: false } : mended;
};
const mapValues = (properties: unknown): unknown =>
  Object.fromEntries(Object.entries(properties as Loose).map(([name, value]) => [name, asRequest(value)]));

/** Replies that show a part of what the files demand: the stand-in's, of objects nobody here reads whole. */
const SHOWN_IN_PART = ['fields', 'org', 'users', 'territories'];

const parametersOf = (operation: Operation): readonly Json[] =>
  ((operation.definition.parameters ?? []) as unknown as readonly Json[]).map((one) => {
    const name = typeof one.$ref === 'string' ? String(one.$ref).split('/').at(-1) : undefined;
    return name === undefined ? one : ((operation.document.components as Json).parameters![name] as Json);
  });

/** What is wrong with calls of Zoho's API and their answers, by its own files. */
export const createZohoCheck = (folder: string) => {
  const files = readdirSync(folder).filter((file) => !file.includes('sample'));
  const present = new Set(files.map((file) => file.replace('.json', '')));
  const documents = files.map((file) => {
    const text = readFileSync(join(folder, file), 'utf8').replace(REMOTE, (_, name) => idOf(name));
    return { file: file.replace('.json', ''), document: JSON.parse(text) as Json };
  });
  const operations = documents.flatMap(({ file, document }): readonly Operation[] =>
    Object.entries((document.paths ?? {}) as Json).flatMap(([path, methods]) =>
      Object.entries(methods as Json).map(([method, definition]) => ({
        method: method.toUpperCase(),
        path,
        file,
        document,
        definition: definition as Json,
      })),
    ),
  );

  const makeAjv = (change: (node: unknown) => unknown) => {
    const ajv = new Ajv({ strict: false, allErrors: true });
    addFormats.default(ajv);
    ajv.addFormat('int32', { type: 'number', validate: Number.isInteger });
    ajv.addFormat('int64', { type: 'number', validate: Number.isInteger });
    for (const { file, document } of documents)
      ajv.addSchema({
        $id: idOf(file),
        components: change(mend(demanding((document.components ?? {}) as Json), present)) as Loose,
      });
    return ajv;
  };
  const replies = makeAjv((node) => node);
  const partial = makeAjv((node) => dropRequired(node));
  const requests = makeAjv(asRequest);
  const compiled = new Map<string, ValidateFunction>();

  const errorsOf = (ajv: Ajv, key: string, operation: Operation, schema: unknown, value: unknown) => {
    const text = JSON.stringify(schema).replaceAll('"#/components', `"${idOf(operation.file)}#/components`);
    const name = `${key} ${text}`;
    const validate = compiled.get(name) ?? ajv.compile(JSON.parse(text) as Loose);
    compiled.set(name, validate);
    if (validate(value)) return [];
    return (validate.errors ?? []).map((error) => `${error.instancePath || '/'} ${error.message}`);
  };

  const resolved = (operation: Operation, node: Json | undefined, part: string): Json | undefined => {
    const name = typeof node?.$ref === 'string' ? String(node.$ref).split('/').at(-1) : undefined;
    return name === undefined
      ? node
      : ((operation.document.components as Json)[part]?.[name] as Json | undefined);
  };
  const schemaOf = (node: Json | undefined): unknown =>
    (Object.values((node?.content ?? {}) as Json)[0] as Json | undefined)?.schema;

  const find = (method: string, path: string): Operation | undefined =>
    operations
      .filter(
        (one) =>
          one.method === method && new RegExp(`^${one.path.replace(/\{[^}]+\}/g, '[^/]+')}$`).test(path),
      )
      .sort((a, b) => a.path.split('{').length - b.path.split('{').length)[0];

  const inputProblems = (operation: Operation, { query, headers, body }: ZohoExchange): readonly string[] => {
    const known = parametersOf(operation).map((one) => `${one.in} ${one.name}`.toLowerCase());
    const unknown = [
      ...Object.keys(query).map((name) => `query ${name}`),
      ...Object.keys(headers).map((name) => `header ${name}`),
    ].filter((name) => !known.includes(name.toLowerCase()));
    const schema = schemaOf(
      resolved(operation, operation.definition.requestBody as Json | undefined, 'requestBodies'),
    );
    return [
      ...unknown.map((name) => `${name} is not described`),
      ...(body === undefined || schema === undefined
        ? []
        : errorsOf(requests, 'request', operation, mend(asRequest(schema), present), body)),
    ];
  };

  /** Records' writes answer 201, 202 and 207 as well, of which their file says nothing. */
  const replySchema = (operation: Operation, status: number): unknown => {
    const responses = operation.definition.responses as Json;
    const own = responses[String(status)] ?? (status < 300 ? responses['200'] : responses['400']);
    return schemaOf(resolved(operation, own as Json | undefined, 'responses'));
  };

  const replyProblems = (operation: Operation, { status, reply }: ZohoExchange): readonly string[] => {
    if (reply === null) return [204, 304].includes(status) ? [] : [`no body with the status ${status}`];
    const schema =
      status >= 400
        ? { $ref: `${idOf('common')}#/components/schemas/API_Exception` }
        : replySchema(operation, status);
    if (schema === undefined) return [`no reply with the status ${status} is described`];
    const ajv = SHOWN_IN_PART.includes(operation.file) ? partial : replies;
    return errorsOf(ajv, ajv === partial ? 'part' : 'reply', operation, mend(schema, present), reply);
  };

  return (exchange: ZohoExchange): readonly string[] => {
    const { method, path, status } = exchange;
    const operation = find(method, path);
    if (!operation) return [`${method} ${path} is not described`];
    return [...inputProblems(operation, exchange), ...replyProblems(operation, exchange)].map(
      (problem) => `${method} ${path} (${status}): ${problem}`,
    );
  };
};

const dropRequired = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(dropRequired);
  if (typeof node !== 'object' || node === null) return node;
  const { required, ...rest } = node as Loose;
  const kept = Array.isArray(required) ? {} : { ...(required !== undefined && { required }) };
  return Object.fromEntries(
    Object.entries({ ...rest, ...kept }).map(([name, value]) => [name, dropRequired(value)]),
  );
};
