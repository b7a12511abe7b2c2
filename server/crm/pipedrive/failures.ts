import { z } from 'zod';
import { cutText } from '../../routing/render/cut-text.ts';
import { type Failure, ReadFailed } from '../failures.ts';
import { isOfTheDay, type Reply, VENDOR } from './client.ts';
import { BLOCKED_WAIT_MS, DAILY_WAIT_MS, LIMIT_HEADERS, LONGEST_BURST_WAIT_MS, SAYS_OWNER } from './facts.ts';

/** Pipedrive's error bodies differ by endpoint; each tells it in `error`. */
const errorBody = z.object({ error: z.string().optional(), error_info: z.string().nullish() });

const wordsOf = ({ body, status }: Reply): string =>
  cutText(errorBody.safeParse(body).data?.error ?? `status ${status}`, 300);

/** What a status of 300 or more means. */
export const toFailure = (reply: Reply): Failure => {
  const { status } = reply;
  if (reply.blocked) return { kind: 'retry', code: 'vendor_unavailable', afterMs: BLOCKED_WAIT_MS };
  if (status === 429) return { kind: 'retry', code: 'rate_limited', afterMs: waitOf(reply) };
  // A 404 that is no JSON is a page of something else: no answer about a record.
  if (status >= 500 || status === 408 || status < 400 || (status === 404 && reply.body === undefined))
    return { kind: 'retry', code: 'vendor_unavailable', afterMs: null };
  if (status === 410) return RETIRED;
  if (status === 402)
    return {
      kind: 'refused',
      code: 'account_closed',
      remedy: `Pipedrive says that the company's account is not open: ${wordsOf(reply)}. Have its subscription paid or its trial extended in Pipedrive, then retry.`,
    };
  if (status === 403)
    return {
      kind: 'refused',
      code: 'missing_scope',
      remedy: `Pipedrive allows the app too little: ${wordsOf(reply)}. Have an administrator of the company install the app again, with every scope docs/pipedrive.md lists, then retry.`,
    };
  if (status === 404)
    return {
      kind: 'refused',
      code: 'record_gone',
      remedy: 'The record is no longer in Pipedrive: nothing needs to be done.',
    };
  // The limit of webhooks, and nothing else [doc].
  if (status === 422)
    return {
      kind: 'refused',
      code: 'too_many_webhooks',
      remedy: `Pipedrive takes no more webhooks of this user: ${wordsOf(reply)}. In Pipedrive, open Company settings, Tools and apps, Webhooks, and delete some that are no longer used.`,
    };
  if (SAYS_OWNER.test(wordsOf(reply)))
    return {
      kind: 'refused',
      code: 'owner_inactive',
      remedy: `Pipedrive takes this owner no more: ${wordsOf(reply)}. Activate the user in Pipedrive, or take them out of their pools and import the company's people again; then retry or reassign. The record stays with whoever has it.`,
    };
  return {
    kind: 'refused',
    code: 'rejected',
    remedy: `Pipedrive rejected the request: ${wordsOf(reply)}. Correct the record or the setting that Pipedrive names, then retry.`,
  };
};

/** Said of an address that is no more [doc], never of a record: taken for one, every lead would be closed as deleted. */
const RETIRED: Failure = {
  kind: 'refused',
  code: 'api_retired',
  remedy:
    'Pipedrive has retired a part of its API that this version of Fairlead calls: update Fairlead, then retry.',
};

const waitOf = (reply: Reply): number => {
  if (isOfTheDay(reply)) return DAILY_WAIT_MS;
  const seconds = Number(reply.headers.get(LIMIT_HEADERS.reset) ?? 2);
  return Math.min(LONGEST_BURST_WAIT_MS, Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : 2_000);
};

/** A reply's body as the schema reads it. Throws AppError `crm_read_failed`. */
export const readBody = <T>(schema: z.ZodType<T>, reply: Reply): T => {
  if (reply.status >= 300) throw new ReadFailed(VENDOR, toFailure(reply));
  const parsed = schema.safeParse(reply.body);
  if (parsed.success) return parsed.data;
  throw new ReadFailed(VENDOR, { kind: 'retry', code: 'unreadable_reply', afterMs: null });
};

/** The same, but null for what is not there. */
export const readIfThere = <T>(schema: z.ZodType<T>, reply: Reply): T | null =>
  reply.status === 404 && reply.body !== undefined ? null : readBody(schema, reply);
