import { describe, expect, test } from 'vitest';
import type { NewRecord } from '../../server/crm/connector.ts';
import { decisionView } from '../support/hubspot-portal.ts';
import { openPipedriveCompany, type TestCompany } from '../support/pipedrive-company.ts';
import { sandboxForAllTests } from '../support/sandbox-for-all-tests.ts';

const sandbox = sandboxForAllTests();

const soon = () => Date.now() + 20_000;

describe('leads that enter from elsewhere', () => {
  const newRecord = (company: TestCompany, changes: Partial<NewRecord> = {}) => ({
    key: 'fl_key_1',
    person: {
      name: 'Grace Hopper',
      company: 'Yard',
      email: 'grace@example.com',
      phone: null,
      source: null,
      message: null,
      url: null,
    },
    values: { 'organization.employee_count': '40', 'organization.address.country': 'Estonia' },
    ownerId: company.owner('1'),
    decision: decisionView('dec_1'),
    mayExist: false,
    ...changes,
  });

  test('a lead is made with its person, its organisation and its owner, and found by its e-mail', async () => {
    const company = openPipedriveCompany(sandbox());
    const { connection } = company;
    const entry = company.connector.entry!;
    const people = [
      { email: 'GRACE@example.com', phone: null },
      { email: 'nobody@example.com', phone: null },
    ];
    expect(await entry.find(connection, people)).toEqual([null, null]);
    const [entered] = await entry.create(connection, [newRecord(company)], soon());
    expect(entered).toMatchObject({ kind: 'entered', existed: false, ref: { objectType: 'lead' } });
    expect(company.rows('lead')).toMatchObject([
      { origin_id: 'fl_key_1', owner_id: Number(company.owner('1')), title: 'Grace Hopper, Yard' },
    ]);
    expect(company.rows('organization')).toMatchObject([
      { name: 'Yard', employee_count: 40, address: { country: 'Estonia' } },
    ]);
    const [found, none] = await entry.find(connection, people);
    expect(found?.recordId).toBe(company.rows('lead')[0]?.id);
    expect(none).toBeNull();
  });

  test.each(['/persons', '/organizations', '/v1/leads'])(
    'a reply of POST %s that never came leaves no twin',
    async (path) => {
      const company = openPipedriveCompany(sandbox());
      const entry = company.connector.entry!;
      sandbox().pipedrive.setFaults([{ kind: 'reset', method: 'POST', path, times: 1 }]);
      const [first] = await entry.create(company.connection, [newRecord(company)], soon());
      expect(first).toMatchObject({ kind: 'failed', result: { outcome: 'retry' } });
      const again = { ...newRecord(company), mayExist: true };
      const [second] = await entry.create(company.connection, [again], soon());
      expect(second).toMatchObject({ kind: 'entered' });
      expect(company.rows('lead')).toHaveLength(1);
      expect(company.rows('person')).toHaveLength(1);
      expect(company.rows('organization')).toHaveLength(1);
    },
  );

  test('an unknown outcome is asked for by the key before a second try', async () => {
    const company = openPipedriveCompany(sandbox());
    const entry = company.connector.entry!;
    const record = newRecord(company, { person: { ...newRecord(company).person, email: null } });
    sandbox().pipedrive.setFaults([{ kind: 'reset', method: 'POST', path: '/v1/leads', times: 1 }]);
    await entry.create(company.connection, [record], soon());
    const [entered] = await entry.create(company.connection, [{ ...record, mayExist: true }], soon());
    expect(entered).toMatchObject({ kind: 'entered', existed: true });
    expect(company.rows('lead')).toHaveLength(1);
    expect(company.rows('person')).toHaveLength(1);
  });

  test('only what is empty is filled', async () => {
    const company = openPipedriveCompany(sandbox());
    const id = company.lead({ organization: { name: 'Yard', employee_count: 7 } });
    const values = {
      'organization.employee_count': '40',
      'organization.website': 'yard.example',
      'person.job_title': 'Captain',
    };
    expect(await company.connector.entry!.fill(company.connection, company.ref(id), values, soon())).toEqual({
      outcome: 'done',
    });
    expect(company.rows('organization')[0]).toMatchObject({ employee_count: 7, website: 'yard.example' });
    expect(company.rows('person')[0]).toMatchObject({ job_title: 'Captain' });
  });

  test('a lead becomes a deal with its owner, once', async () => {
    const company = openPipedriveCompany(sandbox());
    const id = company.lead();
    const convert = () =>
      company.connector.entry!.convert!(
        company.connection,
        [{ ref: company.ref(id), ownerId: company.owner('2') }],
        soon(),
      );
    expect(await convert()).toEqual([{ outcome: 'done' }]);
    expect(await convert()).toEqual([{ outcome: 'done' }]);
    expect(company.rows('deal')).toMatchObject([
      { source_lead_id: id, owner_id: Number(company.owner('2')) },
    ]);
    // Tried again after somebody gave the deal away: theirs is the say.
    const [deal] = company.rows('deal');
    const [domain, owner_id] = [company.domain, Number(company.owner('3'))];
    company.pipedrive.update({ domain, objectType: 'deal', id: deal!.id, values: { owner_id } });
    expect(await convert()).toEqual([{ outcome: 'done' }]);
    expect(company.rows('deal')).toMatchObject([{ owner_id }]);
  });
});
