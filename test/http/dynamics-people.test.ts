import { describe, expect, test } from 'vitest';
import { createDynamicsDirectory } from '../../server/crm/dynamics/directory.ts';
import { firstActivity } from '../../server/crm/dynamics/first-activity.ts';
import { countOpenWork } from '../../server/crm/dynamics/open-work.ts';
import { openDynamicsEnvironment } from '../support/dynamics-environment.ts';
import { sandboxForAllTests } from '../support/sandbox-for-all-tests.ts';

const sandbox = sandboxForAllTests();

describe('people', () => {
  test('who may own: users with their ids, and teams with who is in them', async () => {
    const env = openDynamicsEnvironment(sandbox());
    const people = await createDynamicsDirectory(env.call, { now: Date.now }).read(env.connection, []);
    const one = people.find(({ email }) => email === 'owner.1@example.com');
    expect(one).toMatchObject({
      kind: 'owner',
      externalId: env.idOf('owner.1@example.com'),
      name: 'Owner 1',
    });
    expect(one?.details).toMatchObject({ type: 'PERSON', entraId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(people.some(({ email }) => email === 'owner.9@example.com')).toBe(false);
    expect(people.filter(({ details }) => details?.type === 'QUEUE')).toEqual([
      expect.objectContaining({
        externalId: `team:${env.idOf('Holding')}`,
        details: { type: 'QUEUE', queue: 'Holding', members: [env.idOf('owner.1@example.com')] },
      }),
    ]);
  });

  test('open work is counted by owner', async () => {
    const env = openDynamicsEnvironment(sandbox());
    const [, closed] = [env.lead(), env.lead()];
    env.dynamics.disqualify({ name: env.name, id: closed });
    expect(await countOpenWork(env.call, env.connection)).toEqual({ [env.nobody]: 1 });
  });

  test('the first call, meeting or outgoing e-mail of a person counts, not the service’s own work', async () => {
    const env = openDynamicsEnvironment(sandbox());
    const { name } = env;
    const [called, untouched] = [env.lead(), env.lead()];
    const since = Date.now() - 1000;
    const regarding = (table: string, id: string) => ({
      [`regardingobjectid_lead_${table}@odata.bind`]: `/leads(${id})`,
    });
    const by = 'owner.1@example.com';
    env.dynamics.create({
      name,
      by,
      table: 'email',
      values: { directioncode: false, ...regarding('email', untouched) },
    });
    env.dynamics.create({
      name,
      by,
      table: 'task',
      values: { subject: 'x', ...regarding('task', untouched) },
    });
    env.dynamics.create({
      name,
      by,
      table: 'phonecall',
      values: { subject: 'Rang', ...regarding('phonecall', called) },
    });
    const found = await firstActivity(env.call, env.connection, [
      { ref: env.ref(called), since },
      { ref: env.ref(untouched), since },
    ]);
    expect(found[0]).toBeGreaterThanOrEqual(Math.floor(since / 1000) * 1000);
    expect(found[1]).toBeNull();
  });
});
