import { describe, expect, test } from 'vitest';
import { createAddresses } from '../../server/crm/zoho/addresses.ts';
import { createBudget } from '../../server/crm/zoho/budget.ts';
import { meaningOf, toFailure } from '../../server/crm/zoho/failures.ts';
import { quoted } from '../../server/crm/zoho/query.ts';
import { notification, toEvents } from '../../server/crm/zoho/webhook-events.ts';

const REAL = 'https://accounts.zoho.com';
const settings = (accountsServer: unknown, apiDomain: unknown) => ({
  settings: { accountsServer, apiDomain },
});

describe('where secrets and tokens go', () => {
  const { check, site } = createAddresses(REAL);

  test.each([
    ['https://accounts.zoho.com', 'https://www.zohoapis.com'],
    ['https://accounts.zoho.eu/', 'https://www.zohoapis.eu'],
    ['https://accounts.zoho.com.au', 'https://sandbox.zohoapis.com.au'],
    ['https://accounts.zohocloud.ca', 'https://developer.zohoapis.ca'],
    [undefined, 'https://www.zohoapis.com'],
  ])('%s with %s are one data centre', (accounts, api) => {
    const { accountsServer, ...rest } = settings(accounts, api).settings;
    expect(() =>
      check({ settings: { ...rest, ...(accountsServer !== undefined && { accountsServer }) } }),
    ).not.toThrow();
  });

  test.each([
    ['another host', 'https://accounts.zoho.com.evil.example', 'https://www.zohoapis.com'],
    ['a host that only ends alike', 'https://evilaccounts.zoho.com', 'https://www.zohoapis.com'],
    ['a user before the host', 'https://accounts.zoho.com@evil.example', 'https://www.zohoapis.com'],
    ['a user on the right host', 'https://me@accounts.zoho.com', 'https://www.zohoapis.com'],
    ['a port', 'https://accounts.zoho.com:8443', 'https://www.zohoapis.com'],
    ['no TLS', 'http://accounts.zoho.com', 'https://www.zohoapis.com'],
    ['this machine', 'http://127.0.0.1:9', 'https://www.zohoapis.com'],
    ['a cloud’s own address', 'https://accounts.zoho.com', 'http://169.254.169.254'],
    ['an API host alike', 'https://accounts.zoho.com', 'https://www.zohoapis.com.evil.example'],
    ['another prefix', 'https://accounts.zoho.com', 'https://files.zohoapis.com'],
    ['two data centres', 'https://accounts.zoho.eu', 'https://www.zohoapis.com'],
    ['no address', 'accounts.zoho.com', 'https://www.zohoapis.com'],
    ['no API host at all', 'https://accounts.zoho.com', undefined],
  ])('%s is refused', (_what, accounts, api) => {
    expect(() => check(settings(accounts, api))).toThrow(
      expect.objectContaining({ code: 'invalid_settings' }),
    );
  });

  test('a stand-in is trusted on its own origin only, and only where it is configured', () => {
    const local = createAddresses('http://127.0.0.1:3001/zoho/accounts.com');
    expect(() =>
      local.check(settings('http://127.0.0.1:3001/zoho/accounts.eu', 'http://127.0.0.1:3001/zoho/api.eu')),
    ).not.toThrow();
    expect(() => local.check(settings(undefined, 'http://127.0.0.1:3002/zoho/api.eu'))).toThrow();
    expect(() =>
      check(settings('http://127.0.0.1:3001/zoho/accounts.eu', 'http://127.0.0.1:3001/zoho/api.eu')),
    ).toThrow();
  });

  test('records open on the website of their data centre', () => {
    expect(site(settings(undefined, 'https://www.zohoapis.in'))).toBe('https://crm.zoho.in');
    expect(site(settings(undefined, 'https://www.zohoapis.ca'))).toBe('https://crm.zohocloud.ca');
  });
});

