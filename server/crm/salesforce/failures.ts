import { z } from 'zod';
import type { Failure } from '../failures.ts';
import { CONCURRENT_LIMIT, CONCURRENT_WAIT_MS, DAILY_WAIT_MS } from './facts.ts';

/** An error of Salesforce: `errorCode` at the top level, `statusCode` in the rows of a collection. */
export const salesforceError = z
  .object({
    errorCode: z.string().optional(),
    statusCode: z.string().optional(),
    message: z.string().default(''),
    fields: z.array(z.string()).nullish(),
  })
  .transform(({ errorCode, statusCode, message, fields }) => ({
    code: errorCode ?? statusCode ?? '',
    message,
    fields: fields ?? [],
  }));
export type SalesforceError = z.infer<typeof salesforceError>;

const errorBody = z.union([z.array(salesforceError), salesforceError.transform((one) => [one])]);

/** A reply's errors; empty where its body tells none. */
export const errorsOf = (body: unknown): readonly SalesforceError[] => {
  const parsed = errorBody.safeParse(body);
  return parsed.success ? parsed.data.filter(({ code, message }) => code !== '' || message !== '') : [];
};

/** What a reply with a status of 300 or more means. */
export const toFailure = ({ status, body }: { readonly status: number; readonly body: unknown }): Failure => {
  const [first] = errorsOf(body);
  if (status >= 500 || status === 408 || status === 420)
    return { kind: 'retry', code: 'vendor_unavailable', afterMs: null };
  if (status === 429) return { kind: 'retry', code: 'rate_limited', afterMs: CONCURRENT_WAIT_MS };
  return meaningOf(first ?? { code: `HTTP ${status}`, message: '', fields: [] });
};

/** The code of a refusal for a field that is not there for our user. */
export const UNKNOWN_FIELD = 'unknown_field';

const ACCESS = new Set([
  'INSUFFICIENT_ACCESS',
  'INSUFFICIENT_ACCESS_OR_READONLY',
  'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
  'API_DISABLED_FOR_ORG',
  'API_CURRENTLY_DISABLED',
  'FORBIDDEN',
]);
const GONE = new Set(['ENTITY_IS_DELETED', 'NOT_FOUND', 'CANNOT_UPDATE_CONVERTED_LEAD']);
const DOWN = new Set(['SERVER_UNAVAILABLE', 'UNKNOWN_EXCEPTION', 'QUERY_TIMEOUT']);

/** What an error means, of a whole call or of one row. Source: the REST guide's status codes; see facts.ts. */
export const meaningOf = ({ code, message, fields }: SalesforceError): Failure => {
  if (code === 'REQUEST_LIMIT_EXCEEDED')
    return {
      kind: 'retry',
      code: 'rate_limited',
      afterMs: CONCURRENT_LIMIT.test(message) ? CONCURRENT_WAIT_MS : DAILY_WAIT_MS,
    };
  // Somebody else saves the same record, or its parent, at this moment.
  if (code === 'UNABLE_TO_LOCK_ROW') return { kind: 'retry', code: 'row_locked', afterMs: null };
  if (DOWN.has(code)) return { kind: 'retry', code: 'vendor_unavailable', afterMs: null };
  // Of a record's own id where no field is named; of the owner it would be a refusal.
  const idUnknown = code === 'INVALID_CROSS_REFERENCE_KEY' && !fields.includes('OwnerId');
  if (GONE.has(code) || idUnknown)
    return {
      kind: 'refused',
      code: 'record_gone',
      remedy: 'The record is no longer in Salesforce: nothing needs to be done.',
    };
  if (ACCESS.has(code))
    return {
      kind: 'refused',
      code: 'missing_scope',
      remedy: `Salesforce allows Fairlead's user too little: ${wordsOf(code, message)}. Give that user the permission set of the package and "Transfer Leads", then retry.`,
    };
  return {
    kind: 'refused',
    code: code === 'INVALID_FIELD' ? UNKNOWN_FIELD : 'rejected',
    remedy: `Salesforce rejected the write: ${wordsOf(code, message)}. Correct the record or the setting that Salesforce names, then retry.`,
  };
};

const wordsOf = (code: string, message: string): string =>
  [message.slice(0, 300), code && `(${code})`].filter(Boolean).join(' ');
