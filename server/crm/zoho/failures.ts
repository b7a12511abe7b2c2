import { z } from 'zod';
import { cutText } from '../../routing/render/cut-text.ts';
import { type Failure, ReadFailed } from '../failures.ts';
import { CONCURRENT_WAIT_MS, DAILY_LIMIT, DAILY_WAIT_MS, THRESHOLD } from './facts.ts';

export const VENDOR = 'Zoho CRM';

const details = z
  .object({
    api_name: z.string().optional(),
    json_path: z.string().optional(),
    resource_path_index: z.number().optional(),
    duplicate_record: z.object({ id: z.string() }).optional(),
  })
  .catch({});

/** An error of Zoho, of a whole request or of one row of it. */
export const zohoError = z.object({
  code: z.string(),
  message: z.string().default(''),
  details: details.default({}),
});
export type ZohoError = z.infer<typeof zohoError>;

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** null: the reply is no error as Zoho writes them. */
export const errorOf = ({ body }: Answer): ZohoError | null => zohoError.safeParse(body).data ?? null;

/** Which limit a reply says is reached; null: none. */
export const limitOf = (reply: Answer): 'concurrent' | 'daily' | null => {
  if (reply.status !== 429) return null;
  return DAILY_LIMIT.test(errorOf(reply)?.message ?? '') ? 'daily' : 'concurrent';
};

/** What a reply with a status of 400 or more means. */
export const toFailure = (reply: Answer): Failure => {
  const limit = limitOf(reply);
  if (limit !== null)
    return {
      kind: 'retry',
      code: 'rate_limited',
      afterMs: limit === 'concurrent' ? CONCURRENT_WAIT_MS : DAILY_WAIT_MS,
    };
  if (reply.status >= 500 || reply.status === 408)
    return { kind: 'retry', code: 'vendor_unavailable', afterMs: null };
  return meaningOf(errorOf(reply) ?? { code: `HTTP ${reply.status}`, message: '', details: {} });
};

/** A reply's body as the schema reads it; null: there was nothing to tell. Throws ReadFailed. */
export const readBody = <T>(schema: z.ZodType<T>, reply: Answer): T | null => {
  // Nothing found is no body at all, and nothing changed a status of its own.
  if (reply.status === 204 || reply.status === 304) return null;
  const parsed = reply.status < 300 ? schema.safeParse(reply.body) : null;
  if (parsed?.success) return parsed.data;
  if (parsed === null) throw new ReadFailed(VENDOR, toFailure(reply));
  throw new ReadFailed(VENDOR, { kind: 'retry', code: 'unreadable', afterMs: null });
};

const ACCESS = new Set(['NO_PERMISSION', 'OAUTH_SCOPE_MISMATCH', 'NOT_ALLOWED']);
const GONE = new Set(['CONVERTED_RECORD', 'ID_ALREADY_CONVERTED', 'NO_RECORDS_FOUND']);
const DOWN = new Set(['INTERNAL_ERROR', 'INTERNAL_SERVER_ERROR', 'SERVICE_UNAVAILABLE']);

/** Of the record's own id, not of a value in it. */
const isOfId = ({ code, details: { api_name, resource_path_index } }: ZohoError): boolean =>
  code === 'INVALID_DATA' && (api_name === 'id' || resource_path_index !== undefined);

/** What an error means, of a whole call or of one row. */
export const meaningOf = (error: ZohoError): Failure => {
  const { code, message } = error;
  const said = wordsOf(error);
  if (code === 'TOO_MANY_REQUESTS')
    return { kind: 'retry', code: 'rate_limited', afterMs: CONCURRENT_WAIT_MS };
  if (DOWN.has(code)) return { kind: 'retry', code: 'vendor_unavailable', afterMs: null };
  // Somebody else merges or locked it at this moment.
  if (code === 'RECORD_LOCKED') return { kind: 'retry', code: 'record_locked', afterMs: null };
  if (GONE.has(code) || isOfId(error))
    return {
      kind: 'refused',
      code: 'record_gone',
      remedy: `The record is no longer in ${VENDOR}: nothing needs to be done.`,
    };
  if (code === THRESHOLD.code || THRESHOLD.message.test(message))
    return {
      kind: 'refused',
      code: 'owner_at_threshold',
      remedy: `${VENDOR} gives this user no more records: their assignment threshold is reached (${said}). Raise it in ${VENDOR} under Setup, Users, Assignment Threshold, or give the rep a capacity in the policy that stays below it; then retry.`,
    };
  if (code === 'INVALID_MODULE')
    return {
      kind: 'refused',
      code: 'no_such_object',
      remedy: `${VENDOR} shows Fairlead no such module: ${said}. Show the module Leads to the profile of whoever connected the org (Setup, Modules and Fields), or connect the org again as an administrator.`,
    };
  if (code === 'INVALID_DATA' && error.details.api_name === 'Owner')
    return {
      kind: 'refused',
      code: 'owner_inactive',
      remedy: `${VENDOR} takes this owner no more: ${said}. Activate the user in ${VENDOR}, or take them out of their pools and import the org's people again; then retry or reassign. The record stays with whoever has it.`,
    };
  if (ACCESS.has(code))
    return {
      kind: 'refused',
      code: 'missing_scope',
      remedy: `${VENDOR} allows Fairlead too little: ${said}. Connect the org again with every scope and as an administrator, then retry.`,
    };
  return {
    kind: 'refused',
    code: 'rejected',
    remedy: `${VENDOR} rejected the request: ${said}. Correct the record or the setting that it names, then retry.`,
  };
};

const wordsOf = ({ code, message, details: { api_name } }: ZohoError): string =>
  [cutText(message, 300), api_name && `in ${api_name}`, `(${code})`].filter(Boolean).join(' ');
