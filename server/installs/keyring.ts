import { AppError } from '../base/app-error.ts';

/** Keys that seal, by id. The first one seals; all of them open. */
export interface Keyring {
  readonly active: string;
  readonly keys: ReadonlyMap<string, Uint8Array>;
}

const BYTES = 32;

const readKey = (entry: string): readonly [string, Uint8Array] => {
  const [id, text] = entry.trim().split(':');
  const key = new Uint8Array(Buffer.from(text ?? '', 'base64'));
  if (id === undefined || id === '' || key.length !== BYTES) {
    throw new AppError(
      'invalid_keys',
      `FAIRLEAD_KEYS must be kid:base64key[,kid:base64key…] with keys of ${BYTES} bytes; make one with: openssl rand -base64 ${BYTES}`,
    );
  }
  return [id, key];
};

/** Reads `kid:base64[,kid:base64…]`. To replace a key put the new one in front and keep the old one until all is resealed. */
export const readKeyring = (text: string): Keyring => {
  const entries = text.split(',').map(readKey);
  const [twice] = entries.map(([id]) => id).filter((id, index, ids) => ids.indexOf(id) !== index);
  if (twice !== undefined)
    throw new AppError('invalid_keys', `FAIRLEAD_KEYS names the key ${twice} twice: give each its own name.`);
  return { active: entries[0]![0], keys: new Map(entries) };
};
