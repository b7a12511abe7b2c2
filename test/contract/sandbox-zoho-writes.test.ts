import { describe, expect, test } from 'vitest';
import { openSandboxZoho, sandboxZohoForAllTests } from '../support/sandbox-zoho-org.ts';

const world = sandboxZohoForAllTests();

describe('writes', () => {
  const put = (data: unknown, more: object = {}) => world().call('PUT', '/crm/v8/Leads', { data, ...more });

  test('each row has its own verdict: all 200, some 207, none 202', async () => {
    const [good, converted] = [world().lead(), world().lead({ Company: 'Acme' })];
    world().zoho.convert({ id: converted });
    const owner = { Owner: { id: world().idOf('ben@example.com') } };
    const all = await put([{ id: good, ...owner }]);
    expect([all.status, all.reply.data[0].code]).toEqual([200, 'SUCCESS']);
    const some = await put([
      { id: good, Last_Name: 'Byron' },
      { id: converted, ...owner },
      { id: '6756839000000999999', ...owner },
      { id: good, Owner: { id: world().idOf('gone@example.com') } },
      { id: good, No_of_Employees: '12' },
      owner,
    ]);
    expect(some.status).toBe(207);
    expect(some.reply.data.map(({ code }: { code: string }) => code)).toEqual([
      'SUCCESS',
      'CONVERTED_RECORD',
      'INVALID_DATA',
      'INVALID_DATA',
      'INVALID_DATA',
      'MANDATORY_NOT_FOUND',
    ]);
    expect(some.reply.data[2].details).toEqual({ api_name: 'id', json_path: '$.data[2].id' });
    expect((await put([{ id: '6756839000000999999' }])).status).toBe(202);
    const many = await put(Array.from({ length: 101 }, () => ({ id: good })));
    expect([many.status, many.reply.code]).toEqual([400, 'LIMIT_EXCEEDED']);
  });

  test('an id sent as a number is not that record', async () => {
    const id = world().lead();
    const { reply } = await put([{ id: Number(id), Last_Name: 'Lost' }]);
    expect(reply.data[0]).toMatchObject({ code: 'INVALID_DATA' });
  });

  test('an upsert finds by the fields named, in order', async () => {
    const upsert = async (row: object, duplicate_check_fields: readonly string[]) =>
      (
        await world().call('POST', '/crm/v8/Leads/upsert', {
          data: [row],
          duplicate_check_fields,
          trigger: [],
        })
      ).reply.data[0];
    const first = await upsert({ Last_Name: 'A', Email: 'up@b.co', Fairlead_Key: 'k1' }, ['Fairlead_Key']);
    expect(first.action).toBe('insert');
    const second = await upsert({ Last_Name: 'B', Email: 'up@b.co', Fairlead_Key: 'k1' }, ['Fairlead_Key']);
    expect(second).toMatchObject({
      action: 'update',
      duplicate_field: 'Fairlead_Key',
      details: { id: first.details.id },
    });
    expect(await upsert({ Last_Name: 'C', Fairlead_Key: 'k1', Email: 'z@b.co' }, ['Email'])).toMatchObject({
      code: 'DUPLICATE_DATA',
      details: { duplicate_record: { id: first.details.id } },
    });
  });

  test('the org’s rule gives a new lead to its own choice unless no workflow may run; a threshold refuses', async () => {
    const own = await openSandboxZoho();
    const [anna, ben] = [own.idOf('anna@example.com'), own.idOf('ben@example.com')];
    own.zoho.setAutomation({ assignmentRule: { name: 'To Ben', entries: [{ ownerId: ben }] } });
    const insert = async (more: object) => {
      const { reply } = await own.call('POST', '/crm/v8/Leads', {
        data: [{ Last_Name: 'X', Owner: { id: anna } }],
        ...more,
      });
      return (own.zoho.record({ id: reply.data[0].details.id }).Owner as { id: string }).id;
    };
    expect(await insert({})).toBe(ben);
    expect(await insert({ trigger: [] })).toBe(anna);
    own.zoho.setAutomation({ assignmentRule: null, threshold: { most: 1 } });
    const { reply } = await own.call('PUT', '/crm/v8/Leads', {
      data: [{ id: own.lead(), Owner: { id: ben } }],
      trigger: [],
    });
    expect(reply.data[0]).toMatchObject({ code: 'LIMIT_REACHED', details: { api_name: 'Owner' } });
    await own.close();
  });

  test('a job converts up to fifty, later, and tells how many', async () => {
    const own = await openSandboxZoho();
    const ids = [own.lead({ Company: 'A' }), own.lead({ Company: 'B' })];
    own.zoho.convert({ id: ids[1]! });
    const asked = { ids, assign_to: { id: own.idOf('ben@example.com') } };
    const { reply } = await own.call('POST', '/crm/v8/Leads/actions/mass_convert', asked);
    const job = () => own.call('GET', `/crm/v8/Leads/actions/mass_convert?job_id=${reply.details.job_id}`);
    expect((await job()).reply.data).toEqual([{ Status: 'SCHEDULED' }]);
    own.scheduler.advance(1_000);
    expect((await job()).reply.data).toMatchObject([
      { Status: 'COMPLETED', Total_Count: 2, Converted_Count: 1, Not_Converted_Count: 1 },
    ]);
    const tooMany = { ...asked, ids: Array.from({ length: 51 }, () => ids[0]) };
    expect((await own.call('POST', '/crm/v8/Leads/actions/mass_convert', tooMany)).status).toBe(400);
    await own.close();
  });
});
