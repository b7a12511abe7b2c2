import { webApi } from '@slack/bolt';
import type { Logger } from 'pino';
import type { AccessTokens } from '../server/assignments/ports.ts';
import { boltLogger } from './bolt-logger.ts';
import type { SlackSettings } from './ports.ts';

/** How long one call may take, in milliseconds. */
export const CALL_MS = 8_000;

/** Web API clients, one for each connection and token. They never retry or wait: delivery does. */
export interface SlackClients {
  /** Rejects with AppError `needs_reconnecting` when the workspace must be connected again. */
  readonly of: (connectionId: string) => Promise<webApi.WebClient>;
  /** Slack refused the connection's token: it is not used again. */
  readonly refused: (connectionId: string) => Promise<void>;
}

/** Clients with fresh tokens. A client is kept until its connection's token changes. */
export const createSlackClients = ({
  tokens,
  settings,
  log,
}: {
  readonly tokens: AccessTokens;
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
      timeout: CALL_MS,
      logger: boltLogger(log),
    });
  return {
    of: async (connectionId) => {
      const token = await tokens.get(connectionId);
      const client = known.get(connectionId);
      if (client?.token === token) return client;
      const fresh = make(token);
      known.set(connectionId, fresh);
      return fresh;
    },
    refused: async (connectionId) => {
      const token = known.get(connectionId)?.token;
      known.delete(connectionId);
      if (token !== undefined) await tokens.refused(connectionId, token);
    },
  };
};
