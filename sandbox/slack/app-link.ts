import { createHmac } from 'node:crypto';
import { ACK_MS } from './facts.ts';

/** How the app answered one request of ours. `failure` is worded as Slack words it to the person who pressed. */
export interface AppReply {
  readonly ok: boolean;
  readonly status: number | null;
  readonly ms: number;
  readonly body: string;
  readonly contentType: string;
  readonly failure: 'operation_timeout' | 'dispatch_failed' | 'http_error' | null;
  /** The app asked for no more attempts (`x-slack-no-retry: 1`). */
  readonly noRetry: boolean;
}

export interface AppLink {
  /** Sends one signed body to the app's request URL and waits the 3 s that Slack waits. */
  readonly send: (
    body: string,
    contentType: string,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<AppReply>;
}

export interface AppLinkOptions {
  /** Where the app listens, without the path; asked at each request, as it may be known late. */
  readonly appUrl: () => string;
  readonly signingSecret: string;
  readonly now: () => number;
}

/** The v0 signature: HMAC-SHA256 over `v0:<seconds>:<raw body>`. */
export const signBody = (secret: string, seconds: number, body: string): string =>
  `v0=${createHmac('sha256', secret).update(`v0:${seconds}:${body}`).digest('hex')}`;

const failed = (failure: 'operation_timeout' | 'dispatch_failed', ms: number): AppReply => ({
  ok: false,
  status: null,
  ms,
  body: '',
  contentType: '',
  failure,
  noRetry: false,
});

/** Requests to `<appUrl>/slack/events`, the one path for events, interactions and commands. */
export const createAppLink = ({ appUrl, signingSecret, now }: AppLinkOptions): AppLink => ({
  send: async (body, contentType, headers = {}) => {
    const seconds = Math.floor(now() / 1000);
    const begun = performance.now();
    const elapsed = (): number => Math.round(performance.now() - begun);
    try {
      const response = await fetch(`${appUrl()}/slack/events`, {
        method: 'POST',
        body,
        signal: AbortSignal.timeout(ACK_MS),
        headers: {
          'content-type': contentType,
          'x-slack-request-timestamp': String(seconds),
          'x-slack-signature': signBody(signingSecret, seconds, body),
          'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
          ...headers,
        },
      });
      return {
        ok: response.status === 200,
        status: response.status,
        ms: elapsed(),
        body: await response.text(),
        contentType: response.headers.get('content-type') ?? '',
        failure: response.status === 200 ? null : 'http_error',
        noRetry: response.headers.get('x-slack-no-retry') === '1',
      };
    } catch (error) {
      return failed(
        error instanceof Error && error.name === 'TimeoutError' ? 'operation_timeout' : 'dispatch_failed',
        elapsed(),
      );
    }
  },
});
