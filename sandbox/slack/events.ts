import type { AppLink } from './app-link.ts';
import { EVENT_RETRIES_MS } from './facts.ts';
import type { SlackStore } from './store.ts';

export interface Events {
  /** Sends an event and, where the app does not answer 200, its three retries. Resolves with whether it got through. */
  readonly send: (event: Readonly<Record<string, unknown>>) => Promise<boolean>;
  /** Gives up retries that are still waiting. */
  readonly close: () => void;
}

const reason = (failure: string | null): string =>
  failure === 'operation_timeout'
    ? 'http_timeout'
    : failure === 'dispatch_failed'
      ? 'connection_failed'
      : 'http_error';

/** The Events API: wrapped, signed, retried with `x-slack-retry-num` and `x-slack-retry-reason`. */
export const createEvents = (
  store: SlackStore,
  link: AppLink,
  waits: readonly number[] = EVENT_RETRIES_MS,
): Events => {
  const closing = new AbortController();
  const pause = (ms: number): Promise<boolean> =>
    new Promise((resolve) => {
      const timer = setTimeout(() => resolve(true), ms);
      closing.signal.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve(false);
      });
    });
  const wrap = (event: Readonly<Record<string, unknown>>): string => {
    const { team, bot } = store.state;
    return JSON.stringify({
      token: 'deprecated',
      team_id: team.id,
      context_team_id: team.id,
      api_app_id: bot.appId,
      event: { event_ts: store.nextTs(), ...event },
      type: 'event_callback',
      event_id: store.nextId('Ev'),
      event_time: Math.floor(store.now() / 1000),
      authorizations: [
        {
          enterprise_id: null,
          team_id: team.id,
          user_id: bot.userId,
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
      is_ext_shared_channel: false,
    });
  };
  return {
    send: async (event) => {
      const body = wrap(event);
      let reply = await link.send(body, 'application/json');
      for (const [index, ms] of waits.entries()) {
        if (reply.ok || reply.noRetry || !(await pause(ms))) return reply.ok;
        reply = await link.send(body, 'application/json', {
          'x-slack-retry-num': String(index + 1),
          'x-slack-retry-reason': reason(reply.failure),
        });
      }
      return reply.ok;
    },
    close: () => closing.abort(),
  };
};
