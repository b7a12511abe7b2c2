import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ENDPOINTS } from '../../sandbox/pipedrive/http/endpoints.ts';
import { companyForAllTests } from '../support/sandbox-company.ts';
import { vendorSpecs } from '../support/vendor-specs.ts';

const { time, pipedrive, call, person, lead } = companyForAllTests();

const specs = vendorSpecs('pipedrive');

test.skipIf(specs === null)('every operation there is, Pipedrive has, in the same version', () => {
  const listed = (version: 'v1' | 'v2') =>
    new Set(
      readFileSync(join(specs!, `endpoints-${version}.csv`), 'utf8')
        .split(/\r?\n/)
        .slice(1)
        .map((line) => line.split(',').slice(1).join(' ').trim()),
    );
  const known = { v1: listed('v1'), v2: listed('v2') };
  const foreign = ENDPOINTS.filter(({ version, method, path }) => !known[version].has(`${method} ${path}`));
  expect(foreign.map(({ version, method, path }) => `${version} ${method} ${path}`)).toEqual([]);
});

describe('records', () => {
  test('leads take what the API names and nothing else, and say what is wrong in their own form', async () => {
    const { id } = person();
    const { status, body } = await call('POST', '/v1/leads', { title: 'New', person_id: id });
    expect(status).toBe(201);
    expect(body.data).toMatchObject({ source_name: 'API', origin: 'API', owner_id: body.data.creator_id });
    for (const bad of [
      { title: 'No party' },
      { title: 'x', person_id: String(id) },
      { title: 'x', person_id: id, owner_id: pipedrive().userId('gone@example.com') },
      { title: 'x', person_id: 99_999 },
      { title: 'x', person_id: id, colour: 'red' },
    ]) {
      const refused = await call('POST', '/v1/leads', bad);
      expect(refused.status, JSON.stringify(bad)).toBe(400);
      expect(refused.body).toMatchObject({ success: false, data: null, additional_data: null });
    }
    const unchangeable = await call('PATCH', `/v1/leads/${body.data.id}`, { origin_id: 'mine' });
    expect(unchangeable.status).toBe(400);
  });

  test('lists go by pages and by what changed since; the archive is apart', async () => {
    const since = time.now();
    const ids = [lead().id, lead().id, lead().id];
    pipedrive().update({ id: ids[2]!, values: { is_archived: true } });
    const at = new Date(since).toISOString().slice(0, 19);
    const { body } = await call('GET', `/v1/leads?updated_since=${at}Z&limit=1&sort=add_time ASC`);
    expect(body.additional_data.pagination).toMatchObject({ more_items_in_collection: true, next_start: 1 });
    expect((await call('GET', `/v1/leads?updated_since=${at}`)).status).toBe(400);
    const archived = await call('GET', '/v1/leads/archived?sort=update_time DESC');
    expect(archived.body.data.map((one: { id: string }) => one.id)).toEqual([ids[2]]);
    expect((await call('GET', '/v1/leads/archived?updated_since=2026-01-01T00:00:00Z')).status).toBe(400);
    expect((await call('GET', '/v1/leads?limit=501')).status).toBe(400);
  });

  test('each version has its own records', async () => {
    expect((await call('GET', '/v1/persons')).status).toBe(404);
    expect((await call('GET', '/api/v2/leads')).status).toBe(404);
    expect((await call('GET', '/api/v1/users')).status).toBe(200);
    expect((await call('GET', `/api/v2/persons?ids=${'1,'.repeat(100)}1`)).status).toBe(400);
  });

  test('what is the owner’s alone others cannot see', async () => {
    const hidden = lead({ visible_to: '1' });
    const { accessToken } = pipedrive().install('test', 'anna@example.com');
    expect((await call('GET', `/v1/leads/${hidden.id}`, undefined, accessToken)).status).toBe(404);
    expect((await call('GET', `/v1/leads/${hidden.id}`)).status).toBe(200);
  });

  test('a conversion is a job; the lead is gone after it, and the deal says which it was when asked', async () => {
    const { id } = lead({ value: { amount: 9, currency: 'EUR' } });
    const started = await call('POST', `/api/v2/leads/${id}/convert/deal`, {});
    const job = `/api/v2/leads/${id}/convert/status/${started.body.data.conversion_id}`;
    expect((await call('GET', job)).body.data).toMatchObject({ status: 'not_started' });
    time.advance(100);
    const { body } = await call('GET', job);
    expect(body.data).toMatchObject({ status: 'completed', deal_id: expect.any(Number) });
    expect((await call('GET', `/v1/leads/${id}`)).status).toBe(404);
    const deal = `/api/v2/deals/${body.data.deal_id}`;
    expect((await call('GET', deal)).body.data.source_lead_id).toBeUndefined();
    expect((await call('GET', `${deal}?include_fields=source_lead_id`)).body.data.source_lead_id).toBe(id);
  });

  test('of merged persons one lives on, with what pointed at the other', async () => {
    const [kept, gone] = [person(), person()];
    const { id } = lead({ person: undefined, person_id: gone.id });
    await call('PUT', `/v1/persons/${gone.id}/merge`, { merge_with_id: kept.id });
    expect((await call('GET', `/api/v2/persons/${gone.id}`)).status).toBe(404);
    expect(pipedrive().record({ id }).person_id).toBe(kept.id);
  });
});

