import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { makeId, toId18 } from '../../sandbox/salesforce/ids.ts';
import { createManualScheduler } from '../../sandbox/scheduler.ts';
import { type OpenOrg, openOrg } from '../support/sandbox-org.ts';

let org: OpenOrg;

beforeEach(async () => {
  org = await openOrg();
});
afterEach(() => org.close());

const owner = (id: string) => org.salesforce.record({ id }).OwnerId;

describe('ids', () => {
  test('15 characters become the 18 known of published ids; a wrong suffix is no id', () => {
    expect(toId18('001D000000IqhSL')).toBe('001D000000IqhSLIAZ');
    expect(toId18('005D0000001nVYV')).toBe('005D0000001nVYVIA2');
    expect(toId18('001D000000IqhSLIAA')).toBeNull();
    expect(toId18(makeId('00Q', 238_328))).toBe(makeId('00Q', 238_328));
  });
});

describe('one record', () => {
  test('is created, read with some fields, changed without a body, and read by its short id', async () => {
    const made = await org.call('POST', '/sobjects/Lead', { LastName: 'Ada', Company: 'Engines' });
    expect([made.status, made.body]).toEqual([201, { id: made.body.id, success: true, errors: [] }]);
    const changed = await org.call('PATCH', `/sobjects/Lead/${made.body.id}`, { Email: 'ada@example.com' });
    expect([changed.status, changed.body]).toEqual([204, null]);
    const read = await org.call('GET', `/sobjects/Lead/${made.body.id.slice(0, 15)}?fields=Email,Name`);
    expect(read.body).toEqual({
      attributes: { type: 'Lead', url: `/services/data/v67.0/sobjects/Lead/${made.body.id}` },
      Email: 'ada@example.com',
      Name: 'Ada',
    });
  });

  test.each([
    [
      'an unknown field',
      { Nonsense__c: 1 },
      400,
      'INVALID_FIELD',
      "No such column 'Nonsense__c' on sobject of type Lead",
    ],
    [
      'a read-only field',
      { CreatedDate: '2026-11-24T00:00:00Z' },
      400,
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      'Unable to create/update fields: CreatedDate. Please check the security settings of this field and verify that it is read/write for your profile or permission set.',
    ],
    [
      'nothing where something must be',
      { Company: null },
      400,
      'REQUIRED_FIELD_MISSING',
      'Required fields are missing: [Company]',
    ],
    [
      'an address that is none',
      { Email: 'nobody' },
      400,
      'INVALID_EMAIL_ADDRESS',
      'Email: invalid email address: nobody',
    ],
    [
      'an id of another kind',
      { OwnerId: '00QSb0000000001MAA' },
      400,
      'MALFORMED_ID',
      'Owner ID: id value of incorrect type: 00QSb0000000001MAA',
    ],
    [
      'an owner nobody knows',
      { OwnerId: makeId('005', 999) },
      400,
      'INVALID_CROSS_REFERENCE_KEY',
      'invalid cross reference id',
    ],
  ])('%s is refused and nothing is written', async (_what, values, status, errorCode, message) => {
    const id = org.lead();
    const reply = await org.call('PATCH', `/sobjects/Lead/${id}`, { FirstName: 'Changed', ...values });
    expect([reply.status, reply.body[0]]).toMatchObject([status, { errorCode, message }]);
    expect(org.salesforce.record({ id }).FirstName).toBeUndefined();
  });

  test('an inactive owner, a group, and a queue for other records cannot own a lead', async () => {
    const id = org.lead();
    const give = async (name: string) =>
      (await org.call('PATCH', `/sobjects/Lead/${id}`, { OwnerId: org.idOf(name) })).body?.[0];
    expect(await give('grace@example.com')).toEqual({
      errorCode: 'INACTIVE_OWNER_OR_USER',
      message: `operation performed with inactive user [${org.idOf('grace@example.com')}] as owner of lead`,
      fields: [],
    });
    for (const name of ['EMEA_Team', 'Cases'])
      expect(await give(name)).toMatchObject({
        errorCode: 'INVALID_OPERATION',
        message: 'Queue not associated with this SObject type',
      });
    expect(await give('Inbound_Holding')).toBeUndefined();
    const task = await org.call('POST', '/sobjects/Task', {
      WhoId: id,
      OwnerId: org.idOf('Inbound_Holding'),
    });
    expect(task.body[0].errorCode).toBe('INVALID_OPERATION');
  });

  test('If-Unmodified-Since answers 412 once the record was changed later', async () => {
    const scheduler = createManualScheduler(Date.parse('2026-11-24T15:00:00Z'));
    const slow = await openOrg({ scheduler });
    const id = slow.lead();
    const since = new Date(scheduler.now()).toUTCString();
    const patch = (value: string, header: string) =>
      slow.call('PATCH', `/sobjects/Lead/${id}`, { FirstName: value }, { 'If-Unmodified-Since': header });
    expect((await patch('A', since)).status).toBe(204);
    scheduler.advance(2000);
    await slow.call('PATCH', `/sobjects/Lead/${id}`, { FirstName: 'B' });
    expect((await patch('C', since)).status).toBe(412);
    expect((await patch('C', 'yesterday')).status).toBe(400);
    await slow.close();
  });

  test('what is not there, is deleted or is no method says so', async () => {
    const id = org.lead();
    org.salesforce.remove({ id });
    const replies = [
      await org.call('GET', `/sobjects/Lead/${id}`),
      await org.call('PATCH', `/sobjects/Lead/${id}`, { FirstName: 'x' }),
      await org.call('GET', `/sobjects/Lead/${makeId('00Q', 77_777)}`),
      await org.call('GET', '/sobjects/Lead/nonsense'),
      await org.call('GET', '/sobjects/Nonsense__c/describe'),
      await org.call('PUT', `/sobjects/Lead/${id}`, {}),
      await org.call('GET', '/nonsense'),
    ];
    expect(replies.map(({ status, body }) => [status, body[0].errorCode])).toEqual([
      [404, 'NOT_FOUND'],
      [404, 'ENTITY_IS_DELETED'],
      [404, 'NOT_FOUND'],
      [404, 'NOT_FOUND'],
      [404, 'NOT_FOUND'],
      [405, 'METHOD_NOT_ALLOWED'],
      [404, 'NOT_FOUND'],
    ]);
    const old = await fetch(`${org.installed.instanceUrl}/services/data/v20.0/limits`, {
      headers: { authorization: `Bearer ${org.installed.accessToken}` },
    });
    expect(old.status).toBe(410);
  });

  test('malformed JSON is told in the shape of every other error', async () => {
    const reply = await fetch(`${org.installed.instanceUrl}/services/data/v67.0/sobjects/Lead`, {
      method: 'POST',
      headers: { authorization: `Bearer ${org.installed.accessToken}`, 'content-type': 'application/json' },
      body: '{"LastName": ',
    });
    expect([reply.status, (await reply.json())[0].errorCode]).toEqual([400, 'JSON_PARSER_ERROR']);
  });

  test('an upsert by external id creates once and updates afterwards; a second row cannot take the id', async () => {
    const path = '/sobjects/Assignment_Decision__c/Decision_Id__c/dec_1';
    const first = await org.call('PATCH', path, { Lead__c: org.lead(), Reason__c: 'because' });
    expect([first.status, first.body.created]).toEqual([201, true]);
    const again = await org.call('PATCH', path, { Reason__c: 'because of you' });
    expect([again.status, again.body]).toEqual([
      200,
      { id: first.body.id, success: true, errors: [], created: false },
    ]);
    const twin = await org.call('POST', '/sobjects/Assignment_Decision__c', { Decision_Id__c: 'dec_1' });
    expect(twin.body[0].errorCode).toBe('DUPLICATE_VALUE');
  });

  test("the package's object and fields are there only where it is installed", async () => {
    const id = org.lead();
    org.salesforce.setPackageInstalled(false);
    const write = await org.call('PATCH', `/sobjects/Lead/${id}`, { Fairlead_Reason__c: 'x' });
    expect(write.body[0].errorCode).toBe('INVALID_FIELD');
    const query = await org.query('SELECT Id FROM Assignment_Decision__c');
    expect(query.body[0].errorCode).toBe('INVALID_TYPE');
    const names = async () =>
      (await org.call('GET', '/sobjects/Lead/describe')).body.fields.map((one: { name: string }) => one.name);
    expect(await names()).not.toContain('Fairlead_Reason__c');
    org.salesforce.setPackageInstalled(true);
    expect(await names()).toContain('Fairlead_Reason__c');
  });
});

