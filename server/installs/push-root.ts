import { randomBytes } from 'node:crypto';
import { AppError } from '../base/app-error.ts';
import { type SealedStore, type SealedValue, secretContext } from './sealed-store.ts';
import type { Vault } from './vault.ts';

const NAME = 'push';
const CONTEXT = secretContext(NAME);

const at = (sealed: string): SealedValue => ({
  place: 'sealed_secret',
  key: NAME,
  context: CONTEXT,
  sealed,
});

/** What push secrets are derived from: made once for all processes, and the same whichever keys seal it. 32 bytes. */
export const readPushRoot = async (store: SealedStore, vault: Vault): Promise<Uint8Array> => {
  const fresh = () => vault.seal(CONTEXT, randomBytes(32).toString('base64'));
  if ((await store.secret(NAME)) === null) await store.putSecret(NAME, await fresh());
  const sealed = (await store.secret(NAME)) ?? '';
  const text = await vault.open(CONTEXT, sealed).catch(async (error: unknown) => {
    if (!(error instanceof AppError)) throw error;
    // Its key is another one under the same name. Vendors are told the new secrets when their registrations are looked at.
    await store.drop(at(sealed));
    return null;
  });
  if (text !== null && vault.needsReseal(sealed))
    await store.replace(at(sealed), await vault.seal(CONTEXT, text));
  return text === null ? readPushRoot(store, vault) : new Uint8Array(Buffer.from(text, 'base64'));
};
