import { AppError } from '../base/app-error.ts';
import type { Keyring } from './keyring.ts';
import type { SealedStore } from './sealed-store.ts';
import { keyIdOf } from './vault.ts';

/** Throws AppError `unknown_key` when something stored was sealed with a key that the ring does not hold. Opens nothing. */
export const requireKeys = async (store: Pick<SealedStore, 'headers'>, { keys }: Keyring): Promise<void> => {
  const missing = new Map<string, number>();
  for (const header of await store.headers()) {
    const kid = keyIdOf(header);
    // What is no seal at all says so where it is used.
    if (kid !== null && !keys.has(kid)) missing.set(kid, (missing.get(kid) ?? 0) + 1);
  }
  if (missing.size === 0) return;
  const told = [...missing].map(([kid, values]) => `${kid} (${values})`).join(', ');
  throw new AppError(
    'unknown_key',
    `Stored secrets are sealed with keys that FAIRLEAD_KEYS does not hold: ${told}. Add each behind the first key, as kid:base64key, and start again; once npm run -s fairlead -- reseal has sealed everything anew it can go. Where a key is lost, npm run -s fairlead -- reseal --forget gives up what it sealed, and those accounts are connected again.`,
  );
};
