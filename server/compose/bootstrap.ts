import type { NewId } from '../base/ids.ts';
import type { Config } from '../config.ts';
import type { ApiKeys } from '../storage/directory/api-keys.ts';
import type { Tenants } from '../storage/directory/tenants.ts';

/**
 * Makes the first tenant where the database has none, and finds it again by its key afterwards. Returns the tenant a
 * browser on this machine belongs to: the key's, or null when no key is set.
 */
export const bootstrap = async (
  { bootstrap: wanted }: Pick<Config, 'bootstrap'>,
  {
    tenants,
    apiKeys,
    newId,
  }: { readonly tenants: Tenants; readonly apiKeys: ApiKeys; readonly newId: NewId },
): Promise<string | null> => {
  if (!wanted) return null;
  const holder = await apiKeys.find(wanted.apiKey);
  if (holder) return holder.tenantId;
  if ((await tenants.list()).length > 0) return null;
  const id = newId('ten');
  await tenants.create({ id, name: wanted.tenantName });
  await apiKeys.add({ tenantId: id, name: 'bootstrap' }, wanted.apiKey);
  return id;
};
