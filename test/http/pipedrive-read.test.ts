import { describe, expect, test } from 'vitest';
import { gatherReads } from '../../server/crm/gather-reads.ts';
import { openPipedriveCompany, type TestCompany } from '../support/pipedrive-company.ts';
import { sandboxForAllTests } from '../support/sandbox-for-all-tests.ts';

const sandbox = sandboxForAllTests();

const SOURCES = {
  country: 'organization.address.country',
  employees: 'organization.employee_count',
  amount: 'lead.value',
};

const readerOf = (company: TestCompany) =>
  gatherReads({ readers: [company.connector.reader], connection: async () => company.connection });

describe('reading records through', () => {
  test('a lead with its person and its organisation, for four tokens', async () => {
    const company = openPipedriveCompany(sandbox());
    const id = company.lead({
      value: { amount: 500, currency: 'EUR' },
      person: {
        name: 'Ada Lovelace',
        emails: [{ value: 'old@example.com' }, { value: 'ada@example.com', primary: true }],
        phones: [{ value: '+372 5551' }],
      },
      organization: { name: 'Engines', employee_count: 12, address: { country: 'Estonia' } },
    });
    expect(await readerOf(company).read(company.ref(id), SOURCES)).toEqual({
      ref: company.ref(id),
      raw: { country: 'Estonia', employees: '12', amount: '500' },
      person: {
        name: 'Ada Lovelace',
        company: 'Engines',
        email: 'ada@example.com',
        phone: '+372 5551',
        source: 'Manually created',
        message: null,
        url: `${company.connection.settings.apiDomain}/leads/inbox/${id}`,
      },
      ownerId: company.nobody,
      ownerSince: expect.any(Number),
      gone: null,
      alwaysOwned: true,
      open: true,
    });
    expect(sandbox().pipedrive.stats().tokens).toBe(4);
  });

  test('many leads: persons in one list, an organisation once and then from memory', async () => {
    const company = openPipedriveCompany(sandbox());
    const org = company.pipedrive.create({
      domain: company.domain,
      objectType: 'organization',
      values: { name: 'Yard' },
    });
    const ids = Array.from({ length: 30 }, () => company.lead({ organization_id: org.id }));
    const reader = readerOf(company);
    await reader.read(company.ref(ids[0]!), SOURCES);
    sandbox().pipedrive.resetStats();
    await Promise.all(ids.map((id) => reader.read(company.ref(id), SOURCES)));
    expect(sandbox().pipedrive.stats().byKind).toEqual({ 'GET v1/leads/{id}': 30, 'GET v2/persons': 1 });
  });

  test('archived, deleted, converted and unknown leads are told apart', async () => {
    const company = openPipedriveCompany(sandbox());
    const { domain, pipedrive } = company;
    const [archived, deleted, converted] = [company.lead(), company.lead(), company.lead()];
    pipedrive.update({ domain, id: archived, values: { is_archived: true } });
    pipedrive.remove({ domain, id: deleted });
    pipedrive.convert({ domain, id: converted });
    const reader = readerOf(company);
    const gone = await Promise.all(
      [archived, deleted, converted, '7f0a8b50-1b0e-4c5c-9d4c-0a5b5c5d5e5f'].map(
        async (id) => (await reader.read(company.ref(id), SOURCES)).gone,
      ),
    );
    expect(gone).toEqual(['archived', 'missing', 'converted', 'missing']);
  });

  test('deals and persons are records too', async () => {
    const company = openPipedriveCompany(sandbox());
    const id = company.lead();
    const person = String(company.record(id).person_id);
    const deal = company.pipedrive.convert({ domain: company.domain, id });
    const reader = readerOf(company);
    expect(await reader.read(company.ref(String(deal.id), 'deal'), { status: 'deal.status' })).toMatchObject({
      raw: { status: 'open' },
      person: { name: 'Ada Lovelace' },
      open: true,
    });
    expect(await reader.read(company.ref(person, 'person'), {})).toMatchObject({
      person: { name: 'Ada Lovelace' },
      ownerId: company.nobody,
    });
  });

  test.each(['503', 'truncated', 'reset', 'burst', 'daily_limit', 'blocked'] as const)(
    'a read that ends with %s may be tried again',
    async (kind) => {
      const company = openPipedriveCompany(sandbox());
      const id = company.lead();
      sandbox().pipedrive.setFaults([{ kind, path: '/leads/', times: 1 }]);
      await expect(readerOf(company).read(company.ref(id), SOURCES)).rejects.toMatchObject({
        retryable: true,
      });
    },
  );

  test('after a page of the content network nothing more is sent for a while', async () => {
    let at = Date.now();
    const company = openPipedriveCompany(sandbox(), { now: () => at });
    const id = company.lead();
    sandbox().pipedrive.setFaults([{ kind: 'blocked', times: 1 }]);
    const read = () => readerOf(company).read(company.ref(id), SOURCES);
    await expect(read()).rejects.toMatchObject({ code: 'crm_read_failed' });
    sandbox().pipedrive.resetStats();
    await expect(read()).rejects.toMatchObject({ code: 'rate_limited' });
    expect(sandbox().pipedrive.stats().apiCalls).toBe(0);
    at += 5 * 60_000 + 1;
    expect((await read()).gone).toBeNull();
  });

  test('a token that ended is renewed once; one that stays refused disconnects', async () => {
    const company = openPipedriveCompany(sandbox());
    const id = company.lead();
    sandbox().pipedrive.setFaults([{ kind: '401', times: 1 }]);
    expect((await readerOf(company).read(company.ref(id), SOURCES)).gone).toBeNull();
    sandbox().pipedrive.setFaults([{ kind: '401' }]);
    await expect(readerOf(company).read(company.ref(id), SOURCES)).rejects.toMatchObject({
      code: 'needs_reconnecting',
    });
  });
});
