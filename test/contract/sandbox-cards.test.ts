import { afterEach, expect, test } from 'vitest';
import { verifySignature } from '../../server/crm/hubspot/signature.ts';
import { openReceiver, type Receiver } from '../support/receiver.ts';
import { ANNA_USER_ID, TEST_ACCOUNT } from '../support/sandbox-account.ts';
import { type OpenOrg, openOrg } from '../support/sandbox-org.ts';

const CARD = { standing: null };
const SECRET = 'sandbox-hubspot-secret';

let org: OpenOrg;
let receiver: Receiver;

afterEach(async () => {
  await org.close();
  await receiver.close();
});

const open = async (reply: Parameters<typeof openReceiver>[0]) => {
  receiver = await openReceiver(reply);
  org = await openOrg({
    fairleadUrl: receiver.url,
    fairleadPublicUrl: 'https://leads.example.com',
    accounts: [TEST_ACCOUNT],
  });
};

const send = async (path: string, body?: unknown) => {
  const reply = await fetch(org.url + path, {
    method: body === undefined ? 'GET' : 'POST',
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  return { status: reply.status, body: (await reply.json()) as unknown };
};

test('a record page frames its card for the person who uses the desk', async () => {
  await open(() => ({}));
  const contact = org.hubspot.create({ objectType: 'contacts', properties: { email: 'a@b.example' } }).id;
  const lead = org.lead();
  const page = async (path: string, as: string) =>
    (await fetch(`${org.url}/desk/${path}`, { headers: { cookie: `desk_as=${as}` } })).text();
  const [anna, ben] = ['anna@example.com', 'ben@example.com'];
  expect(await page(`contacts/${contact}`, anna)).toContain(
    `src="/cards/hubspot/${ANNA_USER_ID}?objectType=contacts&amp;objectId=${contact}"`,
  );
  expect(await page(`salesforce/${lead}`, ben)).toContain(
    `src="/cards/salesforce/${org.idOf(ben)}?objectType=Lead&amp;record=${lead}"`,
  );
});

test('what the HubSpot card asks carries who asks, and the signature HubSpot makes', async () => {
  await open(() => ({ body: { ok: true, card: CARD } }));
  const base = `/cards/hubspot/${ANNA_USER_ID}/fetch/hubspot/assignments`;
  const read = await send(`${base}?objectType=0-1&objectId=12&timezone=Europe%2FLondon`);
  const pressed = await send(`${base}/asg_1/claim?locale=en`, { requestId: 'press-1' });
  expect([read.body, pressed.body]).toEqual([
    { ok: true, card: CARD },
    { ok: true, card: CARD },
  ]);
  expect(receiver.received.map(({ method, path }) => [method, path.split('?')[0]])).toEqual([
    ['GET', '/hubspot/assignments'],
    ['POST', '/hubspot/assignments/asg_1/claim'],
  ]);
  for (const { method, path, headers, raw } of receiver.received) {
    const query = new URL(path, receiver.url).searchParams;
    expect(Object.fromEntries(query)).toMatchObject({
      portalId: String(TEST_ACCOUNT.portalId),
      userId: String(ANNA_USER_ID),
      userEmail: 'anna@example.com',
      appId: '9000001',
    });
    const signed = {
      method,
      url: `https://leads.example.com${path}`,
      rawBody: Buffer.from(raw),
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [String(value)]])),
    };
    const verdict = verifySignature(signed, { secret: SECRET, now: Date.now(), accept: ['v3'] });
    expect(verdict).toMatchObject({ ok: true });
  }
});

test('HubSpot tries once more after a 5xx, with the same body', async () => {
  let calls = 0;
  await open(() => (++calls === 1 ? { status: 503, body: {} } : { body: { ok: true, card: CARD } }));
  const path = `/cards/hubspot/${ANNA_USER_ID}/fetch/hubspot/assignments/asg_1/claim`;
  expect((await send(path, { requestId: 'press-1' })).status).toBe(200);
  expect(receiver.received.map(({ raw }) => raw)).toEqual(Array(2).fill('{"requestId":"press-1"}'));
});

test('the Lightning card asks through the named credential, as the user who looks', async () => {
  await open((request) => ({ body: request.method === 'GET' ? CARD : { ok: true, card: CARD } }));
  const [lead, anna] = [org.lead(), org.idOf('anna@example.com')];
  org.salesforce.org().fairleadCredential = 'the credential';
  const apex = `/cards/salesforce/${anna}/apex`;
  expect((await send(`${apex}/getCard`, { recordId: lead })).body).toEqual({ body: JSON.stringify(CARD) });
  await send(`${apex}/decline`, { recordId: lead, reason: 'too_busy', note: null, requestId: 'press-1' });
  const [read, pressed] = receiver.received;
  expect([read?.path, pressed?.path, pressed?.body]).toEqual([
    `/salesforce/assignments/${lead}`,
    `/salesforce/assignments/${lead}/decline`,
    { reason: 'too_busy' },
  ]);
  expect(pressed?.headers).toMatchObject({
    authorization: 'Bearer the credential',
    'x-fairlead-org': org.salesforce.org().id,
    'x-fairlead-user': anna,
    'x-fairlead-request': 'press-1',
    'x-fairlead-timezone': 'Europe/London',
    'accept-language': 'en-US',
  });
});

test('without an answer the Lightning card shows the last reason that the org holds', async () => {
  await open(() => ({ status: 503, body: { code: 'draining', detail: 'Fairlead is stopping.' } }));
  const lead = org.lead();
  await org.call('PATCH', '/sobjects/Assignment_Decision__c/Decision_Id__c/dec_1', {
    Lead__c: lead,
    Reason__c: 'Anna was next.',
    Assigned_To__c: org.idOf('anna@example.com'),
    Assigned_Name__c: 'Anna Rep',
  });
  const { body } = await send(`/cards/salesforce/${org.idOf('ben@example.com')}/apex/getCard`, {
    recordId: lead,
  });
  expect(body).toMatchObject({
    problem: 'unavailable',
    detail: 'Fairlead is stopping.',
    stored: { reason: 'Anna was next.', assignedName: 'Anna Rep' },
  });
});
