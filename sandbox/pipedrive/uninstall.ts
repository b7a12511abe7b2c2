import { request } from 'undici';
import type { Account } from './account.ts';
import type { AppRegistration } from './oauth/create-oauth.ts';

/** An uninstalled user's registrations go with the app. */
export const dropWebhooks = (account: Account, userId: number): void => {
  for (const [id, { view }] of account.webhooks)
    if (view.type === 'application' && view.owner_id === userId) account.webhooks.delete(id);
};

/** Tells the app that a user removed it: DELETE on its OAuth callback. What it answers is ignored; null: it cannot be reached. */
export const tellUninstalled = async (
  callbackUrl: string,
  app: AppRegistration,
  whose: { readonly companyId: number; readonly userId: number; readonly at: number },
): Promise<number | null> => {
  const basic = Buffer.from(`${app.clientId}:${app.clientSecret}`).toString('base64');
  try {
    const reply = await request(callbackUrl, {
      method: 'DELETE',
      headers: { 'content-type': 'application/json', authorization: `Basic ${basic}` },
      body: JSON.stringify({
        client_id: app.clientId,
        company_id: whose.companyId,
        user_id: whose.userId,
        timestamp: new Date(whose.at).toISOString(),
      }),
    });
    await reply.body.dump();
    return reply.statusCode;
  } catch {
    return null;
  }
};
