import { z } from 'zod';
import type { InstallWay } from '../server/assignments/install-ports.ts';
import { AppError } from '../server/base/app-error.ts';
import { oauthAccess, type SlackApp } from './oauth-access.ts';
import { BOT_SCOPES } from './scopes.ts';

const granted = z.object({
  ok: z.literal(true),
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).optional(),
  expires_in: z.number().positive().optional(),
  scope: z.string(),
  bot_user_id: z.string(),
  team: z.object({ id: z.string(), name: z.string() }).nullable(),
  enterprise: z.object({ id: z.string(), name: z.string() }).nullish(),
});

/** Slack: the bot's token of one workspace, or of a whole organisation. Takes no PKCE from a server. */
export const createSlackInstall = (app: SlackApp): InstallWay => ({
  vendor: 'slack',
  name: 'Slack',
  asks: [],
  begin: async (answers) => answers,
  authorizeUrl: ({ state, redirectUri }) =>
    `${new URL('../oauth/v2/authorize', app.apiUrl)}?${new URLSearchParams({
      client_id: app.clientId,
      scope: BOT_SCOPES.join(','),
      redirect_uri: redirectUri,
      state,
    })}`,
  redeem: async ({ code, redirectUri }) => {
    const parsed = granted.safeParse(await oauthAccess(app, { redirect_uri: redirectUri, code }));
    const team = parsed.data?.team ?? parsed.data?.enterprise;
    if (!parsed.success || !team)
      throw new AppError(
        'install_refused',
        'Slack did not connect: its code was not accepted. Begin again from Connections.',
        { status: 409, cause: parsed.error },
      );
    const { access_token, refresh_token, expires_in, scope, bot_user_id } = parsed.data;
    return {
      externalId: team.id,
      name: team.name,
      scopes: scope.split(',').filter(Boolean),
      tokens: {
        accessToken: access_token,
        refreshToken: refresh_token ?? null,
        expiresIn: expires_in ?? null,
      },
      settings: { botUserId: bot_user_id },
    };
  },
});
