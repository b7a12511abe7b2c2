import type { Config } from '../config.ts';
import type { ApiKeys } from '../storage/directory/api-keys.ts';
import type { Tenants } from '../storage/directory/tenants.ts';

/**
 * Makes the first tenant where the database has none, and finds it again by its key afterwards. Returns the tenant a
 * browser on this machine belongs to: the key's, or null when no key is set.
 */
export const bootstrap = async (
  { bootstrap: wanted }: Pick<Config, 'bootstrap'>,
  { tenants, apiKeys }: { readonly tenants: Tenants; readonly apiKeys: ApiKeys },
): Promise<string | null> => {
  if (!wanted) return null;
  const holder = await apiKeys.find(wanted.apiKey);
  if (holder) return holder.tenantId;
  if ((await tenants.list()).length > 0) return null;
  await tenants.createFirst(wanted.tenantName, { name: 'bootstrap', key: wanted.apiKey });
  // Another process that starts at once may have made it, with its own key.
  return (await apiKeys.find(wanted.apiKey))?.tenantId ?? null;
};
