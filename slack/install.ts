import { z } from 'zod';
import type { InstallWay } from '../server/assignments/install-ports.ts';
import { AppError } from '../server/base/app-error.ts';
import { CALL_MS } from './clients.ts';
import { BOT_SCOPES } from './scopes.ts';

export interface SlackApp {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where Web API methods are, with a trailing slash. */
  readonly apiUrl: string;
}

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
export const createSlackInstall = ({ clientId, clientSecret, apiUrl }: SlackApp): InstallWay => ({
  vendor: 'slack',
  name: 'Slack',
  asks: [],
  begin: async (answers) => answers,
  authorizeUrl: ({ state, redirectUri }) =>
    `${new URL('../oauth/v2/authorize', apiUrl)}?${new URLSearchParams({
      client_id: clientId,
      scope: BOT_SCOPES.join(','),
      redirect_uri: redirectUri,
      state,
    })}`,
  redeem: async ({ code, redirectUri }) => {
    const response = await fetch(new URL('oauth.v2.access', apiUrl), {
      method: 'POST',
      body: new URLSearchParams({
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uri: redirectUri,
        code,
      }),
      redirect: 'manual',
      signal: AbortSignal.timeout(CALL_MS),
    }).catch((cause: unknown) => {
      throw new AppError('vendor_unavailable', 'Slack does not answer. Begin again in a moment.', {
        status: 503,
        retryable: true,
        cause,
      });
    });
    const parsed = granted.safeParse(await response.json().catch(() => undefined));
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
