import { AppError } from '../server/base/app-error.ts';
import { CALL_MS } from './clients.ts';

/** The Slack app, as Slack knows it. */
export interface SlackApp {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where Web API methods are, with a trailing slash. */
  readonly apiUrl: string;
}

export const noToken = (cause: unknown): AppError =>
  new AppError('vendor_unavailable', 'Slack gave no token. Try again in a moment.', {
    status: 503,
    retryable: true,
    cause,
  });

/** Asks `oauth.v2.access`, for a code or a refresh. What it answers is left to the caller. Throws AppError where it does not. */
export const oauthAccess = async (
  { clientId, clientSecret, apiUrl }: SlackApp,
  asked: Readonly<Record<string, string>>,
): Promise<unknown> => {
  try {
    const response = await fetch(new URL('oauth.v2.access', apiUrl), {
      method: 'POST',
      body: new URLSearchParams({ client_id: clientId, client_secret: clientSecret, ...asked }),
      redirect: 'manual',
      signal: AbortSignal.timeout(CALL_MS),
    });
    return await response.json();
  } catch (cause) {
    throw noToken(cause);
  }
};
