import { z } from 'zod';
import { cutText } from '../../routing/render/cut-text.ts';
import type { Failure } from '../failures.ts';
import { API_VERSION, CONCURRENT_LIMIT, CONCURRENT_WAIT_MS, DAILY_WAIT_MS } from './facts.ts';

/** An error of Salesforce: `errorCode` at the top level, `statusCode` in the rows of a collection. */
export const salesforceError = z
  .object({
    errorCode: z.string().optional(),
    statusCode: z.string().optional(),
    message: z.string().default(''),
    // SOAP writes a single one as itself.
    fields: z.union([z.array(z.string()), z.string().transform((one) => [one])]).nullish(),
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
  if (status === 410 || first?.code === 'UNSUPPORTED_API_VERSION')
    return {
      kind: 'refused',
      code: 'api_retired',
      remedy: `Salesforce has retired version ${API_VERSION} of its API, which this version of Fairlead speaks: update Fairlead, then retry.`,
    };
  return meaningOf(first ?? { code: `HTTP ${status}`, message: '', fields: [] });
};

/** The code of a refusal for a field that is not there for our user. */
export const UNKNOWN_FIELD = 'unknown_field';

const ACCESS = new Set([
  'INSUFFICIENT_ACCESS',
  'INSUFFICIENT_ACCESS_OR_READONLY',
  'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
  'FORBIDDEN',
]);
const NO_API = new Set(['API_DISABLED_FOR_ORG', 'API_CURRENTLY_DISABLED']);
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
  const owner = ownerRefusal(code, message, fields);
  if (owner !== null) return { kind: 'refused', code: 'rejected', remedy: owner };
  if (code === 'INVALID_TYPE' || code === 'INVALID_FIELD' || code === 'INVALID_FIELD_FOR_INSERT_UPDATE') {
    const told = code === 'INVALID_FIELD' ? UNKNOWN_FIELD : 'not_visible';
    return { kind: 'refused', code: told, remedy: notVisible(code, message) };
  }
  if (NO_API.has(code))
    return {
      kind: 'refused',
      code: 'missing_scope',
      remedy: `This org takes no calls of its API: ${wordsOf(code, message)}. Its edition needs API access (Enterprise and above have it, Professional can buy it), and Fairlead's user the permission "API Enabled".`,
    };
  if (ACCESS.has(code))
    return {
      kind: 'refused',
      code: 'missing_scope',
      remedy: `Salesforce allows Fairlead's user too little: ${wordsOf(code, message)}. Give that user the permission set of the package and "Transfer Leads", then retry.`,
    };
  return {
    kind: 'refused',
    code: 'rejected',
    remedy: `Salesforce rejected the write: ${wordsOf(code, message)}. Correct the record or the setting that Salesforce names, then retry.`,
  };
};

/** Why Salesforce does not let somebody own a record, with what to do; null: it is about something else. */
const ownerRefusal = (code: string, message: string, fields: readonly string[]): string | null => {
  const words = wordsOf(code, message);
  if (code === 'INACTIVE_OWNER_OR_USER')
    return `Salesforce gives nothing to people who are inactive there: ${words}. Take them out of their pools or activate them in Salesforce, import the org's people again, then retry or reassign; the record stays with whoever has it.`;
  if (code === 'INVALID_OPERATION' && /queue/i.test(message))
    return `This queue may not own such records: ${words}. In Salesforce's Setup, Queues, add Lead to its supported objects, or name another queue in the policy, then retry; the record stays with whoever has it.`;
  if (code === 'INVALID_CROSS_REFERENCE_KEY' && fields.includes('OwnerId'))
    return `Salesforce does not know this owner: ${words}. Import the org's people again, then retry or reassign; the record stays with whoever has it.`;
  return null;
};

/** An object or a field that is not there, or that our user may not see: Salesforce tells both alike. */
const notVisible = (code: string, message: string): string => {
  const words = wordsOf(code, message);
  if (code === 'INVALID_TYPE')
    return `Salesforce shows Fairlead's user no such object: ${words}. Give that user the package's permission set, which lets it read and edit leads; editions without Leads cannot be routed, so that this org should be disconnected.`;
  return `A field is not there, or hidden from Fairlead's user: ${words}. Put it back or give that user access to it in Salesforce, or take it out of the policy's fields.`;
};

/** Of a query that is refused the message begins with the place, in several lines; what is wrong stands last. */
const wordsOf = (code: string, message: string): string => {
  const last = message.trim().split('\n').at(-1) ?? '';
  return [cutText(last, 300), code && `(${code})`].filter(Boolean).join(' ');
};
