import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { leadHistory } from '../../sandbox/salesforce/lead-facts.ts';
import { type OpenOrg, openOrg } from '../support/sandbox-org.ts';

let org: OpenOrg;

beforeEach(async () => {
  org = await openOrg();
});
afterEach(() => org.close());

const ownerOf = (id: string) => org.salesforce.record({ id }).OwnerId;
const give = (id: string, name: string, headers: Record<string, string> = {}) =>
  org.call('PATCH', `/sobjects/Lead/${id}`, { OwnerId: org.idOf(name) }, headers);
const OFF = { 'Sforce-Auto-Assign': 'FALSE' };

describe("the customer's assignment rule", () => {
  beforeEach(() =>
    org.salesforce.setAutomation({
      assignmentRule: {
        name: 'Standard',
        entries: [
          { when: { Country: 'US' }, ownerId: org.idOf('anna@example.com') },
          { ownerId: org.idOf('Inbound_Holding') },
        ],
      },
    }),
  );

  test('takes leads away on insert and on update, unless the header says FALSE', async () => {
    const made = await org.call('POST', '/sobjects/Lead', { LastName: 'A', Company: 'A' });
    expect(ownerOf(made.body.id)).toBe(org.idOf('Inbound_Holding'));
    await give(made.body.id, 'ben@example.com');
    expect(ownerOf(made.body.id)).toBe(org.idOf('Inbound_Holding'));
    await give(made.body.id, 'ben@example.com', { 'Sforce-Auto-Assign': 'false' });
    expect(ownerOf(made.body.id)).toBe(org.idOf('ben@example.com'));
    await org.call('PATCH', `/sobjects/Lead/${made.body.id}`, { Country: 'US' });
    expect(ownerOf(made.body.id)).toBe(org.idOf('anna@example.com'));
    expect((await give(made.body.id, 'ben@example.com', { 'Sforce-Auto-Assign': 'perhaps' })).status).toBe(
      400,
    );
  });

  test('the header holds for a collection; in a composite each request needs its own', async () => {
    const id = org.lead();
    const ben = org.idOf('ben@example.com');
    await org.connection.sobject('Lead').update([{ Id: id, OwnerId: ben }], { headers: OFF });
    expect(ownerOf(id)).toBe(ben);
    const sub = {
      method: 'PATCH',
      url: `/services/data/v67.0/sobjects/Lead/${id}`,
      referenceId: 'u',
      body: { Rating: 'Hot' },
    };
    await org.call('POST', '/composite', { compositeRequest: [{ ...sub, httpHeaders: OFF }] });
    expect(ownerOf(id)).toBe(ben);
    await org.call('POST', '/composite', { compositeRequest: [sub] }, OFF);
    expect(ownerOf(id)).toBe(org.idOf('Inbound_Holding'));
  });

  test('leaves people alone', () => {
    const id = org.lead({ Country: 'US' });
    org.salesforce.changeOwner({ id, ownerId: org.idOf('ben@example.com'), by: 'anna@example.com' });
    expect(ownerOf(id)).toBe(org.idOf('ben@example.com'));
  });
});

describe('rules that refuse', () => {
  test('a duplicate is refused with what it duplicates, unless saving is allowed', async () => {
    const id = org.lead({ Email: 'ada@example.com' });
    org.salesforce.setAutomation({ duplicateRule: true });
    const twin = { LastName: 'Ada', Company: 'E', Email: 'ADA@example.com' };
    const refused = await org.call('POST', '/sobjects/Lead', twin);
    expect([refused.status, refused.body[0].errorCode, refused.body[0].message]).toEqual([
      400,
      'DUPLICATES_DETECTED',
      'Use one of these records?',
    ]);
    const matches = refused.body[0].duplicateResut.matchResults[0].matchRecords;
    expect(matches[0].record.Id).toBe(id);
    const rows = await org.connection.sobject('Lead').create([twin]);
    expect(rows[0]).toMatchObject({ success: false, errors: [{ statusCode: 'DUPLICATES_DETECTED' }] });
    const header = { 'Sforce-Duplicate-Rule-Header': 'allowSave=true; runAsCurrentUser=true' };
    expect((await org.call('POST', '/sobjects/Lead', twin, header)).status).toBe(201);
  });

  test('a validation rule refuses owners', async () => {
    const id = org.lead();
    org.salesforce.setAutomation({
      validationRule: { message: 'Ben is on leave.', ownerIds: [org.idOf('ben@example.com')] },
    });
    const refused = await give(id, 'ben@example.com');
    expect(refused.body).toEqual([
      { errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'Ben is on leave.', fields: [] },
    ]);
    await give(id, 'Inbound_Holding');
    expect(ownerOf(id)).toBe(org.idOf('Inbound_Holding'));
  });

  test('a converted lead cannot be changed', async () => {
    const id = org.lead();
    org.salesforce.convert({ id, by: 'anna@example.com' });
    expect(org.salesforce.record({ id })).toMatchObject({ IsConverted: true, Status: 'Closed - Converted' });
    expect((await give(id, 'ben@example.com')).body[0]).toMatchObject({
      errorCode: 'CANNOT_UPDATE_CONVERTED_LEAD',
      message: 'cannot reference converted lead',
    });
  });
});

describe('what is remembered', () => {
  test('an owner change leaves two history rows and one journal entry with who and by which client', async () => {
    const id = org.lead({ OwnerId: org.idOf('anna@example.com') });
    await org.connection.sobject('Lead').update({ Id: id, OwnerId: org.idOf('ben@example.com') });
    const rows = leadHistory(org.salesforce.org(), id).map(({ Field, OldValue, NewValue }) => [
      Field,
      OldValue,
      NewValue,
    ]);
    expect(rows).toEqual([
      ['Owner', 'Anna Rep', 'Ben Rep'],
      ['Owner', org.idOf('anna@example.com'), org.idOf('ben@example.com')],
    ]);
    const history = await org.query(`SELECT Field FROM LeadHistory WHERE LeadId = '${id}'`);
    expect(history.body.totalSize).toBe(2);
    expect(org.salesforce.journal.entries(id).at(-1)).toMatchObject({
      kind: 'updated',
      fields: ['OwnerId'],
      actor: { via: 'api', client: 'Fairlead', userId: org.installed.userId },
    });
  });

  test('open tasks of the old owner follow the lead; closed ones stay', async () => {
    const id = org.lead({ OwnerId: org.idOf('anna@example.com') });
    const task = async (values: object) =>
      (
        await org.call('POST', '/sobjects/Task', {
          WhoId: id,
          OwnerId: org.idOf('anna@example.com'),
          ...values,
        })
      ).body.id;
    const [openTask, closedTask] = [await task({}), await task({ Status: 'Completed' })];
    await give(id, 'ben@example.com');
    const ownerOfTask = (taskId: string) => org.salesforce.record({ objectType: 'Task', id: taskId }).OwnerId;
    expect(ownerOfTask(openTask)).toBe(org.idOf('ben@example.com'));
    expect(ownerOfTask(closedTask)).toBe(org.idOf('anna@example.com'));
  });
});
