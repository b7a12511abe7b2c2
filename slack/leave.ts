import { z } from 'zod';
import type { LeaveWay } from '../server/assignments/leave-ports.ts';
import { noAnswer, postForm, type SlackApp } from './oauth-access.ts';

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
  const form = { client_id: clientId, client_secret: clientSecret };
  const said = answer.safeParse(await postForm(new URL('apps.uninstall', apiUrl), form, token));
  if (!said.success) throw noAnswer(said.error);
  const { ok, error = '' } = said.data;
  if (ok || GONE.has(error)) return 'done';
  if (PASSING.has(error)) throw noAnswer(error);
  return 'by_hand';
};
