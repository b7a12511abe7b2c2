import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Keyring } from './keyring.ts';

/**
 * Secrets that vendors who sign nothing send along with what they push, one per connection. Derived from a root that
 * outlives the keys it is sealed with, so that a key can go and pushes still come. Before there was a root they were
 * derived from the keys themselves: while a key stands in the ring, its secrets hold.
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

export const createPushSecrets = (root: Uint8Array, { keys }: Keyring): PushSecrets => ({
  of: (connectionId) => secretBy(root, connectionId),
  holds: (connectionId, secret) =>
    [root, ...keys.values()].some((key) => equal(secretBy(key, connectionId), secret)),
});
