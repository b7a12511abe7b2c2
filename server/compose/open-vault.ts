import type { Config } from '../config.ts';
import { readKeyring } from '../installs/keyring.ts';
import { readPushRoot } from '../installs/push-root.ts';
import { createPushSecrets, type PushSecrets } from '../installs/push-secrets.ts';
import { requireKeys } from '../installs/require-keys.ts';
import type { SealedStore } from '../installs/sealed-store.ts';
import { createVault, type Vault } from '../installs/vault.ts';

/** The vault on the configured keys, once it is known that they open what is stored. Throws AppError `unknown_key`. */
export const openVault = async (
  { keys }: Pick<Config, 'keys'>,
  store: SealedStore,
): Promise<{ readonly vault: Vault; readonly pushSecrets: PushSecrets }> => {
  const keyring = readKeyring(keys);
  await requireKeys(store, keyring);
  const vault = createVault(keyring);
  return { vault, pushSecrets: createPushSecrets(await readPushRoot(store, vault), keyring) };
};
