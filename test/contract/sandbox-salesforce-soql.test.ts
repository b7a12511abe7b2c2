import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createManualScheduler } from '../../sandbox/scheduler.ts';
import { type OpenOrg, openOrg } from '../support/sandbox-org.ts';

const NOW = Date.parse('2026-11-24T15:00:00Z');
const scheduler = createManualScheduler(NOW);
let org: OpenOrg;
let ids: Record<string, string>;

beforeEach(async () => {
  org = await openOrg({ scheduler });
  ids = {
    ada: org.lead({
      LastName: 'Ada',
      Country: 'US',
      NumberOfEmployees: 50,
      OwnerId: org.idOf('anna@example.com'),
    }),
    bob: org.lead({
      LastName: "O'Bob",
      Country: 'DE',
      Email: 'bob_x@example.com',
      OwnerId: org.idOf('Inbound_Holding'),
    }),
    cyd: org.lead({
      LastName: 'Cyd',
      NumberOfEmployees: 5000,
      Rating: 'Hot',
      OwnerId: org.idOf('anna@example.com'),
    }),
  };
});
afterEach(() => org.close());

const names = async (where: string): Promise<readonly string[]> => {
  const reply = await org.query(`SELECT Id FROM Lead WHERE ${where} ORDER BY LastName`);
  expect(reply.status, JSON.stringify(reply.body)).toBe(200);
  return reply.body.records.map((row: { Id: string }) =>
    Object.keys(ids).find((name) => ids[name] === row.Id),
  );
};

describe('what is found', () => {
  test.each([
    ["Country = 'us'", ['ada']],
    ["Country != 'US'", ['cyd', 'bob']],
    ['Country = null', ['cyd']],
    ['NumberOfEmployees > 50', ['cyd']],
    ['NumberOfEmployees <= 50', ['ada']],
    ["LastName LIKE 'o\\'b%'", ['bob']],
    ["Email LIKE '%bob\\_x@%'", ['bob']],
    ["Email LIKE 'bo_%'", ['bob']],
    ["Country IN ('US', 'DE')", ['ada', 'bob']],
    ["Country NOT IN ('US', 'DE')", ['cyd']],
    ["Owner.Type = 'Queue'", ['bob']],
    ["Owner.Name = 'anna rep' AND IsConverted = false", ['ada', 'cyd']],
    ["(Country = 'US' AND IsDeleted = false) OR Rating = 'Hot'", ['ada', 'cyd']],
    ["NOT (Country = 'US' OR Country = 'DE')", ['cyd']],
    ['CreatedDate >= 2026-11-24T16:00:00+01:00', ['ada', 'cyd', 'bob']],
    ['SystemModstamp > 2026-11-24T15:00:00Z', []],
    ['CreatedDate = TODAY AND CreatedDate = LAST_N_DAYS:3', ['ada', 'cyd', 'bob']],
    ['CreatedDate < TODAY', []],
    ["OwnerId IN (SELECT QueueId FROM QueueSobject WHERE SobjectType = 'Lead')", ['bob']],
    ["OwnerId IN (SELECT Id FROM User WHERE IsActive = true) AND Rating = 'Hot'", ['cyd']],
  ])('%s', async (where, expected) => {
    expect(await names(where)).toEqual(expected);
  });

  test('ids are compared whole, whatever their length', async () => {
    const list = [ids.ada?.slice(0, 15), ids.bob].map((id) => `'${id}'`).join(',');
    expect(await names(`Id IN (${list}) AND Country != null`)).toEqual(['ada', 'bob']);
  });

  test('owners come with what was asked of them', async () => {
    const reply = await org.query(`SELECT Owner.Name, Owner.Type FROM Lead WHERE Id = '${ids.bob}'`);
    expect(reply.body).toEqual({
      totalSize: 1,
      done: true,
      records: [
        {
          attributes: { type: 'Lead', url: `/services/data/v67.0/sobjects/Lead/${ids.bob}` },
          Owner: {
            attributes: {
              type: 'Name',
              url: `/services/data/v67.0/sobjects/Group/${org.idOf('Inbound_Holding')}`,
            },
            Name: 'Inbound holding',
            Type: 'Queue',
          },
        },
      ],
    });
    const typed = await org.query(
      'SELECT TYPEOF Owner WHEN User THEN Email WHEN Group THEN DeveloperName END FROM Lead ORDER BY LastName DESC',
    );
    expect(typed.body.records.map((row: { Owner: object }) => row.Owner)).toMatchObject([
      { attributes: { type: 'Group' }, DeveloperName: 'Inbound_Holding' },
      { attributes: { type: 'User' }, Email: 'anna@example.com' },
      { attributes: { type: 'User' }, Email: 'anna@example.com' },
    ]);
  });

  test('counts, whole and by owner', async () => {
    expect((await org.query('SELECT COUNT() FROM Lead')).body).toEqual({
      totalSize: 3,
      done: true,
      records: [],
    });
    const grouped = await org.query(
      'SELECT OwnerId, COUNT(Id), MAX(NumberOfEmployees) most FROM Lead WHERE IsConverted = false GROUP BY OwnerId',
    );
    expect(grouped.body.records).toEqual([
      {
        attributes: { type: 'AggregateResult' },
        OwnerId: org.idOf('anna@example.com'),
        expr0: 2,
        most: 5000,
      },
      { attributes: { type: 'AggregateResult' }, OwnerId: org.idOf('Inbound_Holding'), expr0: 1, most: null },
    ]);
  });

  test('the recycle bin is seen by queryAll only, with the lead it was merged into', async () => {
    org.salesforce.merge({ id: ids.ada ?? '', mergeId: ids.bob ?? '', by: 'anna@example.com' });
    const soql = encodeURIComponent(`SELECT IsDeleted, MasterRecordId FROM Lead WHERE Id = '${ids.bob}'`);
    expect((await org.call('GET', `/query?q=${soql}`)).body.totalSize).toBe(0);
    const all = await org.call('GET', `/queryAll?q=${soql}`);
    expect(all.body.records[0]).toMatchObject({ IsDeleted: true, MasterRecordId: ids.ada });
  });

  test('members of queues and their groups, out-of-office times and business hours can be read', async () => {
    const members = await org.query(
      "SELECT UserOrGroupId FROM GroupMember WHERE Group.DeveloperName = 'Inbound_Holding'",
    );
    expect(members.body.records.map((row: { UserOrGroupId: string }) => row.UserOrGroupId)).toEqual([
      org.idOf('EMEA_Team'),
      org.idOf('ben@example.com'),
    ]);
    const away = { UserId: org.idOf('ben@example.com'), StartDate: '2026-11-24T00:00:00Z' };
    org.salesforce.create({ objectType: 'OutOfOffice', values: away });
    expect((await org.query('SELECT UserId, EndDate FROM OutOfOffice')).body.totalSize).toBe(1);
    const hours = await org.query('SELECT MondayStartTime FROM BusinessHours WHERE IsDefault = true');
    expect(hours.body.records[0].MondayStartTime).toBe('09:00:00.000Z');
  });
});

