import { describe, expect, test } from 'vitest';
import { openSandboxZoho, sandboxZohoForAllTests } from '../support/sandbox-zoho-org.ts';

const world = sandboxZohoForAllTests();

describe('limits and refusals', () => {
  test('a foreign, an expired and a narrow token are told apart', async () => {
    const own = await openSandboxZoho({}, ['ZohoCRM.modules.leads.READ']);
    const code = async (method: string, path: string, body?: unknown) =>
      (await own.call(method, path, body)).reply?.code;
    expect(await code('GET', '/crm/v8/Leads?fields=id')).toBeUndefined();
    expect(await code('PUT', '/crm/v8/Leads', { data: [{ id: '1' }] })).toBe('OAUTH_SCOPE_MISMATCH');
    expect(await code('GET', '/crm/v8/users')).toBe('OAUTH_SCOPE_MISMATCH');
    own.scheduler.advance(3_600_000);
    const late = await own.call('GET', '/crm/v8/Leads?fields=id');
    expect([late.status, late.reply]).toEqual([
      401,
      { code: 'INVALID_TOKEN', details: {}, message: 'invalid oauth token', status: 'error' },
    ]);
    await own.close();
  });

  test('credits by what a call costs; what is left is told from the half on; a refused call costs nothing', async () => {
    const own = await openSandboxZoho();
    own.zoho.limits().set({ credits: 6 });
    const list = () => own.call('GET', '/crm/v8/Leads?fields=id');
    const left = async () => (await list()).headers.get('x-api-credits-remaining');
    expect([await left(), await left(), await left()]).toEqual([null, null, '3']);
    const rows = Array.from({ length: 21 }, () => ({ Last_Name: 'X' }));
    expect(
      (await own.call('POST', '/crm/v8/Leads', { data: rows })).headers.get('x-api-credits-remaining'),
    ).toBe('0');
    const refused = await list();
    expect([refused.status, refused.reply.code, refused.headers.get('retry-after')]).toEqual([
      429,
      'TOO_MANY_REQUESTS',
      null,
    ]);
    own.scheduler.advance(25 * 3_600_000);
    expect(own.zoho.limits().usage().used).toBe(0);
    await own.close();
  });

  test('so many calls at once by edition, heavy ones ten on all', async () => {
    const { zoho } = world();
    zoho.limits().set({ concurrent: 2, subConcurrent: 1 });
    const enter = (heavy: boolean) => zoho.limits().enter({ credits: 1, heavy });
    const leave = enter(true);
    expect(() => enter(true)).toThrow('sub-concurrency');
    const other = enter(false);
    expect(() => enter(false)).toThrow('concurrency limit exceeded');
    leave();
    other();
    zoho.limits().set({ concurrent: 20, subConcurrent: 10 });
  });
});
