import { describe, expect, test } from 'vitest';
import { openSandboxZoho, START, sandboxZohoForAllTests } from '../support/sandbox-zoho-org.ts';
import { vendorSpecs } from '../support/vendor-specs.ts';
import { createZohoCheck } from '../support/zoho-specs.ts';

const world = sandboxZohoForAllTests();
const folder = vendorSpecs('zoho');
const check = folder === null ? () => [] : createZohoCheck(folder);

describe('reads', () => {
  const verified = async (method: string, path: string, headers: Record<string, string> = {}) => {
    const answer = await world().call(method, path, undefined, headers);
    const query = Object.fromEntries(new URL(path, 'http://x').searchParams);
    expect(
      check({
        method,
        path: answer.path,
        query,
        headers,
        body: undefined,
        status: answer.status,
        reply: answer.reply,
      }),
    ).toEqual([]);
    return answer;
  };

  test('a list demands its fields, at most fifty, and ids at most a hundred; nothing found is no body', async () => {
    const id = world().lead({ Email: 'a@b.co' });
    const { reply } = await verified('GET', `/crm/v8/Leads?ids=${id}&fields=Email,Owner`);
    expect(reply.data).toEqual([
      {
        id,
        Email: 'a@b.co',
        Owner: { id: world().idOf('anna@example.com'), name: 'Anna Rep', email: 'anna@example.com' },
      },
    ]);
    expect(id.length).toBe(19);
    expect((await verified('GET', `/crm/v8/Leads?ids=${id}`)).reply).toMatchObject({
      code: 'REQUIRED_PARAM_MISSING',
    });
    const fields = Array.from({ length: 51 }, (_, n) => `F${n}`).join(',');
    expect((await verified('GET', `/crm/v8/Leads?fields=${fields}`)).reply).toMatchObject({
      code: 'LIMIT_EXCEEDED',
    });
    const none = await verified('GET', '/crm/v8/Leads?ids=6756839000000999999&fields=id');
    expect([none.status, none.reply]).toEqual([204, null]);
  });

  test('converted leads are left out unless asked for; unchanged since is 304; the deleted have a list of their own', async () => {
    const own = await openSandboxZoho();
    const [converted, deleted] = [own.lead({ Company: 'Acme' }), own.lead()];
    own.scheduler.advance(60_000);
    own.zoho.convert({ id: converted });
    own.zoho.remove({ id: deleted });
    const at = (ms: number) => ({ 'if-modified-since': new Date(START + ms).toISOString() });
    const list = (path: string, headers = {}) => own.call('GET', path, undefined, headers);
    expect((await list('/crm/v8/Leads?fields=id')).status).toBe(204);
    expect((await list('/crm/v8/Leads?fields=id,Converted__s&converted=both')).reply.data).toEqual([
      { id: converted, Converted__s: true },
    ]);
    expect((await list('/crm/v8/Leads?fields=id&converted=both', at(61_000))).status).toBe(304);
    expect((await list('/crm/v8/Leads/deleted', at(0))).reply.data).toMatchObject([
      { id: deleted, type: 'recycle' },
    ]);
    expect((await list('/crm/v8/Leads/deleted', at(61_000))).status).toBe(304);
    await own.close();
  });

  test('pages reach two thousand rows; a token goes on', async () => {
    const own = await openSandboxZoho();
    for (let n = 0; n < 2_050; n++) own.lead();
    const page = (place: string) => own.call('GET', `/crm/v8/Leads?fields=id&per_page=200&${place}`);
    const tenth = await page('page=10');
    expect(tenth.reply.info).toMatchObject({ more_records: true, count: 200 });
    expect((await page('page=11')).reply).toMatchObject({ code: 'LIMIT_EXCEEDED' });
    const rest = await page(`page_token=${tenth.reply.info.next_page_token}`);
    expect(rest.reply.data).toHaveLength(50);
    await own.close();
  });

  test('users by kind, with what only some have', async () => {
    const emails = async (type: string) =>
      (await verified('GET', `/crm/v8/users?type=${type}`)).reply.users.map(
        ({ email }: { email: string }) => email,
      );
    expect(await emails('ActiveConfirmedUsers')).toEqual(['anna@example.com', 'ben@example.com']);
    expect(await emails('DeactiveUsers')).toEqual(['gone@example.com']);
    expect(await emails('NotConfirmedUsers')).toEqual(['new@example.com']);
    expect(await emails('CurrentUser')).toEqual(['anna@example.com']);
    expect((await verified('GET', '/crm/v8/settings/users_unavailability')).status).toBe(204);
  });

  test('a query without a condition, with a third criterion unbracketed, of unknown columns or ill-typed is refused', async () => {
    const query = async (select_query: string) => {
      const answer = await world().call('POST', '/crm/v8/coql', { select_query });
      return answer.reply?.code ?? answer.status;
    };
    expect(await query('select id from Leads')).toBe('SYNTAX_ERROR');
    expect(await query("select id from Leads where Email = 'x' and Phone = 'y' or City = 'z'")).toBe(
      'SYNTAX_ERROR',
    );
    expect(await query("select id from Leads where ((Email = 'x' and Phone = 'y') or City = 'z')")).toBe(204);
    expect(await query('select Shoe_Size from Leads where id is not null')).toBe('INVALID_QUERY');
    expect(await query("select id from Leads where No_of_Employees = 'many'")).toBe('INVALID_QUERY');
    expect(await query('select id from Leads where id is not null limit 0, 2001')).toBe('LIMIT_EXCEEDED');
    expect(await query("select id from Leads where Last_Name = 'O\\'Neil'")).toBe(204);
  });
});
