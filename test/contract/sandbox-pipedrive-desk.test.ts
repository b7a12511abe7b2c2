import { expect, test } from 'vitest';
import { companyForAllTests } from '../support/sandbox-company.ts';

const { pipedrive, url, call, lead } = companyForAllTests();

test('the strings can be pulled over HTTP, and say which field is wrong', async () => {
  const control = async (method: string, path: string, body?: unknown) => {
    const reply = await fetch(`${url()}/control/pipedrive${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: reply.status, body: await reply.json() };
  };
  const made = await control('POST', '/records', { values: { title: 'By hand', person: { name: 'Ada' } } });
  expect(made.status).toBe(201);
  const { id } = made.body;
  await control('POST', '/owner', { id, ownerId: pipedrive().userId('anna@example.com') });
  const { body } = await control('GET', `/record?id=${id}`);
  expect(body.record.owner_id).toBe(pipedrive().userId('anna@example.com'));
  expect((await control('POST', '/convert', { id })).body.source_lead_id).toBe(id);
  const wrong = await control('POST', '/faults', { faults: [{ kind: 'earthquake' }] });
  expect(wrong).toMatchObject({ status: 400, body: { error: expect.stringContaining('faults.0.kind') } });
});

test('the desk shows leads with their person and organisation, and takes what people do', async () => {
  const page = async (path: string) => (await fetch(`${url()}/desk/pipedrive${path}`)).text();
  const { id } = lead({
    title: 'Engines <b>for</b> ships',
    organization: { name: 'Yard', employee_count: 4_000, address: { country: 'Estonia' } },
  });
  const list = await page('');
  expect(list).toContain('Yard');
  expect(list).not.toContain('<b>for</b>');
  const record = await page(`/${id}`);
  for (const shown of ['Ada', 'Yard', 'Estonia', 'Convert to a deal', 'Ada Admin'])
    expect(record).toContain(shown);
  await call('POST', '/v1/notes', {
    content: '<p>Ada is next.</p><p>Rule: Large. Pool: All.</p><p>Fairlead decision dec_7</p>',
    lead_id: id,
    pinned_to_lead_flag: 1,
  });
  expect(await page(`/${id}`)).toContain('dec_7');
});
