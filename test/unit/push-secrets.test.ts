import { expect, test } from 'vitest';
import { readKeyring } from '../../server/installs/keyring.ts';
import { createPushSecrets } from '../../server/installs/push-secrets.ts';

const bytes = (byte: number) => new Uint8Array(32).fill(byte);
const ring = (...entries: readonly [id: string, byte: number][]) =>
  readKeyring(entries.map(([id, byte]) => `${id}:${Buffer.from(bytes(byte)).toString('base64')}`).join());

test('a push secret is one connection’s own, and outlives every key', () => {
  const before = createPushSecrets(bytes(9), ring(['a', 1]));
  const after = createPushSecrets(bytes(9), ring(['b', 2]));
  const secret = before.of('con_1');
  expect(secret).toMatch(/^[\w-]{43}$/);
  expect(before.holds('con_1', secret)).toBe(true);
  expect(before.holds('con_2', secret)).toBe(false);
  expect(before.holds('con_1', '')).toBe(false);
  expect(after.of('con_1')).toBe(secret);
  expect(after.holds('con_1', secret)).toBe(true);
});

test('one that was derived from a key, before there was a root, holds until the key leaves the ring', () => {
  const earlier = createPushSecrets(bytes(1), ring(['a', 1])).of('con_1');
  const rotated = createPushSecrets(bytes(9), ring(['b', 2], ['a', 1]));
  expect(rotated.holds('con_1', earlier)).toBe(true);
  expect(rotated.of('con_1')).not.toBe(earlier);
  expect(createPushSecrets(bytes(9), ring(['b', 2])).holds('con_1', earlier)).toBe(false);
});

test('a key named twice is refused', () => {
  expect(() => ring(['a', 1], ['a', 2])).toThrow('names the key a twice');
});
