import { describe, expect, test } from 'vitest';
import { writeRecords } from '../../server/crm/dynamics/record-writes.ts';
import { type DynamicsEnvironment, openDynamicsEnvironment } from '../support/dynamics-environment.ts';
import { decisionView } from '../support/hubspot-portal.ts';
import { sandboxForAllTests } from '../support/sandbox-for-all-tests.ts';

const sandbox = sandboxForAllTests();

describe('writing owners', () => {
  const write = (env: DynamicsEnvironment, id: string, ownerId: string, replaceable: readonly string[]) => ({
    deliveryId: `dlv_${id}`,
    attempts: 1,
    record: env.ref(id),
    decision: decisionView(`dec_${id}`),
    ownerId,
    mayBeNoted: true,
    replaceable,
  });
  const waysOf = (env: DynamicsEnvironment) => ({
    call: env.call,
    connection: env.connection,
    columns: env.columns,
    until: Date.now() + 20_000,
  });

  test('a save between the look and the write is found by its version: the record is looked at again', async () => {
    const env = openDynamicsEnvironment(sandbox());
    const [busy, taken] = [env.lead(), env.lead()];
    const [one, other] = [env.idOf('owner.1@example.com'), env.idOf('owner.2@example.com')];
    await env.columns.of(env.connection, 'lead');
    // People save both records after they were looked at: one its subject, one its owner.
    const { call } = env;
    let saved = false;
    const slow: typeof call = async (environment, asked) => {
      if (asked.path === '$batch' && !saved) {
        saved = true;
        env.dynamics.update({ name: env.name, id: busy, values: { subject: 'Saved meanwhile' } });
        env.dynamics.changeOwner({ name: env.name, id: taken, ownerId: other });
      }
      return call(environment, asked);
    };
    const results = await writeRecords(
      [write(env, busy, one, [env.nobody]), write(env, taken, one, [env.nobody])],
      { ...waysOf(env), call: slow },
    );
    expect(results).toEqual([{ outcome: 'done' }, { outcome: 'overtaken', ownerId: other }]);
    expect(env.ownerOf(env.record(busy))).toBe(one);
    expect(env.ownerOf(env.record(taken))).toBe(other);
  });

  test('a lead deleted after the look is not made anew', async () => {
    const env = openDynamicsEnvironment(sandbox());
    const id = env.lead();
    const { call } = env;
    const removing: typeof call = async (environment, asked) => {
      if (asked.path === '$batch') env.dynamics.remove({ name: env.name, id });
      return call(environment, asked);
    };
    const owner = env.idOf('owner.1@example.com');
    const [result] = await writeRecords([write(env, id, owner, [env.nobody])], {
      ...waysOf(env),
      call: removing,
    });
    expect(result).toMatchObject({ outcome: 'refused', code: 'record_gone' });
    expect(env.rows('lead')).toEqual([]);
  });

  test('what a plug-in puts there in the same save is kept, and told', async () => {
    const env = openDynamicsEnvironment(sandbox());
    const id = env.lead();
    const [one, other] = [env.idOf('owner.1@example.com'), env.idOf('owner.2@example.com')];
    env.dynamics.setAutomation({ keepsOwner: other }, env.name);
    const [result] = await writeRecords([write(env, id, one, [env.nobody])], waysOf(env));
    expect(result).toEqual({ outcome: 'overtaken', ownerId: other });
  });

  test('without Fairlead’s columns the reason is a note, once, and a team can be given the lead', async () => {
    const env = openDynamicsEnvironment(sandbox(), { solution: false });
    const id = env.lead();
    const team = `team:${env.idOf('Holding')}`;
    for (let round = 0; round < 2; round++)
      expect(await writeRecords([write(env, id, team, [env.nobody])], waysOf(env))).toEqual([
        { outcome: 'done' },
      ]);
    expect(env.record(id).values.ownerid).toEqual({ table: 'team', id: env.idOf('Holding') });
    expect(env.rows('annotation').map(({ values }) => values.notetext)).toEqual([
      expect.stringContaining(`Fairlead decision dec_${id}`),
    ]);
  });

  test('a refused row leaves the others of its batch alone', async () => {
    const env = openDynamicsEnvironment(sandbox());
    const [bad, good] = [env.lead(), env.lead()];
    const owner = env.idOf('owner.1@example.com');
    env.dynamics.setFaults([{ kind: 'row', id: bad, message: 'The region is missing.' }]);
    const results = await writeRecords(
      [write(env, bad, owner, [env.nobody]), write(env, good, owner, [env.nobody])],
      waysOf(env),
    );
    expect(results).toEqual([
      { outcome: 'refused', code: 'rejected', remedy: expect.stringContaining('The region is missing.') },
      { outcome: 'done' },
    ]);
  });
});
