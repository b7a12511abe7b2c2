import { webApi } from '@slack/bolt';
import type { DeliveryResult } from '../../server/assignments/ports.ts';
import { AppError } from '../../server/base/app-error.ts';

/** The code of a card that can reach its rep by no message. */
export const UNREACHABLE = 'rep_unreachable';
/** The code of a workspace that must be connected again. */
export const DISCONNECTED = 'connection_broken';

/** No such person or conversation, a deactivated account, or messages to the app switched off. */
const UNREACHABLE_ERRORS = new Set([
  'channel_not_found',
  'user_not_found',
  'users_not_found',
  'user_disabled',
  'user_not_visible',
  'messages_tab_disabled',
  'is_archived',
  'not_in_channel',
  'restricted_action',
]);

const TOKEN_ERRORS = new Set([
  'invalid_auth',
  'not_authed',
  'token_revoked',
  'account_inactive',
  'missing_scope',
  'no_permission',
  'team_access_not_granted',
  'org_login_required',
]);

/** Slack's own troubles, and a token that ran out between two reads of it. */
const PASSING_ERRORS = new Set([
  'fatal_error',
  'internal_error',
  'service_unavailable',
  'request_timeout',
  'ratelimited',
  'rate_limited',
  'message_limit_exceeded',
  'token_expired',
  'team_added_to_org',
]);

const retry = (code: string, afterMs: number | null = null): DeliveryResult => ({
  outcome: 'retry',
  afterMs,
  code,
});

const refused = (code: string, remedy: string): DeliveryResult => ({ outcome: 'refused', code, remedy });

const disconnected = (code: string): DeliveryResult =>
  refused(DISCONNECTED, `Connect the Slack workspace again: Slack answers ${code}.`);

const platformResult = (code: string): DeliveryResult => {
  if (PASSING_ERRORS.has(code)) return retry(code);
  if (TOKEN_ERRORS.has(code)) return disconnected(code);
  if (UNREACHABLE_ERRORS.has(code))
    return refused(
      UNREACHABLE,
      `Check that the person is an active member of the workspace: Slack answers ${code}.`,
    );
  return refused(
    code,
    `Slack refused the message with ${code}. Please report it: the message breaks one of Slack's rules.`,
  );
};

/** Slack's error code of a refusal, or null for every other failure. */
export const slackCode = (error: unknown): string | null =>
  error instanceof webApi.WebAPIPlatformError ? error.data.error : null;

/** How a failed call ends its delivery. Programming errors are thrown on. */
export const failureResult = (error: unknown): DeliveryResult => {
  if (error instanceof webApi.WebAPIRateLimitedError) return retry('rate_limited', error.retryAfter * 1000);
  if (error instanceof webApi.WebAPIPlatformError) return platformResult(error.data.error);
  if (error instanceof webApi.WebAPIRequestError) return retry('network');
  if (error instanceof webApi.WebAPIHTTPError) return retry(`http_${error.statusCode}`);
  if (error instanceof AppError)
    return error.retryable ? retry(error.code) : refused(DISCONNECTED, error.message);
  throw error;
};
