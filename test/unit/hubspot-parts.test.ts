import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { personTimes } from '../../server/assignments/person-times.ts';
import { batchOutcomes } from '../../server/crm/hubspot/batch-outcomes.ts';
import { sendBisecting } from '../../server/crm/hubspot/bisect.ts';
import type { Reply } from '../../server/crm/hubspot/client.ts';
import { toFailure } from '../../server/crm/hubspot/failures.ts';
import { readObjects } from '../../server/crm/hubspot/read-objects.ts';
import { SCOPES } from '../../server/crm/hubspot/scopes.ts';
import { snapshotFromPayload } from '../../server/crm/hubspot/snapshot-from-payload.ts';
import { toTimes } from '../../server/crm/hubspot/to-times.ts';

const reply = (status: number, body: unknown = {}, retryAfter: string | null = null): Reply => ({
  status,
  body,
  retryAfter,
});

describe('what a failure means', () => {
  it.each([
    [reply(429, { policyName: 'TEN_SECONDLY_ROLLING' }), 'rate_limited', 10_000],
    [reply(429, { policyName: 'SECONDLY' }), 'rate_limited', 1_000],
    [reply(429, {}, '3'), 'rate_limited', 3_000],
    [reply(429, {}, '2500'), 'rate_limited', 2_500],
    [reply(423), 'locked', 2_000],
    [reply(477, {}, '3600'), 'account_migrating', 3_600_000],
    [reply(477), 'account_migrating', 600_000],
    [reply(503), 'vendor_unavailable', null],
    [reply(524, {}, '5'), 'vendor_unavailable', 5_000],
  ])('%o is tried again', (failed, code, afterMs) => {
    expect(toFailure(failed)).toEqual({ kind: 'retry', code, afterMs });
  });
  it('what a person must see to says what to do, with the id that support asks for', () => {
    const failure = toFailure(reply(400, { message: 'Property x is required', correlationId: 'abc' }));
    expect(failure).toMatchObject({ kind: 'refused', code: 'rejected' });
    expect(failure.kind === 'refused' && failure.remedy).toMatch(
      /Property x is required \(correlation id abc\).*retry/,
    );
    expect(toFailure(reply(403))).toMatchObject({ kind: 'refused', code: 'missing_scope' });
    expect(toFailure(reply(404, {}))).toMatchObject({ kind: 'refused', code: 'record_gone' });
  });
});

it('takes no page of something else for an answer about records', async () => {
  const asked = (body?: unknown) =>
    readObjects(
      async () => ({ ...reply(404), body }),
      { id: 'c', externalId: '1', settings: {} } as never,
      'contact',
      ['1'],
      [],
    );
  expect((await asked({ status: 'error', message: 'resource not found' })).size).toBe(0);
  await expect(asked()).rejects.toThrow(/tried again by itself/);
});

describe('a batch that is refused whole', () => {
  const send = (bad: ReadonlySet<number>, calls: number[][] = []) =>
    sendBisecting([1, 2, 3, 4, 5, 6, 7, 8], {
      send: async (inputs) => {
        calls.push([...inputs]);
        return inputs.some((input) => bad.has(input)) ? reply(400, { message: 'bad' }) : reply(200);
      },
      read: (inputs) => inputs.map(() => ({ kind: 'written' })),
    });
  it('is halved until the bad one stands alone', async () => {
    const calls: number[][] = [];
    const outcomes = await send(new Set([3]), calls);
    expect(outcomes.map(({ kind }) => kind)).toEqual([
      'written',
      'written',
      'refused',
      ...Array(5).fill('written'),
    ]);
    expect(calls.length).toBe(7);
  });
  it('is not halved for a missing scope, nor when HubSpot is down', async () => {
    const failing = async (status: number) => {
      let calls = 0;
      const send = async () => reply(status, undefined, String(calls++));
      await sendBisecting([1, 2, 3], { send, read: () => [] });
      return calls;
    };
    expect([await failing(403), await failing(503)]).toEqual([1, 1]);
  });
});

