import { randomBytes } from 'node:crypto';
import { CompactEncrypt } from 'jose';
import { describe, expect, test } from 'vitest';
import { readKeyring } from '../../server/installs/keyring.ts';
import { createVault } from '../../server/installs/vault.ts';

const newKey = (): string => randomBytes(32).toString('base64');
const place = { tenantId: 'ten_a', connectionId: 'con_a', field: 'tokens' };

describe('the vault', () => {
  test('opens what it sealed, in its own place only', async () => {
    const vault = createVault(readKeyring(`a:${newKey()}`));
    const sealed = await vault.seal(place, 'secret ✓');
    expect(sealed).not.toContain('secret');
    expect(await vault.open(place, sealed)).toBe('secret ✓');
    for (const other of [{ tenantId: 'ten_b' }, { connectionId: 'con_b' }, { field: 'other' }]) {
      await expect(vault.open({ ...place, ...other }, sealed)).rejects.toMatchObject({
        code: 'sealed_elsewhere',
      });
    }
  });

  test('seals the same text differently each time', async () => {
    const vault = createVault(readKeyring(`a:${newKey()}`));
    expect(await vault.seal(place, 'secret')).not.toBe(await vault.seal(place, 'secret'));
  });

  test('opens with an older key and says that it should be sealed anew', async () => {
    const [old, fresh] = [newKey(), newKey()];
    const sealed = await createVault(readKeyring(`old:${old}`)).seal(place, 'secret');
    const rotated = createVault(readKeyring(`new:${fresh},old:${old}`));
    expect(await rotated.open(place, sealed)).toBe('secret');
    expect(rotated.needsReseal(sealed)).toBe(true);
    expect(rotated.needsReseal(await rotated.seal(place, 'secret'))).toBe(false);
    const without = createVault(readKeyring(`new:${fresh}`));
    await expect(without.open(place, sealed)).rejects.toMatchObject({ code: 'unknown_key' });
  });

  test('a changed seal, or another key of the same name, does not open', async () => {
    const vault = createVault(readKeyring(`a:${newKey()}`));
    const sealed = await vault.seal(place, 'secret');
    const parts = sealed.split('.');
    parts[3] = Buffer.from('changed').toString('base64url');
    await expect(vault.open(place, parts.join('.'))).rejects.toMatchObject({ code: 'seal_broken' });
    await expect(vault.open(place, 'nonsense')).rejects.toMatchObject({ code: 'seal_broken' });
    const impostor = createVault(readKeyring(`a:${newKey()}`));
    await expect(impostor.open(place, sealed)).rejects.toMatchObject({ code: 'seal_broken' });
  });

  test('a seal cannot choose a weaker algorithm', async () => {
    const key = newKey();
    const weaker = await new CompactEncrypt(new TextEncoder().encode('secret'))
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: 'a', ctx: 'ten_a|con_a|tokens' })
      .encrypt(Buffer.from(key, 'base64'));
    await expect(createVault(readKeyring(`a:${key}`)).open(place, weaker)).rejects.toMatchObject({
      code: 'seal_broken',
    });
  });

  test('keys of the wrong size are refused with the way to make one', () => {
    expect(() => readKeyring('a:c2hvcnQ=')).toThrow('openssl rand -base64 32');
    expect(() => readKeyring('nokey')).toThrow('kid:base64key');
  });
});
