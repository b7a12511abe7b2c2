import { SignJWT } from 'jose';
import { request } from 'undici';
import type { AppRegistration } from './oauth/create-oauth.ts';

/** Pipedrive gives up on a panel after so long. Milliseconds. */
const PANEL_MS = 10_000;

/** What Pipedrive asks an app's JSON panel. */
export interface PanelAsk {
  readonly resource: 'deal' | 'person' | 'organization';
  readonly companyId: number;
  readonly userId: number;
  readonly selectedIds: string;
  /** The person who looks has not installed the app. */
  readonly isShared: boolean;
}

/** Asks the app's panel as Pipedrive does: with a token signed with the app's secret. */
export const askPanel = async (url: string, app: AppRegistration, ask: PanelAsk, now: number) => {
  const seconds = Math.floor(now / 1000);
  const token = await new SignJWT({ userId: ask.userId, companyId: ask.companyId })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + 300)
    .sign(new TextEncoder().encode(app.clientSecret));
  const query = new URLSearchParams({
    resource: ask.resource,
    view: 'details',
    userId: String(ask.userId),
    companyId: String(ask.companyId),
    selectedIds: ask.selectedIds,
    isShared: String(ask.isShared),
    token,
  });
  const reply = await request(`${url}?${query}`, { signal: AbortSignal.timeout(PANEL_MS) });
  return { status: reply.statusCode, body: (await reply.body.json()) as unknown };
};