describe('a partial reply', () => {
  const inputs = ['1', '2', '3'].map((recordId) => ({ recordId, traceId: `dlv_${recordId}` }));
  it('tells by result, by trace id and by record id; what is named nowhere is unknown', () => {
    const body = {
      results: [{ id: '1', properties: {} }],
      errors: [{ category: 'VALIDATION_ERROR', message: 'no', context: { objectWriteTraceId: ['dlv_2'] } }],
    };
    expect(batchOutcomes(inputs, reply(207, body)).map(({ kind }) => kind)).toEqual([
      'written',
      'refused',
      'unknown',
    ]);
    const gone = { results: [], errors: [{ category: 'OBJECT_NOT_FOUND', context: { ids: ['1', '3'] } }] };
    expect(batchOutcomes(inputs, reply(207, gone))).toMatchObject([
      { code: 'record_gone' },
      { kind: 'unknown' },
      { code: 'record_gone' },
    ]);
  });
  it('an answer that is not understood leaves all unknown', () => {
    expect(batchOutcomes(inputs, reply(200, undefined)).map(({ kind }) => kind)).toEqual([
      'unknown',
      'unknown',
      'unknown',
    ]);
  });
});

describe('a snapshot from a workflow action', () => {
  const connection = { id: 'con_1', externalId: '62515' };
  const object = {
    objectId: '904',
    objectType: 'contact',
    properties: {
      country: 'US',
      hubspot_owner_id: '',
      firstname: 'Dana',
      lastname: 'Lee',
      email: 'd@x.test',
    },
  };
  const snapshot = (sources: Record<string, string>, changed = {}) =>
    snapshotFromPayload(connection, { ...object, ...changed }, sources, 'https://app.hubspot.com/');
  it('is made when the payload holds all the policy reads and the owner', () => {
    expect(snapshot({ country: 'contact.country' })).toEqual({
      ref: { connectionId: 'con_1', objectType: 'contact', recordId: '904' },
      raw: { country: 'US' },
      person: {
        name: 'Dana Lee',
        company: null,
        email: 'd@x.test',
        phone: null,
        source: null,
        message: null,
        url: 'https://app.hubspot.com/contacts/62515/record/0-1/904',
      },
      ownerId: null,
      gone: null,
    });
  });
  it('is not when a property, the owner or another object would have to be read', () => {
    expect(snapshot({ employees: 'company.numberofemployees' })).toBeUndefined();
    expect(snapshot({ state: 'contact.state' })).toBeUndefined();
    expect(snapshot({}, { properties: { country: 'US' } })).toBeUndefined();
  });
});

describe("a person's working times", () => {
  it('are read from the users object', () => {
    const times = toTimes({
      hs_standard_time_zone: 'America/New_York',
      hs_working_hours: '[{"days":"MONDAY_TO_FRIDAY","startMinute":540,"endMinute":1020}]',
      hs_out_of_office_hours: '[{"startTimestamp":"1700000000000","endTimestamp":1700086400000}]',
    });
    const day = [{ from: 540, to: 1020 }];
    expect(times).toEqual({
      timezone: 'America/New_York',
      hours: [day, day, day, day, day, [], []],
      timeOff: [{ from: 1700000000000, to: 1700086400000 }],
    });
    // What a connector gives is read again as it is.
    expect(personTimes.parse(times)).toEqual(times);
  });
  it.each([
    null,
    '',
    'x',
    '{}',
    '[{"days":"NEVER"}]',
    '[{"days":"MONDAY","startMinute":600,"endMinute":540}]',
    '[1]',
  ])('malformed ones (%s) are no information', (text) => {
    const all = {
      hs_standard_time_zone: text,
      hs_working_hours: text,
      hs_out_of_office_hours: text,
    };
    expect(toTimes(all)).toEqual({});
  });
});

describe('the page for administrators', () => {
  it('asks for exactly the scopes the code knows of', () => {
    const page = readFileSync(new URL('../../docs/hubspot.md', import.meta.url), 'utf8');
    const listed = [...page.matchAll(/`(oauth|automation|crm\.[a-z.]+)`/g)].map(([, scope]) => scope);
    expect(listed).toEqual([...SCOPES.required, ...SCOPES.optional]);
  });
});

describe('unverified facts', () => {
  it('each is listed in docs/verify-live.md', () => {
    const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
    const sources = ['facts', 'activity-facts', 'search-records', 'client']
      .map((name) => read(`server/crm/hubspot/${name}.ts`))
      .join('\n');
    const names = [...sources.matchAll(/@unverified (\w+)/g)].map(([, name]) => name as string);
    expect(names.length).toBeGreaterThan(5);
    const page = read('docs/verify-live.md');
    expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });
});
