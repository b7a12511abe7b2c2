import { webApi } from '@slack/bolt';
import type { Logger } from 'pino';
import { boltLogger } from './bolt-logger.ts';
import type { SlackSettings, SlackTokens } from './ports.ts';

/** How long one call may take, in milliseconds; shorter than a sender's lease. */
const TIMEOUT = 8_000;

/** Web API clients, one for each connection and token. They never retry or wait: delivery does. */
export interface SlackClients {
  /** Rejects with AppError when the workspace must be connected again. */
  readonly of: (connectionId: string) => Promise<webApi.WebClient>;
}

/** Clients with fresh tokens. A client is kept until its connection's token changes. */
export const createSlackClients = ({
  tokens,
  settings,
  log,
}: {
  readonly tokens: SlackTokens;
  readonly settings: Pick<SlackSettings, 'apiUrl'>;
  readonly log: Logger;
}): SlackClients => {
  const known = new Map<string, webApi.WebClient>();
  const make = (token: string): webApi.WebClient =>
    new webApi.WebClient(token, {
      slackApiUrl: settings.apiUrl,
      allowAbsoluteUrls: false,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      timeout: TIMEOUT,
      logger: boltLogger(log),
    });
  return {
    of: async (connectionId) => {
      const token = await tokens.accessToken(connectionId);
      const client = known.get(connectionId);
      if (client?.token === token) return client;
      const fresh = make(token);
      known.set(connectionId, fresh);
      return fresh;
    },
  };
};
