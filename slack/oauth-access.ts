import { AppError } from '../server/base/app-error.ts';
import { CALL_MS } from './clients.ts';

/** The Slack app, as Slack knows it. */
export interface SlackApp {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where Web API methods are, with a trailing slash. */
  readonly apiUrl: string;
}

/** Slack did not answer, or not so that it could be read. */
export const noAnswer = (cause: unknown): AppError =>
  new AppError('vendor_unavailable', 'Slack did not answer as it should. Try again in a moment.', {
    status: 503,
    retryable: true,
    cause,
  });

/** Sends a form, with a token or without. What is answered is left to the caller. Throws AppError where nothing is. */
export const postForm = async (
  url: URL,
  form: Readonly<Record<string, string>>,
  token?: string,
): Promise<unknown> => {
  try {
    const response = await fetch(url, {
      method: 'POST',
      ...(token !== undefined && { headers: { authorization: `Bearer ${token}` } }),
      body: new URLSearchParams(form),
      redirect: 'manual',
      signal: AbortSignal.timeout(CALL_MS),
    });
    return await response.json();
  } catch (cause) {
    throw noAnswer(cause);
  }
};

/** Asks `oauth.v2.access`, for a code or a refresh. Throws as `postForm` does. */
export const oauthAccess = (
  { clientId, clientSecret, apiUrl }: SlackApp,
  asked: Readonly<Record<string, string>>,
): Promise<unknown> =>
  postForm(new URL('oauth.v2.access', apiUrl), {
    client_id: clientId,
    client_secret: clientSecret,
    ...asked,
  });
