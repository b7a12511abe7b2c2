import { z } from 'zod';
import type { LeaveWay } from '../server/assignments/leave-ports.ts';
import { CALL_MS } from './clients.ts';
import { noToken, type SlackApp } from './oauth-access.ts';

const answer = z.object({ ok: z.boolean(), error: z.string().optional() });

/** Errors that say: the app is not there any more. */
const GONE = new Set(['invalid_auth', 'account_inactive', 'token_revoked', 'not_authed', 'team_not_found']);
/** Errors that pass. */
const PASSING = new Set([
  'ratelimited',
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
]);

/** Slack: the app is uninstalled from the workspace, with all its tokens. `app` null: none is set up here. */
export const createSlackLeave = (app: SlackApp | null): LeaveWay => ({
  vendor: 'slack',
  revoke: app && (async (_connection, { accessToken }) => uninstall(app, await accessToken())),
  byHand: {
    push: 'Slack stops sending events once the app is removed.',
    permission: 'In Slack, open Manage apps, choose Fairlead, and remove the app.',
  },
});

const uninstall = async ({ apiUrl, clientId, clientSecret }: SlackApp, token: string) => {
  const { ok, error = '' } = await post(new URL('apps.uninstall', apiUrl), token, {
    client_id: clientId,
    client_secret: clientSecret,
  });
  if (ok || GONE.has(error)) return 'done';
  if (PASSING.has(error)) throw noToken(error);
  return 'by_hand';
};

const post = async (url: URL, token: string, form: Readonly<Record<string, string>>) => {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: new URLSearchParams(form),
      redirect: 'manual',
      signal: AbortSignal.timeout(CALL_MS),
    });
    return answer.parse(await response.json());
  } catch (cause) {
    throw noToken(cause);
  }
};
