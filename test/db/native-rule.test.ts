import { expect, test } from 'vitest';
import { createAvailabilities } from '../../server/assignments/availabilities.ts';
import type { ConnectionInfo } from '../../server/assignments/ports.ts';
import type { Connector, NativeDecision } from '../../server/crm/connector.ts';
import { createNativeQuestion } from '../../server/rounds/ask-native-rules.ts';
import { createLaneStore } from '../../server/storage/lane-store/create-lane-store.ts';
import { createQueries } from '../../server/storage/queries/create-queries.ts';
import { eachDatabase } from '../support/databases.ts';
import { contactRef, HUBSPOT, openLaneWorld, ownerOf, TENANT, TUESDAY } from '../support/lane-world.ts';

const POLICY = {
  pools: [{ id: 'all', members: [{ rep: 'dana' }], method: 'round_robin', availability: 'ignore' }],
  fallback: [{ pool: 'all' }],
};
const MINUTE = 60_000;

eachDatabase('a CRM’s own rule', (open) => {
  const openWorld = async () => {
    const { storage } = await open();
    const lane = await openLaneWorld(storage, { policy: POLICY, reps: [{ id: 'dana', name: 'Dana' }] });
    lane.crm.put('c1');
    const { id, assignment } = await lane.contact('c1');
    await lane.deliver('owner_write');
    lane.clock.now += 10 * MINUTE;
    lane.crm.put('c1', { ownerId: ownerOf('ops') });
    await lane.useCases.ownerChangedOutside({
      tenantId: TENANT,
      record: contactRef('c1'),
      ownerId: ownerOf('ops'),
      at: lane.clock.now,
    });
    const clock = { now: () => lane.clock.now };
    const store = createLaneStore(storage, { clock });
    const queries = createQueries({
      storage,
      clock,
      availabilities: createAvailabilities(() => new Set()),
    });
    const story = async () =>
      ((await queries.explanation(TENANT, id))?.story ?? []).filter(({ kind }) => kind === 'native_rule');
    return { lane, store, story, assignment };
  };

  test('is told once, by the name of whoever it gave the lead to, and keeps no name', async () => {
    const { lane, store, story, assignment } = await openWorld();
    const asked = { connectionId: HUBSPOT, after: TUESDAY, limit: 10 };
    const [change, ...others] = await store.outsideChanges(TENANT, asked);
    expect([change, others]).toMatchObject([
      { assignmentId: assignment, ref: contactRef('c1'), ownerId: ownerOf('ops'), since: TUESDAY },
      [],
    ]);
    const event = {
      tenantId: TENANT,
      assignmentId: assignment,
      change: change!.change,
      connectionId: HUBSPOT,
      crm: 'HubSpot',
      rule: 'EMEA',
      code: 'owner_assigned',
      ownerId: ownerOf('ops'),
    } as const;
    await Promise.all([lane.useCases.nativeRule(event), lane.useCases.nativeRule(event)]);
    await lane.useCases.nativeRule(event);
    expect(await story()).toMatchObject([{ text: 'HubSpot’s own assignment rule “EMEA” gave it to ops.' }]);
    expect(await store.outsideChanges(TENANT, asked)).toEqual([]);
    const after = { connectionId: HUBSPOT, after: TUESDAY };
    expect(await store.nativeRules(TENANT, after)).toEqual([{ rule: 'EMEA', leads: 1 }]);
    expect(await store.nativeRules(TENANT, { ...after, after: lane.clock.now })).toEqual([]);
    const [kept] = await lane.rows("select detail from assignment_event where kind = 'native_rule'");
    expect(JSON.stringify(kept)).not.toMatch(/example\.com|Ada/);
  });

  test('that could not give it to anybody is told a while later, and raises no alert', async () => {
    const { lane, store, story } = await openWorld();
    let asked = 0;
    const run: NativeDecision = { rule: null, outcome: 'no_capacity', ownerId: null, at: lane.clock.now };
    const alerts: string[] = [];
    const question = createNativeQuestion({
      store,
      alerts: {
        open: async (_tenant, { kind }) => {
          alerts.push(kind);
        },
        close: async () => undefined,
      },
      useCases: lane.useCases,
      clock: { now: () => lane.clock.now },
    });
    const connector = {
      name: 'Dynamics 365',
      nativeDecisions: async (_connection, wanted) => {
        asked++;
        return wanted.map(() => [
          { ...run, rule: 'Other', outcome: 'owner_assigned', ownerId: 'somebody else' },
          { ...run, outcome: 'in_progress' },
          run,
        ]);
      },
    } as Pick<Connector, 'name' | 'nativeDecisions'> as Connector;
    const ask = () => question.run({ id: HUBSPOT, tenantId: TENANT } as ConnectionInfo, connector);
    await ask();
    await ask();
    expect(asked).toBe(2);
    expect(await story()).toEqual([]);
    lane.clock.now += 6 * MINUTE;
    await ask();
    expect(await story()).toMatchObject([
      { text: 'Dynamics 365’s own assignment rules gave it to nobody: no seller had capacity left.' },
    ]);
    // What is explained is not asked about again.
    await ask();
    expect(asked).toBe(3);
    expect(await story()).toHaveLength(1);
    expect(alerts).toEqual([]);
  });
});
