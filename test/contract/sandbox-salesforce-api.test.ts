import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeId, toId18 } from '../../sandbox/salesforce/ids.ts';
import { createManualScheduler } from '../../sandbox/scheduler.ts';
import { type OpenOrg, openOrg } from '../support/sandbox-org.ts';

let org: OpenOrg;

beforeEach(async () => {
  org = await openOrg();
});
afterEach(() => org.close());

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
