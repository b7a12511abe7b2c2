import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { planWrite, type RecordWrite } from '../../server/crm/delivery/record-write.ts';
import { toLongId } from '../../server/crm/long-id.ts';
import { createAddresses } from '../../server/crm/salesforce/addresses.ts';
import { createBudget } from '../../server/crm/salesforce/budget.ts';
import { LOGIN_URL } from '../../server/crm/salesforce/facts.ts';
import { toFailure } from '../../server/crm/salesforce/failures.ts';
import { objectTypeOf } from '../../server/crm/salesforce/ids.ts';
import { quoted } from '../../server/crm/salesforce/query.ts';
import { snapshotFromPayload } from '../../server/crm/salesforce/snapshot-from-payload.ts';
import { toSnapshot } from '../../server/crm/salesforce/to-snapshot.ts';
import { decisionView } from '../support/hubspot-portal.ts';

describe('ids', () => {
  it.each([
    ['00QSb0000000001', '00QSb0000000001MAA'],
    ['00QSb0000000001MAA', '00QSb0000000001MAA'],
    // Some program lost the case; the suffix knows it.
    ['00qsb0000000001maa', '00QSb0000000001MAA'],
    ['001D000000IqhSL', '001D000000IqhSLIAZ'],
    ['00QSb000000001', null],
    ['00Q-b0000000001MAA', null],
    ['00QSb0000000001!AA', null],
    // The suffix says that a digit is upper case.
    ['000000000000000BAA', null],
  ])('%s is %s', (given, expected) => {
    expect(toLongId(given)).toBe(expected);
  });
  it('say the object by their first characters', () => {
    expect(['00QSb0000000001MAA', '003xx', '005xx'].map(objectTypeOf)).toEqual(['lead', 'contact', null]);
  });
});

