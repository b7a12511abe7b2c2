import { expect, test } from 'vitest';
import { readKeyring } from '../../server/installs/keyring.ts';
import { createPushSecrets } from '../../server/installs/push-secrets.ts';

const key = (byte: number) => Buffer.alloc(32, byte).toString('base64');

test('a push secret is one connection’s own, and outlives a new key until the old one leaves the ring', () => {
  const before = createPushSecrets(readKeyring(`a:${key(1)}`));
  const rotated = createPushSecrets(readKeyring(`b:${key(2)},a:${key(1)}`));
  const after = createPushSecrets(readKeyring(`b:${key(2)}`));
  const secret = before.of('con_1');
  expect(secret).toMatch(/^[\w-]{43}$/);
  expect(before.holds('con_1', secret)).toBe(true);
  expect(before.holds('con_2', secret)).toBe(false);
  expect(before.holds('con_1', '')).toBe(false);
  expect(rotated.holds('con_1', secret)).toBe(true);
  expect(rotated.of('con_1')).not.toBe(secret);
  expect(after.holds('con_1', secret)).toBe(false);
});