describe('collections, with the real client', () => {
  test('each row has its own outcome; rows say statusCode', async () => {
    const [good, bad] = [org.lead(), org.lead()];
    const rows = await org.connection.sobject('Lead').update([
      { Id: good, OwnerId: org.idOf('ben@example.com') },
      { Id: bad, OwnerId: org.idOf('grace@example.com') },
    ]);
    expect(rows[0]).toEqual({ id: good, success: true, errors: [] });
    expect(rows[1]).toMatchObject({
      success: false,
      errors: [{ statusCode: 'INACTIVE_OWNER_OR_USER', fields: [] }],
    });
    expect(owner(good)).toBe(org.idOf('ben@example.com'));
  });

  test('allOrNone takes the good rows back', async () => {
    const [good, bad] = [org.lead(), org.lead()];
    const before = owner(good);
    const rows = await org.connection.sobject('Lead').update(
      [
        { Id: good, OwnerId: org.idOf('ben@example.com') },
        { Id: bad, OwnerId: org.idOf('grace@example.com') },
      ],
      { allOrNone: true },
    );
    const codes = rows.map((row) =>
      row.success ? null : (row.errors[0] as { statusCode?: string }).statusCode,
    );
    expect(codes).toEqual(['ALL_OR_NONE_OPERATION_ROLLED_BACK', 'INACTIVE_OWNER_OR_USER']);
    expect(owner(good)).toBe(before);
    expect(org.salesforce.journal.entries(good)).toHaveLength(1);
  });

  test('201 records are too many; a read takes 2,000 ids and answers null for those it does not find', async () => {
    const id = org.lead({ FirstName: 'Ada' });
    const records = Array.from({ length: 201 }, () => ({ attributes: { type: 'Lead' }, id }));
    const refused = await org.call('PATCH', '/composite/sobjects', { records });
    expect(refused.body[0]).toMatchObject({ errorCode: 'EXCEEDED_ID_LIMIT' });
    const body = { ids: [id.slice(0, 15), makeId('00Q', 9999)], fields: ['Id', 'FirstName'] };
    const read = await org.call('POST', '/composite/sobjects/Lead', body);
    expect(read.body).toMatchObject([{ Id: id, FirstName: 'Ada' }, null]);
  });

  test('creates and upserts many', async () => {
    const made = await org.connection
      .sobject('Lead')
      .create([{ LastName: 'A', Company: 'A' }, { LastName: 'B' } as { LastName: string; Company: string }]);
    expect(made.map((one) => one.success)).toEqual([true, false]);
    const decisions = ['dec_1', 'dec_2', 'dec_1'].map((id) => ({
      Decision_Id__c: id,
      Outcome__c: 'assigned',
    }));
    const upserted = await org.connection
      .sobject('Assignment_Decision__c')
      .upsert(decisions, 'Decision_Id__c');
    expect((upserted as unknown as { created: boolean }[]).map((one) => one.created)).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe('composites', () => {
  const composite = (compositeRequest: readonly unknown[], allOrNone = false) =>
    org.call('POST', '/composite', { allOrNone, compositeRequest });
  const create = (referenceId: string, body: unknown = { LastName: referenceId, Company: 'C' }) => ({
    method: 'POST',
    url: '/services/data/v67.0/sobjects/Lead',
    referenceId,
    body,
  });

  test('later requests use answers of earlier ones, and all cost one call', async () => {
    const { used } = org.salesforce.limits().usage();
    const reply = await composite([
      create('made'),
      {
        method: 'POST',
        url: '/services/data/v67.0/sobjects/Task',
        referenceId: 'task',
        body: { WhoId: '@{made.id}', Subject: 'Call' },
      },
      {
        method: 'GET',
        url: "/services/data/v67.0/query?q=SELECT+Subject+FROM+Task+WHERE+WhoId='@{made.id}'",
        referenceId: 'tasks',
      },
    ]);
    const [made, task, tasks] = reply.body.compositeResponse;
    expect([made.httpStatusCode, task.httpStatusCode, tasks.httpStatusCode]).toEqual([201, 201, 200]);
    expect(made.httpHeaders.Location).toBe(`/services/data/v67.0/sobjects/Lead/${made.body.id}`);
    expect(tasks.body.records[0].Subject).toBe('Call');
    expect(org.salesforce.limits().usage().used).toBe(used + 1);
  });

  test('a failure halts what refers to it, and with allOrNone takes everything back', async () => {
    const requests = [
      create('good'),
      create('bad', { LastName: 'x' }),
      { method: 'GET', url: '/services/data/v67.0/sobjects/Lead/@{bad.id}', referenceId: 'after' },
    ];
    const loose = (await composite(requests)).body.compositeResponse;
    expect(loose.map((one: { httpStatusCode: number }) => one.httpStatusCode)).toEqual([201, 400, 400]);
    expect(loose[2].body).toEqual([
      {
        errorCode: 'PROCESSING_HALTED',
        message: 'Invalid reference specified. No value for bad.id found in bad',
      },
    ]);
    const strict = (await composite(requests, true)).body.compositeResponse;
    expect(strict.map((one: { body: { errorCode: string }[] }) => one.body[0]?.errorCode)).toEqual([
      'PROCESSING_HALTED',
      'REQUIRED_FIELD_MISSING',
      'PROCESSING_HALTED',
    ]);
    expect((await org.query("SELECT Id FROM Lead WHERE LastName = 'good'")).body.totalSize).toBe(1);
  });

  test('25 requests and 5 queries or collections are the most', async () => {
    const many = await composite(Array.from({ length: 26 }, (_, index) => create(`r${index}`)));
    expect(many.status).toBe(400);
    const queries = Array.from({ length: 6 }, (_, index) => ({
      method: 'GET',
      url: '/services/data/v67.0/query?q=SELECT+Id+FROM+Lead',
      referenceId: `q${index}`,
    }));
    expect((await composite(queries)).status).toBe(400);
  });
});

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
