import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Keyring } from './keyring.ts';

/**
 * Secrets that vendors who sign nothing send along with what they push, one per connection. Derived from the keyring, so
 * that none is stored; a key that left the ring takes its secrets along, and the next `keepPush` registers new ones.
 */
export interface PushSecrets {
  /** 43 characters of the base64url alphabet. */
  readonly of: (connectionId: string) => string;
  readonly holds: (connectionId: string, secret: string) => boolean;
}

const secretBy = (key: Uint8Array, connectionId: string): string =>
  createHmac('sha256', key).update(`push|${connectionId}`).digest('base64url');

const equal = (one: string, other: string): boolean => {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
};

export const createPushSecrets = ({ active, keys }: Keyring): PushSecrets => ({
  of: (connectionId) => secretBy(keys.get(active)!, connectionId),
  holds: (connectionId, secret) =>
    [...keys.values()].some((key) => equal(secretBy(key, connectionId), secret)),
});
