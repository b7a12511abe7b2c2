import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createManualScheduler } from '../../sandbox/scheduler.ts';
import { type OpenEnvironment, openEnvironment } from '../support/sandbox-environment.ts';

let env: OpenEnvironment;
beforeEach(async () => {
  env = await openEnvironment();
});
afterEach(() => env.close());

const NOBODY = '11111111-2222-4333-8444-555555555555';
const codeOf = (reply: { status: number; body: { error: { code: string } } | null }) => [
  reply.status,
  reply.body?.error.code,
];

describe('tokens', () => {
  test('client credentials need the secret, the environment’s own scope, and an administrator’s consent', async () => {
    expect((await env.token({})).body).toMatchObject({ token_type: 'Bearer', expires_in: 3599 });
    expect(await env.token({ client_secret: 'x' })).toMatchObject({
      status: 401,
      body: { error: 'invalid_client', error_codes: [7000215] },
    });
    expect(await env.token({ scope: env.installed.url })).toMatchObject({
      status: 400,
      body: { error: 'invalid_scope' },
    });
    expect(await env.token({ scope: 'https://other.crm.dynamics.com/.default' })).toMatchObject({
      status: 400,
      body: { error: 'invalid_resource' },
    });
    expect(await env.token({}, NOBODY)).toMatchObject({ status: 400, body: { error_codes: [90002] } });
    env.dynamics.revoke();
    expect(await env.token({})).toMatchObject({ status: 400, body: { error: 'unauthorized_client' } });
  });

  test('a token is good for its own environment only, and for an enabled application user only', async () => {
    env.dynamics.addEnvironment({ name: 'fabrikam', friendlyName: 'Fabrikam', users: [] });
    const other = env.dynamics.url('fabrikam');
    const foreign = await env.call('GET', `${other}/api/data/v9.2/WhoAmI`);
    expect([foreign.status, foreign.text]).toEqual([401, '']);
    expect((await env.call('GET', 'WhoAmI')).body).toMatchObject({
      OrganizationId: env.installed.organizationId,
      UserId: env.installed.userId,
    });
    env.dynamics.revoke(undefined, 'user');
    expect(codeOf(await env.call('GET', 'WhoAmI'))).toEqual([403, '0x80072560']);
  });

  test('a person’s consent gives a code, the code tokens, once; refresh tokens renew them', async () => {
    const query = new URLSearchParams({
      client_id: 'sandbox-dynamics-client',
      response_type: 'code',
      redirect_uri: 'https://leads.example.com/back',
      scope: `${env.installed.url}/user_impersonation offline_access`,
      state: 's1',
    });
    const page = `${env.installed.loginUrl}/organizations/oauth2/v2.0/authorize?${query}`;
    expect(await (await fetch(page)).text()).toContain('Permissions requested');
    const back = await fetch(`${page}&accept=yes`, { redirect: 'manual' });
    const code = new URL(back.headers.get('location') ?? '').searchParams.get('code') ?? '';
    const form = { grant_type: 'authorization_code', redirect_uri: 'https://leads.example.com/back', code };
    const granted = await env.token(form);
    expect(granted.body).toMatchObject({ scope: `${env.installed.url}/user_impersonation` });
    expect(await env.token(form)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    const refresh_token = String(granted.body.refresh_token);
    expect(await env.token({ grant_type: 'refresh_token', refresh_token })).toMatchObject({ status: 200 });
    env.dynamics.revoke();
    env.dynamics.entra.consent(env.installed.tenantId);
    expect(await env.token({ grant_type: 'refresh_token', refresh_token })).toMatchObject({
      body: { error: 'invalid_grant' },
    });
  });
});

describe('one record', () => {
  test('an ETag guards a write; an old one is refused with 412, `*` needs a record, none makes one', async () => {
    const id = env.lead();
    const first = (await env.call('GET', `leads(${id})?$select=_ownerid_value`)).body['@odata.etag'];
    const give = (headers: Record<string, string>, to = id) =>
      env.call(
        'PATCH',
        `leads(${to})`,
        { 'ownerid@odata.bind': `/systemusers(${env.idOf('ben@example.com')})` },
        headers,
      );
    expect((await give({ 'if-match': first })).status).toBe(204);
    expect(codeOf(await give({ 'if-match': first }))).toEqual([412, '0x80060882']);
    expect((await give({ 'if-match': '*' }, NOBODY)).status).toBe(404);
    expect(codeOf(await give({ 'if-none-match': '*' }))).toEqual([412, '0x80040237']);
    env.dynamics.remove({ id });
    // The trap: without a condition a deleted lead is made anew.
    expect((await give({})).status).toBe(204);
    expect(env.dynamics.record({ id }).values.subject).toBeUndefined();
  });

  test('304 for what the caller has, but never with annotations', async () => {
    const id = env.lead();
    const { body } = await env.call('GET', `leads(${id})`);
    const known = { 'if-none-match': body['@odata.etag'] };
    expect((await env.call('GET', `leads(${id})`, undefined, known)).status).toBe(304);
    const annotated = { ...known, prefer: 'odata.include-annotations="*"' };
    const read = await env.call('GET', `leads(${id})?$select=_ownerid_value,statecode`, undefined, annotated);
    expect(read.body).toMatchObject({
      '_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname': 'systemuser',
      'statecode@OData.Community.Display.V1.FormattedValue': 'Open',
    });
  });

  test.each([
    ['an unknown column', { nonsense: 1 }, 400],
    ['a lookup by its column', { ownerid: NOBODY }, 400],
    ['a number as text', { numberofemployees: '12' }, 400],
    ['too long a text', { lastname: 'x'.repeat(51) }, 400],
    ['a choice that is none', { leadsourcecode: 99 }, 400],
    ['an owner who is not there', { 'ownerid@odata.bind': `/systemusers(${NOBODY})` }, 404],
    ['a reason of another state', { statecode: 0, statuscode: 4 }, 400],
    ['a step’s name in capitals', { 'OwnerId@odata.bind': `/systemusers(${NOBODY})` }, 400],
  ])('refuses %s', async (_, values, status) => {
    const id = env.lead();
    expect((await env.call('PATCH', `leads(${id})`, values, { 'if-match': '*' })).status).toBe(status);
  });

  test('who has left, and a team without a role, own nothing', async () => {
    const id = env.lead();
    for (const bind of [`/systemusers(${env.idOf('grace@example.com')})`, `/teams(${env.idOf('Watchers')})`])
      expect(
        (await env.call('PATCH', `leads(${id})`, { 'ownerid@odata.bind': bind }, { 'if-match': '*' })).status,
      ).toBe(400);
    const bind = `/teams(${env.idOf('Inbound holding')})`;
    const given = await env.call(
      'PATCH',
      `leads(${id})`,
      { 'ownerid@odata.bind': bind },
      { 'if-match': '*' },
    );
    expect(given.status).toBe(204);
  });

  test('qualifying makes what was asked for, owned by the caller, once', async () => {
    const id = env.lead({ companyname: 'Engines' });
    const body = { CreateAccount: true, CreateContact: true, CreateOpportunity: true, Status: 3 };
    const action = `leads(${id})/Microsoft.Dynamics.CRM.QualifyLead`;
    const { body: made } = await env.call('POST', action, body);
    expect(made.value).toHaveLength(3);
    expect(env.dynamics.record({ id }).values).toMatchObject({ statecode: 1, statuscode: 3 });
    expect(env.dynamics.rows('opportunity')[0]?.values.ownerid).toMatchObject({ id: env.installed.userId });
    expect((await env.call('POST', action, body)).status).toBe(400);
    expect((await env.call('POST', action, { ...body, Status: undefined })).status).toBe(400);
  });
});

describe('queries', () => {
  const rows = async (path: string, prefer = '') =>
    (await env.call('GET', path, undefined, prefer === '' ? {} : { prefer })).body.value;

  test('filters compare by type, look through lookups, and know In', async () => {
    const [ada, bob] = [
      env.lead({ emailaddress1: "o'ada@example.com" }),
      env.lead({ numberofemployees: 20 }),
    ];
    const ids = async (filter: string) =>
      (
        (await rows(`leads?$select=leadid&$filter=${encodeURIComponent(filter)}`)) as { leadid: string }[]
      ).map(({ leadid }) => leadid);
    expect(await ids("emailaddress1 eq 'O''ADA@example.com' and statecode eq 0")).toEqual([ada]);
    expect(await ids(`Microsoft.Dynamics.CRM.In(PropertyName='leadid',PropertyValues=['${bob}'])`)).toEqual([
      bob,
    ]);
    expect(await ids("numberofemployees gt 10 or (not contains(subject,'Inter'))")).toEqual([bob]);
    expect(await ids('createdby/applicationid eq null')).toHaveLength(2);
    const bad = ["leadid eq 'text'", 'numberofemployees eq', 'nonsense eq 1', "ownerid eq 'x'"];
    for (const filter of bad)
      expect((await env.call('GET', `leads?$filter=${encodeURIComponent(filter)}`)).status).toBe(400);
  });

  test('pages follow their next link', async () => {
    for (let n = 0; n < 5; n++) env.lead();
    const first = await env.call('GET', 'leads?$select=leadid', undefined, { prefer: 'odata.maxpagesize=2' });
    expect(first.body.value).toHaveLength(2);
    const second = await env.call('GET', first.body['@odata.nextLink'], undefined, {
      prefer: 'odata.maxpagesize=2',
    });
    expect([...first.body.value, ...second.body.value].length).toBe(4);
    expect(second.body['@odata.nextLink']).toBeDefined();
  });

  test('columns of Fairlead’s solution are there only where it is installed', async () => {
    const attributes = async () =>
      (await rows("EntityDefinitions(LogicalName='lead')/Attributes?$select=LogicalName,AttributeType")).some(
        ({ LogicalName }: { LogicalName: string }) => LogicalName === 'fairlead_reason',
      );
    expect(await attributes()).toBe(true);
    env.dynamics.setInstalled({ solution: false });
    expect(await attributes()).toBe(false);
    expect((await env.call('GET', 'leads?$select=fairlead_reason')).status).toBe(400);
  });
});

describe('change tracking', () => {
  const track = (path: string) => env.call('GET', path, undefined, { prefer: 'odata.track-changes' });

  test('a delta link tells what changed and what was deleted since, and refuses filters', async () => {
    const [kept, gone] = [env.lead(), env.lead()];
    const first = await track('leads?$select=subject');
    expect(first.headers.get('preference-applied')).toContain('odata.track-changes');
    env.dynamics.update({ id: kept, values: { subject: 'Again' } });
    env.dynamics.remove({ id: gone });
    const { body } = await env.call('GET', first.body['@odata.deltaLink']);
    expect(body.value).toEqual([
      expect.objectContaining({ leadid: kept, subject: 'Again' }),
      { '@odata.context': expect.stringContaining('$deletedEntity'), id: gone, reason: 'deleted' },
    ]);
    expect((await env.call('GET', body['@odata.deltaLink'])).body.value).toEqual([]);
    expect((await track('leads?$filter=statecode eq 0')).status).toBe(400);
    expect((await track('annotations')).status).toBe(400);
  });

  test('a token ends after seven days', async () => {
    const scheduler = createManualScheduler(Date.parse('2026-11-24T15:00:00Z'));
    await env.close();
    env = await openEnvironment({ scheduler });
    env.dynamics.entra.setTokenMs(30 * 24 * 3_600_000);
    const accessToken = env.dynamics.install().accessToken;
    const headers = { authorization: `Bearer ${accessToken}` };
    const { body } = await env.call('GET', 'leads?$select=subject', undefined, {
      ...headers,
      prefer: 'odata.track-changes',
    });
    scheduler.advance(7 * 24 * 3_600_000 + 1);
    expect((await env.call('GET', body['@odata.deltaLink'], undefined, headers)).status).toBe(400);
  });
});

describe('batches', () => {
  const B = 'batch_1';
  const part = (request: string, body = '', headers = '') =>
    `--${B}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n${request} HTTP/1.1\r\nContent-Type: application/json\r\n${headers}\r\n${body}\r\n`;
  const send = (parts: readonly string[], prefer: string | null = 'odata.continue-on-error') =>
    env.call('POST', '$batch', `${parts.join('')}--${B}--\r\n`, {
      'content-type': `multipart/mixed; boundary=${B}`,
      ...(prefer !== null && { prefer }),
    });
  const statuses = (text: string) =>
    [...text.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, status]) => Number(status));

  test('parts answer in order with statuses of their own, within a 200', async () => {
    const id = env.lead();
    const parts = [
      part(`PATCH leads(${id})`, '{"subject":"One"}', 'If-Match: *\r\n'),
      part(`PATCH leads(${NOBODY})`, '{"subject":"Two"}', 'If-Match: *\r\n'),
      part(`GET leads(${id})?$select=subject`),
    ];
    const reply = await send(parts);
    expect([reply.status, statuses(reply.text)]).toEqual([200, [204, 404, 200]]);
    expect(reply.text).toContain('"subject":"One"');
    expect(statuses((await send(parts, null)).text)).toEqual([204, 404]);
  });

  test('a change set is all or nothing, and refers to what it made', async () => {
    const C = 'changeset_1';
    const inner = (id: number, request: string, body: string) =>
      `--${C}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\nContent-ID: ${id}\r\n\r\n${request} HTTP/1.1\r\nContent-Type: application/json\r\n\r\n${body}\r\n`;
    const changeset = (...requests: string[]) =>
      `--${B}\r\nContent-Type: multipart/mixed; boundary=${C}\r\n\r\n${requests.join('')}--${C}--\r\n`;
    const lead = inner(1, 'POST leads', '{"subject":"Made"}');
    const note = inner(2, 'POST annotations', '{"subject":"Why","objectid_lead@odata.bind":"$1"}');
    expect(statuses((await send([changeset(lead, note)])).text)).toEqual([204, 204]);
    expect(env.dynamics.rows('annotation')[0]?.values.objectid).toMatchObject({ table: 'lead' });
    const failing = changeset(lead, inner(2, 'POST leads', '{"nonsense":1}'));
    expect(statuses((await send([failing])).text)).toEqual([400]);
    expect(env.dynamics.rows('lead')).toHaveLength(1);
  });

  test('lines that end in LF alone are no batch', async () => {
    const reply = await env.call('POST', '$batch', part('GET leads').replaceAll('\r\n', '\n'), {
      'content-type': `multipart/mixed; boundary=${B}`,
    });
    expect(reply.status).toBe(400);
  });
});