describe('what refusals mean', () => {
  const error = (code: string, message = '', details = {}) => ({ code, message, details });
  test.each([
    [error('RECORD_LOCKED'), { kind: 'retry', code: 'record_locked' }],
    [error('CONVERTED_RECORD'), { kind: 'refused', code: 'record_gone' }],
    [error('INVALID_DATA', 'x', { api_name: 'id' }), { kind: 'refused', code: 'record_gone' }],
    [error('INVALID_DATA', 'x', { resource_path_index: 1 }), { kind: 'refused', code: 'record_gone' }],
    [error('INVALID_DATA', 'x', { api_name: 'Owner' }), { kind: 'refused', code: 'owner_inactive' }],
    [error('NOT_ALLOWED', 'assignment threshold exceeded'), { kind: 'refused', code: 'owner_at_threshold' }],
    [error('OAUTH_SCOPE_MISMATCH'), { kind: 'refused', code: 'missing_scope' }],
    [error('INTERNAL_ERROR'), { kind: 'retry', code: 'vendor_unavailable' }],
    [error('SOMETHING_NEW', 'never seen'), { kind: 'refused', code: 'rejected' }],
  ])('%j', (given, meaning) => {
    expect(meaningOf(given)).toMatchObject(meaning);
  });

  test('a limit of the moment is waited out in seconds, the day’s in a quarter of an hour', () => {
    const reply = (message: string) => ({ status: 429, body: error('TOO_MANY_REQUESTS', message) });
    for (const message of [
      'sub-concurrency limit',
      'too many requests. please try again after some time',
      '',
    ])
      expect(toFailure(reply(message))).toMatchObject({ code: 'rate_limited', afterMs: 3_000 });
    expect(toFailure(reply('credits'))).toMatchObject({ afterMs: 900_000 });
    expect(toFailure({ status: 502, body: null })).toMatchObject({ code: 'vendor_unavailable' });
  });
});

test('what is left of the day is known from the half on, and forgotten with the day', () => {
  let at = 0;
  const budget = createBudget({ now: () => at });
  const waits = () =>
    (['background', 'delivery', 'read'] as const).map((purpose) => budget.take('o', purpose) > 0);
  budget.learn('o', '5000');
  expect(waits()).toEqual([false, false, false]);
  budget.learn('o', '2000');
  expect(waits()).toEqual([true, false, false]);
  budget.learn('o', '400');
  expect(waits()).toEqual([true, true, true]);
  // Once a minute one looks whether there is room again.
  at += 60_000;
  expect(budget.take('o', 'delivery')).toBe(0);
  expect(budget.take('o', 'delivery')).toBeGreaterThan(0);
  budget.learn('o', null);
  expect(waits()).toEqual([false, false, false]);
  expect(budget.usage('o')).toBeNull();
  // A process that starts late knows by the edition how much of the day is gone.
  budget.allow('late', 10_000);
  budget.learn('late', '1000');
  expect(budget.usage('late')).toMatchObject({ used: 9_000, of: 10_000 });
  expect(budget.take('late', 'delivery')).toBeGreaterThan(0);
});

test('texts in queries cannot end their quotes', () => {
  expect(quoted("O'Neil\\")).toBe("'O\\'Neil\\\\'");
});

describe('notifications', () => {
  const body = {
    server_time: 1_750_102_639_787,
    affected_values: [],
    query_params: {},
    module: 'Leads',
    resource_uri: 'https://www.zohoapis.com/crm/v8/Leads',
    ids: ['6756839000000575405', '6756839000000575406'],
    affected_fields: [{ '6756839000000575405': ['Company'] }],
    operation: 'update',
    channel_id: '1105420521999070702',
    token: 'secret',
  };
  test('one event per record, with ids that no number holds; a repeat has the same keys', () => {
    const events = toEvents(notification.parse(body));
    expect(events).toMatchObject([
      { kind: 'record_changed', objectType: 'lead', recordId: '6756839000000575405' },
      { kind: 'record_changed', recordId: '6756839000000575406' },
    ]);
    expect(new Set([...events, ...toEvents(notification.parse(body))].map(({ dedupe }) => dedupe)).size).toBe(
      2,
    );
    expect(toEvents(notification.parse({ ...body, operation: 'delete' }))[0]?.kind).toBe('record_gone');
    expect(toEvents(notification.parse({ ...body, module: 'users' }))).toMatchObject([
      { kind: 'people_changed' },
    ]);
    expect(toEvents(notification.parse({ ...body, module: 'Quotes' }))).toEqual([]);
    expect(notification.safeParse({ ...body, ids: ['1; drop'] }).success).toBe(false);
  });

  test('a change of owner alone says whom the record was given to; with anything else changed it is read', () => {
    const id = '6756839000000575405';
    const given = (fields: readonly string[], values: object) =>
      toEvents(
        notification.parse({
          ...body,
          ids: [id],
          affected_fields: [{ [id]: fields }],
          affected_values: [{ record_id: id, values }],
        }),
      );
    const Owner = { id: '77', name: 'Anna' };
    expect(given(['Owner', 'Fairlead_Reason', 'Modified_Time'], { Owner, Fairlead_Reason: 'x' })).toEqual([
      {
        kind: 'owner_changed',
        objectType: 'lead',
        recordId: id,
        ownerId: '77',
        at: body.server_time,
        dedupe: expect.any(String),
      },
    ]);
    for (const [fields, values] of [
      [['Owner', 'Country'], { Owner, Country: 'US' }],
      [['Owner'], {}],
      [['Fairlead_Reason'], { Fairlead_Reason: 'x' }],
      [[], { Owner }],
    ] as const)
      expect(given(fields, values)).toMatchObject([{ kind: 'record_changed' }]);
  });
});
