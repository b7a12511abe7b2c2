import { z } from 'zod';
import type { RefreshReply, TokenRefresher } from '../server/assignments/ports.ts';
import { noAnswer, oauthAccess, type SlackApp } from './oauth-access.ts';

const granted = z.object({
  ok: z.literal(true),
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: z.number().positive(),
});
const refused = z.object({ ok: z.literal(false), error: z.string() });

/** Errors after which only installing again helps. */
const ENDED = new Set(['invalid_refresh_token', 'token_revoked', 'account_inactive', 'invalid_auth']);

/** Rotates the token of a workspace: each refresh token serves once. Everything but a token that ended is retryable. */
export const createSlackRefresher = (app: SlackApp): TokenRefresher => ({
  vendor: 'slack',
  refresh: async (refreshToken): Promise<RefreshReply> => {
    const asked = { grant_type: 'refresh_token', refresh_token: refreshToken ?? '' };
    const body = await oauthAccess(app, asked);
    const given = granted.safeParse(body);
    if (given.success) {
      const { access_token, refresh_token, expires_in } = given.data;
      return {
        ok: true,
        accessToken: access_token,
        refreshToken: refresh_token,
        expiresInMs: expires_in * 1000,
      };
    }
    const error = refused.safeParse(body).data?.error;
    if (error !== undefined && ENDED.has(error)) return { ok: false, code: 'invalid_grant' };
    throw noAnswer(error);
  },
});
