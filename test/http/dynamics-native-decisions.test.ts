import { describe, expect, test, vi } from 'vitest';
import { nativeDecisions } from '../../server/crm/dynamics/native-decisions.ts';
import { openDynamicsEnvironment } from '../support/dynamics-environment.ts';
import { sandboxForAllTests } from '../support/sandbox-for-all-tests.ts';

const sandbox = sandboxForAllTests();

describe('the environment’s own assignment rules', () => {
  test('are named with whom they gave the lead to; where there are none, nobody is', async () => {
    const env = openDynamicsEnvironment(sandbox());
    const ownerId = env.idOf('owner.2@example.com');
    const untouched = env.lead();
    env.dynamics.setAutomation({ assignmentRules: [{ name: 'Web leads', ownerId }] }, env.name);
    const id = env.lead();
    await vi.waitUntil(() => env.rows('msdyn_salesroutingrun').length === 1);
    const since = Date.now() - 60_000;
    const runs = (...leads: string[]) =>
      nativeDecisions(
        env.call,
        env.connection,
        leads.map((lead) => ({ ref: env.ref(lead), since })),
      );
    env.dynamics.resetStats();
    expect(await runs(untouched, id)).toEqual([
      [],
      [{ rule: 'Web leads', outcome: 'owner_assigned', ownerId, at: expect.any(Number) }],
    ]);
    expect(env.dynamics.stats().requests).toBe(1);
    const later = [{ ref: env.ref(id), since: Date.now() + 60_000 }];
    expect(await nativeDecisions(env.call, env.connection, later)).toEqual([[]]);
    env.dynamics.setInstalled({ assignmentRules: false }, env.name);
    expect(await runs(id)).toEqual([[]]);
  });
});
