import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { batchText, readBatchReply } from '../../server/crm/dynamics/batch-text.ts';
import { ROUTING_OUTCOMES } from '../../server/crm/dynamics/facts.ts';
import { guidFor } from '../../server/crm/dynamics/ids.ts';
import { parsePush } from '../../server/crm/dynamics/webhook-events.ts';
import { nativeRuleText } from '../../server/storage/queries/native-rule-text.ts';

it('each unverified fact is listed in docs/verify-live.md', () => {
  const folder = new URL('../../server/crm/dynamics/', import.meta.url);
  const sources = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), 'utf8'));
  const live = readFileSync(new URL('../../docs/verify-live.md', import.meta.url), 'utf8');
  const names = [...sources.join('\n').matchAll(/@unverified (\w+)/g)].map(([, name]) => name!);
  expect(names.length).toBeGreaterThan(0);
  expect(names.filter((name) => !live.includes(`\`${name}\``))).toEqual([]);
});

it('each way a run of Sales’ own rules can end has a code and a sentence of its own', () => {
  const codes = [...ROUTING_OUTCOMES.values()];
  expect([...ROUTING_OUTCOMES.keys()]).toEqual(Array.from({ length: 15 }, (_, index) => index + 1));
  const told = codes.map((code) => nativeRuleText({ crm: 'Dynamics 365', rule: 'EMEA', code, owner: 'Zoe' }));
  expect(new Set(told).size).toBe(15);
  expect(told[1]).toBe('Dynamics 365’s own assignment rule “EMEA” gave it to Zoe.');
  expect(told.filter((text) => /gave it to nobody: \S.+\.$/.test(text))).toHaveLength(14);
});

it('ids of ours are the same each time, of version 5, and another for another name', () => {
  expect(guidFor('lead led_1')).toBe(guidFor('lead led_1'));
  expect(guidFor('lead led_1')).toMatch(
    /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
  expect(guidFor('lead led_2')).not.toBe(guidFor('lead led_1'));
});

const part = (status: string, body = '') =>
  `Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\nHTTP/1.1 ${status}\r\nOData-Version: 4.0\r\n\r\n${body}\r\n`;

it('a batch’s lines end in CRLF and its parts answer in order', () => {
  const text = batchText(
    [{ method: 'PATCH', path: 'leads(1)', headers: { 'If-Match': '*' }, body: { a: 1 } }],
    'b',
  );
  expect(text.replaceAll('\r\n', '')).not.toContain('\n');
  expect(text).toContain('PATCH /api/data/v9.2/leads(1) HTTP/1.1\r\n');
  const reply = `--r\r\n${part('204 No Content')}--r\r\n${part('412 Precondition Failed', '{"error":{"code":"x"}}')}--r--\r\n`;
  const answers = readBatchReply('multipart/mixed; boundary=r', reply);
  expect(answers.map(({ status, body }) => [status, body])).toEqual([
    [204, undefined],
    [412, { error: { code: 'x' } }],
  ]);
});

it('a reply that was cut tells of its whole parts only: the last may have been cut in its status', () => {
  const cut = `--r\r\n${part('204 No Content')}--r\r\n${part('204 No Content').slice(0, 95)}`;
  expect(readBatchReply('multipart/mixed; boundary=r', cut)).toHaveLength(1);
  expect(readBatchReply('text/html', cut)).toEqual([]);
});

it('a push of a message nobody listens to has no events, one that is none is said to be none', () => {
  const push = {
    MessageName: 'Retrieve',
    PrimaryEntityName: 'lead',
    PrimaryEntityId: '6f1b2c3d-0000-4000-8000-00000000000b',
    OrganizationId: '6F1B2C3D-0000-4000-8000-00000000000A',
    OperationId: 'op',
  };
  expect(parsePush(push)).toEqual({
    ok: true,
    organizationId: '6f1b2c3d-0000-4000-8000-00000000000a',
    events: [],
  });
  expect(parsePush({ ...push, PrimaryEntityId: '../etc' })).toMatchObject({ ok: false });
});
