import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { sortValues, whereEmpty } from '../../server/crm/pipedrive/entry/values.ts';
import { readIfThere, toFailure } from '../../server/crm/pipedrive/failures.ts';
import { intakeOf } from '../../server/crm/pipedrive/intake.ts';
import { anything } from '../../server/crm/pipedrive/shapes.ts';
import { parsePush } from '../../server/crm/pipedrive/webhook-events.ts';
import { panelData } from '../../server/http/pipedrive/panel-data.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const CONTEXT = { userId: '45', intake: ['lead'] as const };

const push = (
  meta: Record<string, unknown>,
  data: unknown = { owner_id: 7 },
  previous: unknown = null,
): unknown => ({
  meta: {
    action: 'create',
    entity: 'lead',
    entity_id: 'uuid-1',
    id: 'event-1',
    company_id: '123',
    user_id: '9',
    timestamp: '2026-11-23T00:00:00.000Z',
    change_source: 'app',
    ...meta,
  },
  data,
  previous,
});
const eventsOf = (body: unknown) => {
  const parsed = parsePush(body, CONTEXT);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.events.map(({ dedupe: _, ...event }) => event);
};
const lead = { objectType: 'lead', recordId: 'uuid-1' };

describe('what a refusal means', () => {
  const reply = (status: number, error = 'x') => ({
    status,
    body: { success: false, error },
    blocked: false,
    headers: new Headers(),
  });

  test.each([
    [402, 'account_closed', /trial/],
    [403, 'missing_scope', /install the app again/],
    [404, 'record_gone', /no longer in Pipedrive/],
    [410, 'api_retired', /update Fairlead/],
    [422, 'too_many_webhooks', /delete some/],
  ])('%i says what to do', (status, code, remedy) => {
    expect(toFailure(reply(status))).toMatchObject({
      kind: 'refused',
      code,
      remedy: expect.stringMatching(remedy),
    });
  });

  test('an address that is no more is no record that is gone', () => {
    expect(readIfThere(anything, reply(404))).toBeNull();
    expect(() => readIfThere(anything, reply(410))).toThrow(/update Fairlead/);
    expect(() => readIfThere(anything, { ...reply(404), body: undefined })).toThrow(/vendor_unavailable/);
  });
});

describe('what a push says', () => {
  test('a new lead is read; of deals and persons only owners and ends are followed', () => {
    expect(eventsOf(push({}))).toEqual([{ kind: 'record_changed', ...lead }]);
    expect(eventsOf(push({ entity: 'person', entity_id: '5' }))).toEqual([]);
    expect(
      eventsOf(push({ entity: 'deal', entity_id: '5', action: 'change' }, { owner_id: 8 }, { owner_id: 7 })),
    ).toMatchObject([{ kind: 'owner_changed', objectType: 'deal', recordId: '5', ownerId: '8' }]);
  });

  test('another owner is told with the moment it was set; what else changed, besides', () => {
    const owner = { kind: 'owner_changed', ...lead, ownerId: '8', at: Date.parse('2026-11-23T00:00:00Z') };
    const change = (previous: unknown, more = {}) =>
      eventsOf(push({ action: 'change', ...more }, { owner_id: 8 }, previous));
    expect(change({ owner_id: 7, update_time: 'x' })).toEqual([owner]);
    expect(change({ owner_id: 7, title: 'x' })).toEqual([owner, { kind: 'record_changed', ...lead }]);
    expect(change({ update_time: 'x' })).toEqual([]);
    // Our own write of owner and reason: the owner is compared with what we wrote, nothing is read for it.
    expect(change({ owner_id: 7, title: 'x' }, { change_source: 'api', user_id: '45' })).toEqual([owner]);
  });

  test('a lead that is gone is looked for; a merged person says into whom', () => {
    expect(eventsOf(push({ action: 'delete' }, null, {}))).toEqual([{ kind: 'record_changed', ...lead }]);
    expect(
      eventsOf(push({ action: 'delete', entity: 'person', entity_id: '5', merged_to_id: '6' }, null, {})),
    ).toEqual([{ kind: 'record_gone', objectType: 'person', recordId: '5', mergedInto: '6' }]);
  });

  test('people are imported anew; what is of no use is nothing; another version is refused', () => {
    expect(eventsOf(push({ entity: 'user', entity_id: '5' }))).toEqual([{ kind: 'people_changed' }]);
    expect(eventsOf(push({ entity: 'note', entity_id: '5' }))).toEqual([]);
    expect(parsePush({ v: 1, event: 'added.lead' }, CONTEXT).ok).toBe(false);
  });

  test('a repeat has the same key, whatever its attempt', () => {
    const keys = [1, 2].map((attempt) => {
      const parsed = parsePush(push({ attempt }), CONTEXT);
      return parsed.ok && parsed.events.map(({ dedupe }) => dedupe);
    });
    expect(keys[0]).toEqual(keys[1]);
  });
});

test('leads are taken in unless the connection names other records', () => {
  expect(intakeOf({ settings: {} })).toEqual(['lead']);
  expect(intakeOf({ settings: { intake: ['deal', 'colour'] } })).toEqual(['deal']);
});

test('values go to the record their source names, in its own form', () => {
  const custom = 'b'.repeat(40);
  expect(
    sortValues({
      'lead.value.amount': '500',
      'lead.value.currency': 'EUR',
      [`lead.${custom}`]: 'x',
      [`person.${custom}`]: 'y',
      'organization.employee_count': '12',
      'organization.address.country': 'Estonia',
      'person.email': 'a@example.com',
      'contact.country': 'nowhere',
    }),
  ).toEqual({
    lead: { value: { amount: 500, currency: 'EUR' }, [custom]: 'x' },
    person: { custom_fields: { [custom]: 'y' } },
    organization: { employee_count: 12, address: { country: 'Estonia' } },
  });
  expect(
    whereEmpty(
      { website: 'x', industry: 1, custom_fields: { [custom]: 'y', ['c'.repeat(40)]: 'z' } },
      { website: 'there', industry: null, custom_fields: { [custom]: 'there' } },
    ),
  ).toEqual({ industry: 1, custom_fields: { ['c'.repeat(40)]: 'z' } });
});

test('a record nobody decided about has an empty panel', () => {
  const card = { explanation: null, standing: null } as Parameters<typeof panelData>[0];
  expect(panelData(card, 5)).toEqual({});
});

test('what nobody verified is listed for a live company', () => {
  const sources = globSync('server/crm/pipedrive/**/*.ts', { cwd: root })
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .join('\n');
  const names = [...sources.matchAll(/@unverified (\w+)/g)].map(([, name]) => name!);
  const listed = readFileSync(join(root, 'docs/verify-live.md'), 'utf8');
  expect(names.length).toBeGreaterThan(5);
  for (const name of names) expect(listed, name).toContain(`\`${name}\``);
});
