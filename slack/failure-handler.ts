import { AuthorizationError, type Logger as BoltLogger } from '@slack/bolt';
import type { Logger } from 'pino';
import { SLACK_HOSTS } from './hosts.ts';
import { FAILED } from './views/outcome-text.ts';

interface Failure {
  readonly error: Error;
  readonly body: unknown;
  readonly logger: BoltLogger;
}

/** Where the person who pressed can be told, if the request says. */
const responseUrl = (body: unknown, apiUrl: string): string | null => {
  const { response_url: url } = body as { response_url?: unknown };
  if (typeof url !== 'string' || !URL.canParse(url)) return null;
  const given = new URL(url);
  const ofSlack = given.protocol === 'https:' && given.port === '' && SLACK_HOSTS.test(given.hostname);
  return ofSlack || given.origin === new URL(apiUrl).origin ? given.href : null;
};

const sayFailed = (url: string): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ response_type: 'ephemeral', replace_original: false, text: FAILED }),
    redirect: 'manual',
    signal: AbortSignal.timeout(5_000),
  });

/**
 * What happens to an error in a listener: logged without what people said, and told to who pressed. It is thrown on,
 * so that Bolt answers 401 to unknown workspaces and 500 to what was not acknowledged yet.
 */
export const failureHandler =
  (log: Logger, apiUrl: string) =>
  async ({ error, body }: Failure): Promise<void> => {
    if (error instanceof AuthorizationError) throw error;
    log.error({ err: error }, 'a Slack request failed');
    const url = responseUrl(body, apiUrl);
    if (url !== null)
      await sayFailed(url).catch((cause: unknown) =>
        log.warn({ err: cause }, 'the failure could not be told'),
      );
    throw error;
  };
