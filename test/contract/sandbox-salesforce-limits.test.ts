import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createManualScheduler } from '../../sandbox/scheduler.ts';
import { type OpenOrg, openOrg } from '../support/sandbox-org.ts';

let org: OpenOrg;

beforeEach(async () => {
  org = await openOrg();
});
afterEach(() => org.close());

describe('limits', () => {
  test('every reply says how much of the day is used; then it is 403 until the day has passed', async () => {
    const scheduler = createManualScheduler(Date.parse('2026-11-24T12:00:00Z'));
    const small = await openOrg({ scheduler });
    small.salesforce.limits().set({ dailyApiCalls: 2 });
    expect((await small.call('GET', '/limits')).headers.get('sforce-limit-info')).toBe('api-usage=1/2');
    expect((await small.call('GET', '/limits')).body.DailyApiRequests).toEqual({ Max: 2, Remaining: 0 });
    const refused = await small.call('GET', '/limits');
    expect([refused.status, refused.body]).toEqual([
      403,
      [{ message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' }],
    ]);
    expect(refused.headers.get('sforce-limit-info')).toBe('api-usage=2/2');
    scheduler.advance(24 * 3_600_000 + 15 * 60_000);
    const again = await fetch(`${small.salesforce.install().instanceUrl}/services/data/v67.0/limits`, {
      headers: { authorization: `Bearer ${small.salesforce.install().accessToken}` },
    });
    expect(again.status).toBe(200);
    await small.close();
  });

  test('calls that run for long are few at the same time', async () => {
    org.salesforce.limits().set({ concurrentLong: 1, longMs: 20 });
    org.salesforce.setFaults([{ kind: 'slow', ms: 300, times: 1 }]);
    const slow = org.call('GET', '/limits');
    const refused = await vi.waitUntil(async () => {
      const reply = await org.call('GET', '/limits');
      return reply.status === 403 && reply;
    });
    expect(refused.body[0].message).toBe('ConcurrentRequests (Concurrent API Requests) Limit exceeded.');
    expect((await slow).status).toBe(200);
    expect((await org.call('GET', '/limits')).status).toBe(200);
  });
});

describe('failures on demand', () => {
  test.each([
    [{ kind: '503' }, 503, 'SERVER_UNAVAILABLE'],
    [{ kind: 'daily_limit' }, 403, 'REQUEST_LIMIT_EXCEEDED'],
    [{ kind: 'session_expired' }, 401, 'INVALID_SESSION_ID'],
  ] as const)('%o', async (fault, status, errorCode) => {
    org.salesforce.setFaults([{ ...fault, times: 1 }]);
    const reply = await org.call('GET', '/limits');
    expect([reply.status, reply.body[0].errorCode]).toEqual([status, errorCode]);
    expect((await org.call('GET', '/limits')).status).toBe(200);
  });

  test('a locked row is refused in its place', async () => {
    const [locked, free] = [org.lead(), org.lead()];
    org.salesforce.setFaults([{ kind: 'row', objectType: 'Lead', id: locked, times: 1 }]);
    const update = () =>
      org.connection.sobject('Lead').update([
        { Id: locked, Rating: 'Hot' },
        { Id: free, Rating: 'Hot' },
      ]);
    expect((await update()).map((row) => row.success)).toEqual([false, true]);
    expect((await update()).map((row) => row.success)).toEqual([true, true]);
  });

  test.each(['reset', 'truncated'] as const)('%s breaks the reply after the work is done', async (kind) => {
    const id = org.lead();
    org.salesforce.setFaults([{ kind, method: 'PATCH' }]);
    const records = [{ attributes: { type: 'Lead' }, id, FirstName: 'Written' }];
    await expect(org.call('PATCH', '/composite/sobjects', { records })).rejects.toThrow();
    expect(org.salesforce.record({ id }).FirstName).toBe('Written');
  });
});

test('calls are counted by kind and client, and what stands in a composite beside them', async () => {
  org.salesforce.resetStats();
  const id = org.lead();
  await org.connection.sobject('Lead').update([{ Id: id, Rating: 'Hot' }]);
  await org.connection.query('SELECT Id FROM Lead');
  await org.connection.requestPost('/composite', {
    compositeRequest: [{ method: 'GET', url: `/services/data/v67.0/sobjects/Lead/${id}`, referenceId: 'r' }],
  });
  expect(org.salesforce.stats()).toMatchObject({
    apiCalls: 3,
    byKind: { 'collection.update': 1, query: 1, composite: 1 },
    subrequests: { 'row.read': 1 },
    byClient: { Fairlead: 3 },
    rows: { read: 2, written: 1 },
  });
});
