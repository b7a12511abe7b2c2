import { webApi } from '@slack/bolt';
import type { DeliveryResult } from '../../server/assignments/ports.ts';
import { AppError } from '../../server/base/app-error.ts';

/** The code of a card that can reach its rep by no message. */
export const UNREACHABLE = 'rep_unreachable';

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

/** The workspace must be connected again. */
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

/** Slack's own troubles. */
const PASSING_ERRORS = new Set([
  'fatal_error',
  'internal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
]);

/** How long to hold back where Slack names no time. */
const PAUSE_MS = 60_000;

const retry = (code: string, afterMs: number | null = null): DeliveryResult => ({
  outcome: 'retry',
  afterMs,
  code,
});

const refused = (code: string, remedy: string): DeliveryResult => ({ outcome: 'refused', code, remedy });

const platformResult = (code: string): DeliveryResult => {
  if (PASSING_ERRORS.has(code)) return retry('vendor_unavailable');
  if (code === 'ratelimited' || code === 'rate_limited' || code === 'message_limit_exceeded')
    return retry('rate_limited', PAUSE_MS);
  if (code === 'token_expired') return retry(code, 0);
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

/** Whether a failure says that the connection's token is no longer good; a mere expiry heals with the next one. */
export const refusesToken = (error: unknown): 'reconnect' | 'expired' | null => {
  const code = slackCode(error) ?? '';
  if (code === 'token_expired') return 'expired';
  return TOKEN_ERRORS.has(code) ? 'reconnect' : null;
};

/** Slack's error code of a refusal, or null for every other failure. */
export const slackCode = (error: unknown): string | null =>
  error instanceof webApi.WebAPIPlatformError ? error.data.error : null;

/** How a failed call ends its delivery. What concerns the whole connection, and programming errors, are thrown on. */
export const failureResult = (error: unknown): DeliveryResult => {
  if (error instanceof webApi.WebAPIRateLimitedError) return retry('rate_limited', error.retryAfter * 1000);
  if (refusesToken(error) === 'reconnect') throw needsReconnecting(error);
  if (error instanceof webApi.WebAPIPlatformError) return platformResult(error.data.error);
  if (error instanceof webApi.WebAPIRequestError)
    return retry(error.original.name === 'TimeoutError' ? 'timeout' : 'vendor_unavailable');
  if (error instanceof webApi.WebAPIHTTPError) return retry('vendor_unavailable');
  if (error instanceof AppError && error.retryable) return retry(error.code);
  throw error;
};

const needsReconnecting = (cause: unknown): AppError =>
  new AppError(
    'needs_reconnecting',
    `Connect the Slack workspace again: Slack answers ${slackCode(cause)}.`,
    { cause },
  );

/** Slack answered, or was never asked: then nothing was posted. Without an answer nobody knows. */
export const wasNotPosted = (error: unknown): boolean =>
  error instanceof webApi.WebAPIRateLimitedError ||
  error instanceof webApi.WebAPIPlatformError ||
  error instanceof AppError;
