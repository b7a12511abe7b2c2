import { z } from 'zod';
import { cutText } from '../../routing/render/cut-text.ts';
import type { Failure } from '../failures.ts';
import type { Reply } from './client.ts';
import {
  DAILY_POLICY,
  DAILY_WAIT_MS,
  LOCKED_WAIT_MS,
  MIGRATING_WAIT_MS,
  NAMED_PROPERTY,
  RETRY_AFTER_MS_FROM,
  ROLLING_WAIT_MS,
  SAYS_EXISTS,
  SAYS_NO_OBJECT,
  SAYS_NO_PROPERTY,
  SAYS_OWNER,
} from './facts.ts';

/** HubSpot's error body: every member may be missing. */
const errorBody = z.object({
  message: z.string().optional(),
  category: z.string().optional(),
  policyName: z.string().optional(),
  correlationId: z.string().optional(),
  errors: z
    .array(z.object({ context: z.record(z.string(), z.array(z.string())).optional().catch(undefined) }))
    .optional()
    .catch(undefined),
});

const bodyOf = (reply: Reply): z.infer<typeof errorBody> => {
  const parsed = errorBody.safeParse(reply.body);
  return parsed.success ? parsed.data : {};
};

/** Whether a 429 is for the day's limit. */
export const isDaily = (body: unknown): boolean =>
  errorBody.safeParse(body).data?.policyName === DAILY_POLICY;

/** HubSpot's words about a failure, cut short, with the id its support asks for. */
export const wordsOf = (reply: Reply): string => {
  const { message, correlationId } = bodyOf(reply);
  const words = cutText(message ?? `status ${reply.status}`, 300);
  return correlationId ? `${words} (correlation id ${correlationId})` : words;
};

/**
 * Whether HubSpot says that something is not there. A 404 that is no JSON is a page of something else, or of an address
 * that is no more: taken for an answer about records, it would close leads and forget people.
 */
export const saysNotThere = ({ status, body }: Pick<Reply, 'status' | 'body'>): boolean =>
  status === 404 && body !== undefined;

/** What a status of 300 or more means. Source: HubSpot's pages on errors and usage; see facts.ts. */
export const toFailure = (reply: Reply): Failure => {
  const { status } = reply;
  if (status === 429) return { kind: 'retry', code: 'rate_limited', afterMs: rateLimitWait(reply) };
  if (status === 423) return { kind: 'retry', code: 'locked', afterMs: LOCKED_WAIT_MS };
  if (status === 477)
    return {
      kind: 'retry',
      code: 'account_migrating',
      afterMs: seconds(reply.retryAfter) ?? MIGRATING_WAIT_MS,
    };
  if (status >= 500 || status === 408 || (status === 404 && !saysNotThere(reply)))
    return { kind: 'retry', code: 'vendor_unavailable', afterMs: seconds(reply.retryAfter) };
  if (status === 403) return { kind: 'refused', code: 'missing_scope', remedy: scopeRemedy(reply) };
  if (status === 404)
    return {
      kind: 'refused',
      code: 'record_gone',
      remedy: 'The record is no longer in HubSpot: nothing needs to be done.',
    };
  return refusalOf(wordsOf(reply));
};

/** What HubSpot's words about a refused write mean, and what to do. */
export const refusalOf = (words: string): Failure => {
  if (SAYS_EXISTS.test(words)) return alreadyExists(words);
  if (SAYS_OWNER.test(words))
    return {
      kind: 'refused',
      code: 'owner_inactive',
      remedy: `HubSpot takes this owner no more: ${words} Activate the user in HubSpot, or import the account's people again so that nothing more is given to them; then give the lead to somebody else.`,
    };
  if (SAYS_NO_PROPERTY.test(words)) {
    const named = NAMED_PROPERTY.exec(words)?.[1];
    return {
      kind: 'refused',
      code: 'property_missing',
      remedy: `HubSpot has no property ${named ?? 'of that name'} any more: make it again in HubSpot, or correct the field of the policy that is kept in it; then retry. (${words})`,
    };
  }
  if (SAYS_NO_OBJECT.test(words))
    return {
      kind: 'refused',
      code: 'no_such_object',
      remedy: `The HubSpot account does not have these records (${words}): leads come with Sales Hub Professional. Route contacts instead, or have the account upgraded.`,
    };
  return {
    kind: 'refused',
    code: 'rejected',
    remedy: `HubSpot rejected the request: ${words}. Correct the record or the setting that HubSpot names, then retry.`,
  };
};

const scopeRemedy = (reply: Reply): string => {
  const missing = (bodyOf(reply).errors ?? []).flatMap(
    ({ context }) => context?.requiredGranularScopes ?? [],
  );
  const what = missing.length > 0 ? `it lacks ${missing.join(' or ')}` : wordsOf(reply);
  return `HubSpot allows the app too little: ${what}. Have an administrator install the app again and grant what it asks for, then retry; some scopes come with some editions only.`;
};

/** A unique value is taken: by our own write of an earlier try, or by a record of somebody else's. */
const alreadyExists = (words: string): Failure => ({
  kind: 'refused',
  code: 'already_exists',
  remedy: `HubSpot has another record with the same address or key: ${cutText(words, 300)} Merge the two in HubSpot, then retry.`,
});

const seconds = (value: string | null): number | null => {
  const number = value === null ? Number.NaN : Number(value);
  return Number.isFinite(number) && number >= 0 ? number * 1000 : null;
};

/** Retry-After of a 429 is in milliseconds on one page and in seconds by HTTP: large numbers are milliseconds. */
const rateLimitWait = (reply: Reply): number => {
  const told = seconds(reply.retryAfter);
  if (told !== null) return told / 1000 >= RETRY_AFTER_MS_FROM ? told / 1000 : told;
  if (isDaily(reply.body)) return DAILY_WAIT_MS;
  return /second/i.test(bodyOf(reply).policyName ?? '') && !/ten/i.test(bodyOf(reply).policyName ?? '')
    ? 1_000
    : ROLLING_WAIT_MS;
};
