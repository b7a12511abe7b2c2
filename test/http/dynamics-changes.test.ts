import { describe, expect, test, vi } from 'vitest';
import { createDynamicsChanges } from '../../server/crm/dynamics/changes.ts';
import { createRegistration } from '../../server/crm/dynamics/registration.ts';
import { type DynamicsEnvironment, openDynamicsEnvironment } from '../support/dynamics-environment.ts';
import { sandboxForAllTests } from '../support/sandbox-for-all-tests.ts';

const sandbox = sandboxForAllTests();

const registrationOf = (env: DynamicsEnvironment, secret = 'secret') =>
  createRegistration(env.call, { origin: () => 'https://leads.example.com', secretOf: () => secret });

describe('looking for changes', () => {
  const changesOf = (env: DynamicsEnvironment) => createDynamicsChanges(env.call, registrationOf(env));

  test('the first look begins now, the next tells what changed, was deleted and whose push was lost', async () => {
    const now = Date.now();
    const env = openDynamicsEnvironment(sandbox());
    const reader = changesOf(env);
    const [kept, gone] = [env.lead(), env.lead()];
    const first = await reader.read(env.connection, { cursor: null, now: now + 600_000, sources: {} });
    expect(first.records).toEqual([]);
    env.dynamics.update({ name: env.name, id: kept, values: { subject: 'Again' } });
    env.dynamics.remove({ name: env.name, id: gone });
    const second = await reader.read(env.connection, { ...first, now, sources: {} });
    expect(second.records.map(({ ref }) => ref.recordId)).toEqual([kept, gone]);
    const third = await reader.read(env.connection, { ...second, now, sources: {} });
    expect(third.records).toEqual([]);
  });

  test('a link that is refused begins anew, from the look before on', async () => {
    const env = openDynamicsEnvironment(sandbox());
    const id = env.lead();
    const old = `${env.installed.url}/api/data/v9.2/leads?$deltatoken=1!2020-01-01T00:00:00Z`;
    const cursor = JSON.stringify({ link: old, at: Date.now() });
    const found = await changesOf(env).read(env.connection, { cursor, now: Date.now(), sources: {} });
    expect(found.records.map(({ ref }) => ref.recordId)).toEqual([id]);
    expect(found.cursor).toContain('deltatoken');
  });

  test('a push that failed for good is found among the system jobs', async () => {
    const env = openDynamicsEnvironment(sandbox());
    const registration = createRegistration(env.call, {
      origin: () => 'http://127.0.0.1:9',
      secretOf: () => 'secret',
    });
    await registration.keep(env.connection);
    const reader = createDynamicsChanges(env.call, registration);
    const now = Date.now();
    const first = await reader.read(env.connection, { cursor: null, now, sources: {} });
    const id = env.lead();
    await vi.waitUntil(() => env.rows('asyncoperation').length === 1);
    env.dynamics.remove({ name: env.name, id });
    const found = await reader.read(env.connection, { ...first, now, sources: {} });
    expect(found.records).toContainEqual({
      ref: env.ref(id),
      stamp: env.rows('asyncoperation').find(({ values }) => values.messagename === 'Create')?.id,
    });
  });

  test('leads that were deleted while a link was lost are told', async () => {
    const env = openDynamicsEnvironment(sandbox());
    const [kept, gone] = [env.lead(), env.lead()];
    env.dynamics.remove({ name: env.name, id: gone });
    const link = `${env.installed.url}/api/data/v9.2/leads?$deltatoken=1!2020-01-01T00:00:00Z`;
    const found = await changesOf(env).read(env.connection, {
      cursor: JSON.stringify({ link, at: Date.now() + 3_600_000 }),
      now: Date.now(),
      sources: {},
      openRecords: async () => [env.ref(kept), env.ref(gone)],
    });
    expect(found.records.map(({ ref }) => ref.recordId)).toEqual([gone]);
  });

  test('a link of the address before, or of any other place, is not followed with our token: the look begins anew', async () => {
    const env = openDynamicsEnvironment(sandbox());
    const id = env.lead();
    const cursor = JSON.stringify({ link: 'https://elsewhere.example.com/steal', at: Date.now() });
    const found = await changesOf(env).read(env.connection, { cursor, now: Date.now(), sources: {} });
    expect(found.records.map(({ ref }) => ref.recordId)).toEqual([id]);
    expect(found.cursor).toContain(env.installed.url);
  });
});

describe('registering the webhook', () => {
  test('one endpoint and four steps, once; what somebody switched off or changed is mended', async () => {
    const env = openDynamicsEnvironment(sandbox());
    const registration = registrationOf(env);
    await registration.keep(env.connection);
    await registration.keep(env.connection);
    expect(env.rows('serviceendpoint')).toHaveLength(1);
    expect(env.rows('sdkmessageprocessingstep').map(({ values }) => values.name)).toEqual([
      'Fairlead: lead Create',
      'Fairlead: lead Update',
      'Fairlead: lead Delete',
      'Fairlead: lead Merge',
    ]);
    const [create] = env.rows('sdkmessageprocessingstep');
    env.dynamics.update({
      name: env.name,
      table: 'sdkmessageprocessingstep',
      id: create!.id,
      values: { statecode: 1 },
    });
    await registrationOf(env, 'another secret').keep(env.connection);
    expect(env.rows('sdkmessageprocessingstep')[0]?.values.statecode).toBe(0);
    expect(env.rows('serviceendpoint')[0]?.values).toMatchObject({
      url: 'https://leads.example.com/dynamics/webhooks',
      authvalue: 'another secret',
    });
    expect(env.rows('serviceendpoint')).toHaveLength(1);
  });
});
