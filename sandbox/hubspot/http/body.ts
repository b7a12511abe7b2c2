import type { Request } from 'express';
import { validationError } from '../errors.ts';

export type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const notSet = (names: readonly string[]) =>
  validationError(
    `Invalid input JSON on line 1, column 1: Some required fields were not set: [${names.join(', ')}]`,
  );

/** The body as an object with these members there. Throws HubSpotError 400. */
export const bodyOf = (req: Request, required: readonly string[]): Json => {
  if (!req.is('application/json'))
    throw validationError('Invalid input: the Content-Type must be application/json');
  const body: unknown = req.body;
  if (!isObject(body))
    throw validationError('Invalid input JSON on line 1, column 1: the body must be an object');
  const missing = required.filter((name) => body[name] === undefined || body[name] === null);
  if (missing.length > 0) throw notSet(missing);
  return body;
};

/** The `inputs` of a batch, at most `max` of them, each an object with these members there. */
export const inputsOf = (body: Json, max: number, required: readonly string[]): readonly Json[] => {
  if (!Array.isArray(body.inputs))
    throw validationError('Invalid input JSON on line 1, column 1: inputs must be an array');
  if (body.inputs.length === 0) throw validationError('The inputs of a batch request must not be empty');
  if (body.inputs.length > max)
    throw validationError(`The maximum number of inputs supported in a batch request is ${max}`);
  for (const input of body.inputs as unknown[]) {
    if (!isObject(input)) throw validationError('Invalid input JSON: every input must be an object');
    const missing = required.filter((name) => input[name] === undefined || input[name] === null);
    if (missing.length > 0) throw notSet(missing);
  }
  return body.inputs as readonly Json[];
};

/** `properties` as an object of texts; numbers and booleans are taken as text, nested values are refused. */
export const propertiesOf = (input: Json): Json => {
  if (!isObject(input.properties)) throw notSet(['properties']);
  for (const [name, value] of Object.entries(input.properties)) {
    if (typeof value === 'object' && value !== null) {
      throw validationError(
        `Invalid input JSON: Cannot deserialize value of type \`java.lang.String\` at [properties][${name}]`,
      );
    }
  }
  return input.properties;
};

/** Names in a query such as `?properties=a,b&properties=c`, or in a body's array. */
export const namesOf = (value: unknown): readonly string[] => {
  const parts = Array.isArray(value)
    ? value.map(String)
    : value === undefined || value === null
      ? []
      : [String(value)];
  return parts.flatMap((part) => part.split(',')).filter(Boolean);
};
