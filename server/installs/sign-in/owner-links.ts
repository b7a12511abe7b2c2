import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Keyring } from '../keyring.ts';

/** `first`: for as long as nobody can sign in. `owner`: at any time, for who runs the service. */
export type OwnerLinkKind = 'first' | 'owner';

export interface OwnerLink {
  readonly kind: OwnerLinkKind;
  /** null: the only workspace there is. */
  readonly tenantId: string | null;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

const PREFIX = 'fo_';
const content = z.tuple([z.enum(['first', 'owner']), z.string().nullable(), z.int(), z.string()]);

const keyOf = ({ keys }: Keyring, kid: string): Buffer | null => {
  const key = keys.get(kid);
  return key === undefined ? null : createHmac('sha256', key).update('fairlead owner link').digest();
};

const proofOf = (key: Buffer, text: string): string =>
  createHmac('sha256', key).update(text).digest('base64url');

/**
 * A token that makes its holder an owner, proven by a key of the ring: whoever has the keys runs the service. So the
 * command line makes one with the settings alone, beside a running service and without its database.
 */
export const makeOwnerLink = (
  keyring: Keyring,
  { kind, tenantId, expiresAt }: OwnerLink,
  once: string = randomBytes(12).toString('base64url'),
): string => {
  const said = JSON.stringify([kind, tenantId, expiresAt, once] satisfies z.input<typeof content>);
  const text = `${Buffer.from(said).toString('base64url')}.${Buffer.from(keyring.active).toString('base64url')}`;
  return `${PREFIX}${text}.${proofOf(keyOf(keyring, keyring.active)!, text)}`;
};

/** What a token says, where it is one of ours and not over; null otherwise. `now` in epoch milliseconds. */
export const readOwnerLink = (keyring: Keyring, token: string, now: number): OwnerLink | null => {
  const [said, kid, proof, ...more] = token.replace(PREFIX, '').split('.');
  if (!token.startsWith(PREFIX) || !said || !kid || !proof || more.length > 0) return null;
  const key = keyOf(keyring, Buffer.from(kid, 'base64url').toString());
  if (key === null) return null;
  // As text, not as bytes: the same bytes can be written otherwise, and what was used is known by its text.
  const wanted = Buffer.from(proofOf(key, `${said}.${kid}`));
  const given = Buffer.from(proof);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return null;
  const [kind, tenantId, expiresAt] = content.parse(JSON.parse(Buffer.from(said, 'base64url').toString()));
  return expiresAt > now ? { kind, tenantId, expiresAt } : null;
};

/** Where a token is redeemed. After the `#`: no server and no log sees it. */
export const ownerLinkUrl = (origin: string, token: string): string => `${origin}/sign-in/owner#${token}`;
