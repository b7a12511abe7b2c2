import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeId } from '../../sandbox/salesforce/ids.ts';
import { type OpenOrg, openOrg } from '../support/sandbox-org.ts';

let org: OpenOrg;

beforeEach(async () => {
  org = await openOrg();
});
afterEach(() => org.close());

const owner = (id: string) => org.salesforce.record({ id }).OwnerId;

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