describe('what a failure means', () => {
  const failed = (status: number, errorCode: string, message = 'x', fields: string[] = []) =>
    toFailure({ status, body: [{ errorCode, message, fields }] });
  it('a version that was retired is no record that is gone, and says what to do', () => {
    for (const retired of [failed(410, 'NOT_FOUND'), failed(404, 'UNSUPPORTED_API_VERSION')])
      expect(retired).toMatchObject({
        code: 'api_retired',
        remedy: expect.stringMatching(/update Fairlead/),
      });
  });
  it.each([
    [failed(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'), 'rate_limited', 900_000],
    [failed(403, 'REQUEST_LIMIT_EXCEEDED', 'ConcurrentRequests Limit exceeded.'), 'rate_limited', 5_000],
    [failed(400, 'UNABLE_TO_LOCK_ROW'), 'row_locked', null],
    [failed(503, 'SERVER_UNAVAILABLE'), 'vendor_unavailable', null],
    [toFailure({ status: 502, body: '<html>' }), 'vendor_unavailable', null],
  ])('%o is tried again', (failure, code, afterMs) => {
    expect(failure).toEqual({ kind: 'retry', code, afterMs });
  });
  it.each([
    [failed(404, 'ENTITY_IS_DELETED'), 'record_gone'],
    [failed(400, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id'), 'record_gone'],
    [failed(400, 'INVALID_CROSS_REFERENCE_KEY', 'Owner ID', ['OwnerId']), 'rejected'],
    [failed(400, 'INACTIVE_OWNER_OR_USER'), 'rejected'],
    [failed(403, 'INSUFFICIENT_ACCESS_OR_READONLY'), 'missing_scope'],
    [failed(400, 'FIELD_CUSTOM_VALIDATION_EXCEPTION', 'Not on Sundays'), 'rejected'],
  ])('%o is for a person to look at', (failure, code) => {
    expect(failure).toMatchObject({ kind: 'refused', code, remedy: expect.stringMatching(/\.$/) });
  });
});

describe('the org’s day', () => {
  const opened = () => {
    const clock = { at: 0, now: () => clock.at };
    return { clock, budget: createBudget(clock) };
  };
  it('leaves the rest to the customer’s other apps, and gives way in order', () => {
    const { budget } = opened();
    const may = (used: number) => {
      budget.learn('org', `api-usage=${used}/100`);
      return (['background', 'delivery', 'read'] as const).map(
        (purpose) => budget.take('org', purpose) === 0,
      );
    };
    expect([may(74), may(75), may(85), may(95)]).toEqual([
      [true, true, true],
      [false, true, true],
      [false, false, true],
      [false, false, false],
    ]);
    expect(budget.take('another', 'background')).toBe(0);
  });
  it('looks once a minute whether there is room again', () => {
    const { budget, clock } = opened();
    budget.learn('org', 'api-usage=100/100');
    clock.at = 59_000;
    expect(budget.take('org', 'delivery')).toBe(1_000);
    clock.at = 60_000;
    expect([budget.take('org', 'delivery'), budget.take('org', 'delivery')]).toEqual([0, 60_000]);
    budget.learn('org', 'api-usage=10/100');
    expect(budget.take('org', 'delivery')).toBe(0);
  });
  it('rests a quarter of an hour once the org has refused', () => {
    const { budget, clock } = opened();
    budget.exhaust('org');
    clock.at = 14 * 60_000;
    expect(budget.take('org', 'read')).toBe(60_000);
  });
});

it('a text in a query cannot end it', () => {
  expect(quoted("O'Hara \\ x")).toBe("'O\\'Hara \\\\ x'");
});

it('with the real login address only Salesforce’s own hosts are ever called', () => {
  const addresses = createAddresses(LOGIN_URL);
  const instance = (instanceUrl: string) => () => addresses.instance({ settings: { instanceUrl } });
  expect(instance('https://acme.my.salesforce.com/')()).toBe('https://acme.my.salesforce.com');
  for (const url of ['https://evil.com', 'https://salesforce.com.evil.com', 'http://a.my.salesforce.com', ''])
    expect(instance(url)).toThrow(/https address of Salesforce/);
});

describe('a snapshot from a request', () => {
  const connection = { id: 'con_1', settings: { instanceUrl: 'https://a.my.salesforce.com' } };
  const fields = { 'Lead.OwnerId': '005x', 'Lead.IsConverted': false, 'Lead.Country': 'US' };
  const made = (given: object, sources: Record<string, string>) =>
    snapshotFromPayload(
      connection,
      { objectType: 'lead', recordId: '00Q1', fields: given as typeof fields },
      sources,
    );
  it('is made when it holds all the policy reads', () => {
    expect(made(fields, { country: 'Lead.Country' })).toMatchObject({
      raw: { country: 'US' },
      ownerId: '005x',
    });
  });
  it('else the record is read', () => {
    expect(made(fields, { state: 'Lead.State' })).toBeUndefined();
    expect(made({ 'Lead.Country': 'US' }, { country: 'Lead.Country' })).toBeUndefined();
    expect(made(fields, { industry: 'Account.Industry' })).toBeUndefined();
  });
});

describe('what to do with a record as it was found', () => {
  const write: RecordWrite = {
    deliveryId: 'd',
    attempts: 1,
    record: { connectionId: 'c', objectType: 'lead', recordId: 'r' },
    decision: decisionView('dec_1'),
    ownerId: 'ours',
    mayBeNoted: true,
    replaceable: ['before', 'earlier'],
  };
  const plan = (ownerId: string | null, decisionId: string | null = null, fields = true) =>
    planWrite(write, { ownerId, decisionId }, { fields, vendor: 'X' });
  it.each([
    [plan('before'), 'write'],
    [plan('earlier'), 'write'],
    [plan('ours'), 'write'],
    [plan('ours', null, false), 'owner_stands'],
  ])('%o', (planned, step) => {
    expect(planned.step).toBe(step);
  });
  it('a choice stays, and what stands already is done', () => {
    expect(plan('theirs')).toMatchObject({ result: { outcome: 'overtaken', ownerId: 'theirs' } });
    expect(plan('ours', 'dec_1')).toMatchObject({ result: { outcome: 'done' } });
    expect(planWrite(write, null, { fields: true, vendor: 'X' })).toMatchObject({
      result: { code: 'record_gone' },
    });
  });
});

it('each unverified fact is listed in docs/verify-live.md', () => {
  const facts = readFileSync(new URL('../../server/crm/salesforce/facts.ts', import.meta.url), 'utf8');
  const live = readFileSync(new URL('../../docs/verify-live.md', import.meta.url), 'utf8');
  const names = [...facts.matchAll(/@unverified (\w+)/g)].map(([, name]) => name!);
  expect(names.length).toBeGreaterThan(0);
  expect(names.filter((name) => !live.includes(`\`${name}\``))).toEqual([]);
});

it('what stands in for a missing name or company is not shown as one', () => {
  const ref = { connectionId: 'con_1', objectType: 'lead', recordId: '00Q000000000001AAA' };
  const row = {
    FirstName: 'Ada',
    LastName: '[not provided]',
    Company: '[Not Provided]',
    Email: 'ada@example.com',
  };
  const { person } = toSnapshot(ref, row, {}, 'https://harbour.my.salesforce.com');
  expect(person).toMatchObject({ name: 'Ada', company: null, email: 'ada@example.com' });
});