describe('service protection limits', () => {
  test('requests, execution time and concurrency, each with its code and a Retry-After that grows', async () => {
    const { limits } = env.dynamics;
    limits().set({ requests: 3 });
    const replies = [];
    for (let n = 0; n < 5; n++) replies.push(await env.call('GET', 'WhoAmI'));
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 429, 429]);
    expect(codeOf(replies[3]!)).toEqual([429, '0x80072322']);
    const [first, second] = [replies[3], replies[4]].map((reply) =>
      Number(reply?.headers.get('retry-after')),
    );
    expect(first).toBeGreaterThan(290);
    expect(second).toBeGreaterThanOrEqual(first!);
    limits().reset();
    limits().set({ requests: 6000, executionMs: 20 });
    await env.call('GET', 'WhoAmI');
    expect(codeOf(await env.call('GET', 'WhoAmI'))).toEqual([429, '0x80072321']);
    limits().reset();
    limits().set({ executionMs: 1_200_000, concurrent: 2 });
    env.dynamics.setFaults([{ kind: 'slow', ms: 200, times: 2 }]);
    const together = await Promise.all([1, 2, 3, 4].map(() => env.call('GET', 'WhoAmI')));
    expect(together.filter(({ body }) => body?.error?.code === '0x80072326')).toHaveLength(2);
  });
});