describe('limits', () => {
  test('replies say how much is left; over it is 429, and who goes on gets a page instead', async () => {
    const { accessToken } = pipedrive().install();
    pipedrive().limits().set({ burst: 2 });
    const me = () => call('GET', '/v1/users/me', undefined, accessToken);
    expect((await me()).headers.get('x-ratelimit-remaining')).toBe('1');
    await me();
    const over = await me();
    expect(over.status).toBe(429);
    expect(over.headers.get('retry-after')).toBeNull();
    for (let more = 0; more < 21; more++) await me();
    const blocked = await me();
    expect(blocked.status).toBe(403);
    expect(blocked.text).toContain('<!DOCTYPE html>');
    time.advance(61_000);
    expect((await me()).status).toBe(200);
  });

  test('ten searches in two seconds', async () => {
    const { accessToken } = pipedrive().install();
    const search = () => call('GET', '/api/v2/persons/search?term=ada', undefined, accessToken);
    for (let n = 0; n < 10; n++) expect((await search()).status).toBe(200);
    expect((await search()).status).toBe(429);
    time.advance(2_001);
    expect((await search()).status).toBe(200);
  });

  test('the day’s tokens are the company’s, by plan and seats; they come back at midnight', async () => {
    const { daily, used } = pipedrive().limits().usage();
    expect(daily).toBe(30_000 * 1 * 5);
    await call('GET', '/v1/users');
    await call('GET', `/api/v2/persons/${person().id}`);
    expect(pipedrive().limits().usage().used - used).toBe(21);
    pipedrive().limits().spend(daily);
    const over = await call('GET', '/v1/users');
    expect(over.status).toBe(429);
    expect(over.headers.get('x-daily-ratelimit-token-remaining')).toBe('0');
    time.advance(24 * 3_600_000);
    expect((await call('GET', '/v1/users')).status).toBe(200);
  });
});

test('the company’s automation gives a lead away that the API gave to somebody', async () => {
  pipedrive().setAutomation({ reownTo: 'anna@example.com', reownMs: 1_000 });
  const { id } = lead();
  await call('PATCH', `/v1/leads/${id}`, { owner_id: pipedrive().userId('admin@example.com') });
  const other = lead({ owner_id: pipedrive().userId('anna@example.com') });
  await call('PATCH', `/v1/leads/${other.id}`, { owner_id: pipedrive().userId('admin@example.com') });
  time.advance(1_000);
  expect(pipedrive().record({ id: other.id }).owner_id).toBe(pipedrive().userId('anna@example.com'));
  pipedrive().setAutomation({ reownTo: null });
});
