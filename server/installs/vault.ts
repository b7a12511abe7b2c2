import { CompactEncrypt, compactDecrypt, decodeProtectedHeader } from 'jose';
import { AppError } from '../base/app-error.ts';
import type { Keyring } from './keyring.ts';

/** What a sealed value belongs to: it opens in no other place. */
export interface SealContext {
  readonly tenantId: string;
  readonly connectionId: string;
  readonly field: string;
}

/** Seals secrets before they are stored. A seal is a compact JWE: a fresh AES-256-GCM key, wrapped with a key of the ring. */
export interface Vault {
  readonly seal: (context: SealContext, text: string) => Promise<string>;
  /** Throws AppError `sealed_elsewhere` for another place's seal, `unknown_key` where the key is gone, `seal_broken` otherwise. */
  readonly open: (context: SealContext, sealed: string) => Promise<string>;
  /** Whether a seal was made with another key than the active one. */
  readonly needsReseal: (sealed: string) => boolean;
}

// Pinned on both ways: what a token says of itself chooses nothing.
const WRAP = 'A256KW';
const CIPHER = 'A256GCM';

const contextText = ({ tenantId, connectionId, field }: SealContext): string =>
  `${tenantId}|${connectionId}|${field}`;

const keyOf = ({ keys }: Keyring, kid: string | undefined): Uint8Array => {
  const key = kid === undefined ? undefined : keys.get(kid);
  if (key !== undefined) return key;
  throw new AppError(
    'unknown_key',
    `A stored token was sealed with the key ${kid ?? '(none)'}: add it to FAIRLEAD_KEYS, or connect the account again.`,
  );
};

const broken = (cause: unknown): AppError =>
  new AppError('seal_broken', 'A stored token cannot be opened. Connect the account again.', { cause });

/** The key that a seal, or the header of one, says it was made with; null: it is none. */
export const keyIdOf = (sealed: string): string | null => {
  const [header = ''] = sealed.split('.');
  try {
    return decodeProtectedHeader(`${header}....`).kid ?? null;
  } catch {
    return null;
  }
};

const kidOf = (sealed: string): string | undefined => {
  try {
    return decodeProtectedHeader(sealed).kid;
  } catch (error) {
    throw broken(error);
  }
};

/** A vault on a ring of keys. */
export const createVault = (keyring: Keyring): Vault => ({
  seal: (context, text) =>
    new CompactEncrypt(new TextEncoder().encode(text))
      .setProtectedHeader({ alg: WRAP, enc: CIPHER, kid: keyring.active, ctx: contextText(context) })
      .encrypt(keyOf(keyring, keyring.active)),
  open: async (context, sealed) => {
    const key = keyOf(keyring, kidOf(sealed));
    const { plaintext, protectedHeader } = await compactDecrypt(sealed, key, {
      keyManagementAlgorithms: [WRAP],
      contentEncryptionAlgorithms: [CIPHER],
    }).catch((error: unknown) => {
      throw broken(error);
    });
    if (protectedHeader.ctx !== contextText(context)) {
      throw new AppError(
        'sealed_elsewhere',
        'A stored token belongs to another connection. Connect the account again.',
      );
    }
    return new TextDecoder().decode(plaintext);
  },
  needsReseal: (sealed) => kidOf(sealed) !== keyring.active,
});
