import { SalesforceError } from '../errors.ts';
import type { ApiCall } from './api-call.ts';

export type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const parserError = (message: string): SalesforceError =>
  new SalesforceError('JSON_PARSER_ERROR', message);

/** The body as an object. Throws SalesforceError JSON_PARSER_ERROR. */
export const bodyOf = (call: ApiCall): Json => {
  if (isObject(call.body)) return call.body;
  throw parserError('Unexpected end-of-input, a JSON object is expected at [line:1, column:1]');
};

/** A member that must be a list. */
export const listOf = (body: Json, name: string): readonly unknown[] => {
  const list = body[name];
  if (Array.isArray(list)) return list as readonly unknown[];
  throw parserError(`The request may be missing a required field: ${name} at [line:1, column:1]`);
};