describe('what is refused, with the place', () => {
  test.each([
    ['SELECT Nonsense FROM Lead', 'INVALID_FIELD', 8, "No such column 'Nonsense' on entity 'Lead'."],
    ['SELECT Owner.Nonsense FROM Lead', 'INVALID_FIELD', 8, "No such column 'Nonsense' on entity 'Name'."],
    [
      'SELECT Boss.Name FROM Lead',
      'INVALID_FIELD',
      8,
      "Didn't understand relationship 'Boss' in field path.",
    ],
    ['SELECT Id FROM Nonsense', 'INVALID_TYPE', 16, "sObject type 'Nonsense' is not supported."],
    ['SELECT Id FROM Lead WHERE', 'MALFORMED_QUERY', 26, "unexpected token: '<EOF>'"],
    [
      'SELECT Id FROM Lead WHERE Id = null OR Id != null AND Id = null',
      'MALFORMED_QUERY',
      51,
      "unexpected token: 'AND'",
    ],
    ['SELECT Id, FROM Lead', 'MALFORMED_QUERY', 12, "unexpected token: 'FROM'"],
    [
      "SELECT Id FROM Lead WHERE CreatedDate > '2026-11-24T00:00:00Z'",
      'INVALID_FIELD',
      41,
      "value of filter criterion for field 'CreatedDate' must be of type dateTime and should not be enclosed in quotes",
    ],
    [
      'SELECT Id FROM Lead WHERE Country = 7',
      'INVALID_FIELD',
      37,
      "value of filter criterion for field 'Country' must be of type string and should be enclosed in quotes",
    ],
    [
      'SELECT Country, COUNT(Id) FROM Lead GROUP BY OwnerId',
      'MALFORMED_QUERY',
      8,
      'Field must be grouped or aggregated: Country',
    ],
    [
      "SELECT Id FROM Lead WHERE Description = 'x'",
      'INVALID_FIELD',
      27,
      "field 'Description' can not be filtered in a query call",
    ],
  ])('%s', async (soql, errorCode, column, message) => {
    const reply = await org.query(soql);
    expect([reply.status, reply.body[0].errorCode]).toEqual([400, errorCode]);
    expect(reply.body[0].message).toContain(`ERROR at Row:1:Column:${column}\n${message}`);
  });

  test('an id that is none', async () => {
    expect((await org.query("SELECT Id FROM Lead WHERE OwnerId = 'x'")).body).toEqual([
      { errorCode: 'INVALID_QUERY_FILTER_OPERATOR', message: '\ninvalid ID field: x' },
    ]);
  });
});

describe('large answers', () => {
  beforeEach(() => {
    for (let n = 0; n < 450; n++) org.lead({ LastName: `Lead ${n}` });
  });

  test('come in batches of at least 200; the real client fetches them all', async () => {
    const options = { 'Sforce-Query-Options': 'batchSize=10' };
    const first = await org.call('GET', '/query?q=SELECT+Id+FROM+Lead', undefined, options);
    expect([first.body.totalSize, first.body.done, first.body.records.length]).toEqual([453, false, 200]);
    expect(first.body.nextRecordsUrl).toMatch(/^\/services\/data\/v67\.0\/query\/01g\w{15}-200$/);
    const rows = await org.connection.query('SELECT Id FROM Lead', {
      autoFetch: true,
      maxFetch: 1000,
      headers: options,
    });
    expect(new Set(rows.records.map((row) => row.Id)).size).toBe(453);
  });

  test('a locator is good for fifteen minutes, for ten open queries, and for nobody else', async () => {
    const open = async () =>
      (
        await org.call('GET', '/query?q=SELECT+Id+FROM+Lead', undefined, {
          'Sforce-Query-Options': 'batchSize=200',
        })
      ).body.nextRecordsUrl.replace('/services/data/v67.0', '');
    const oldest = await open();
    for (let n = 0; n < 10; n++) await open();
    expect((await org.call('GET', oldest)).body).toEqual([
      { message: 'invalid query locator', errorCode: 'INVALID_QUERY_LOCATOR' },
    ]);
    const latest = await open();
    expect((await org.call('GET', latest)).body.records).toHaveLength(200);
    scheduler.advance(16 * 60_000);
    expect((await org.call('GET', latest)).status).toBe(400);
  });
});
