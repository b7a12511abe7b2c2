import { afterEach, expect, test } from 'vitest';
import { openReceiver, type Receiver } from '../support/receiver.ts';
import { type OpenOrg, openOrg } from '../support/sandbox-org.ts';

let org: OpenOrg;
let receiver: Receiver | undefined;

afterEach(async () => {
  await org.close();
  await receiver?.close();
});

const page = async (path: string) => (await fetch(`${org.url}/desk/salesforce${path}`)).text();
const send = (path: string, form: readonly (readonly [string, string])[]) =>
  fetch(`${org.url}/desk/salesforce${path}`, {
    method: 'POST',
    body: new URLSearchParams(form.map(([name, value]) => [name, value])),
    redirect: 'manual',
  });

test('leads stand in a list and on pages with owner, history and decision; people change them', async () => {
  org = await openOrg();
  const id = org.lead({ FirstName: 'Ada', Email: 'ada@example.com' });
  expect(await page('')).toContain('ada@example.com');
  expect(await page('?q=nobody')).not.toContain('ada@example.com');
  await send(`/${id}/owner`, [['ownerId', org.idOf('Inbound_Holding')]]);
  await send(`/${id}`, [
    ['Country', 'US'],
    ['NumberOfEmployees', ''],
  ]);
  await org.call('PATCH', '/sobjects/Assignment_Decision__c/Decision_Id__c/dec_1', {
    Lead__c: id,
    Reason__c: 'Anna & Ben were away.',
    Rule_Name__c: 'Large companies',
  });
  const text = await page(`/${id}`);
  for (const part of ['Owner changed to', 'Inbound holding', 'Anna &amp; Ben were away.', 'Changed Country'])
    expect(text).toContain(part);
  const refused = await send(`/${id}/owner`, [['ownerId', org.idOf('grace@example.com')]]);
  expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('inactive user')]);
  expect((await fetch(`${org.installed.instanceUrl}/lightning/r/Lead/${id}/view`)).url).toContain(
    `/desk/salesforce/${id}`,
  );
});

test('the Flow is asked about the chosen leads, or about new ones', async () => {
  receiver = await openReceiver((request) => ({
    body: {
      decisions: (request.body as { records: { id: string }[] }).records.map(({ id }) => ({
        record: id,
        outcome: 'assigned',
        ownerId: org.idOf('ben@example.com'),
      })),
    },
  }));
  org = await openOrg({ fairleadUrl: receiver.url });
  const [first, second] = [org.lead(), org.lead()];
  const asked = await send('/act', [
    ['action', 'ask'],
    ['id', first],
    ['id', second],
  ]);
  expect(decodeURIComponent(asked.headers.get('location') ?? '')).toContain('decided+2+of+2');
  await send('/arrive', [
    ['count', '3'],
    ['then', 'ask'],
  ]);
  expect(receiver.received.map(({ body }) => (body as { records: unknown[] }).records.length)).toEqual([
    2, 3,
  ]);
  expect(org.salesforce.record({ id: first }).OwnerId).toBe(org.idOf('ben@example.com'));
});

test('a lead is made, converted and deleted at the desk; what is refused is told in the words of Salesforce', async () => {
  org = await openOrg();
  const made = await send('/new', [
    ['FirstName', 'Grace'],
    ['LastName', 'Hopper'],
    ['Company', 'Navy'],
    ['NumberOfEmployees', ''],
    ['Status', 'Open - Not Contacted'],
  ]);
  const id = made.headers.get('location')?.split('/').at(-1) ?? '';
  expect(org.salesforce.record({ id })).toMatchObject({ Name: 'Grace Hopper', Company: 'Navy' });
  const act = (action: string, lead: string) =>
    send('/act', [
      ['action', action],
      ['id', lead],
      ['back', lead],
    ]);
  await act('convert', id);
  expect(await page(`/${id}`)).toContain('was converted');
  const again = await act('convert', id);
  expect(decodeURIComponent(again.headers.get('location') ?? '')).toContain('Refused');
  const other = org.lead({ FirstName: 'Ida' });
  await act('remove', other);
  expect(await page(`/${other}`)).toContain('recycle bin');
  const refused = await send('/new', [['LastName', 'Nobody']]);
  expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('Company')]);
});
