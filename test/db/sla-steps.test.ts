import { expect, test } from 'vitest';
import { createUseCases } from '../../server/assignments/create-use-cases.ts';
import { makeNewId } from '../../server/base/ids.ts';
import { eachDatabase } from '../support/databases.ts';
import { ownerOf, TENANT, TUESDAY, type WorldOptions } from '../support/lane-world.ts';
import { FIRST_TOUCH, instant, MINUTE, openSlaWorld, policyWith, REPS } from '../support/sla-world.ts';

eachDatabase('the steps of an SLA', (open) => {
  const world = async (
    policy: Readonly<Record<string, unknown>> = policyWith([FIRST_TOUCH]),
    more: Partial<WorldOptions> = {},
  ) => openSlaWorld((await open()).storage, policy, more);

  test('takes its steps in turn, each once: it tells the rep, then their manager, then gives the lead to another', async () => {
    const here = await world();
    const { rep, id, assignment } = await here.new();
    expect(here.wakes.tenants).toContain(TUESDAY + 3 * MINUTE);
    expect(await here.at(2)).toBe(TUESDAY + 3 * MINUTE);
    expect(await here.notices()).toEqual([]);
    await here.at(3);
    await here.at(4);
    expect(await here.notices()).toEqual([{ to: 'rep', rep: rep?.id }]);
    await here.at(5);
    await here.sweep();
    expect(await here.notices()).toEqual([
      { to: 'rep', rep: rep?.id },
      { to: 'manager', rep: 'mia' },
    ]);
    await here.at(15);
    const [after] = await here.assignments();
    expect(after).toMatchObject({ id: assignment, state: 'assigned' });
    expect(after?.rep_id).not.toBe(rep?.id);
    expect(await here.clocks()).toMatchObject([
      { reps: [rep?.id], missed_at: instant(5), ended_because: 'reassigned', next_at: null },
      {
        reps: [after?.rep_id],
        missed_at: null,
        ended_because: null,
        due_at: instant(20),
        next_at: instant(18),
      },
    ]);
    const name = rep!.id;
    expect(await here.story(id)).toEqual([
      `Assigned to ${name}.`,
      'First touch was due 10:05 New York and is missed.',
      `First touch was missed: it is taken from ${name} and given to somebody else.`,
      `Assigned to ${String(after?.rep_id)}.`,
    ]);
  });

  test('gives the lead to nobody who had it; once all had it, it stays and is tried again', async () => {
    const here = await world();
    const { rep } = await here.new();
    const had = [rep?.id];
    for (const minutes of [15, 30]) {
      await here.at(minutes);
      had.push((await here.rep()) as string);
    }
    expect([...had].sort()).toEqual(['ann', 'ben', 'cleo']);
    await here.at(45);
    expect(await here.rep()).toBe(had[2]);
    const latest = (await here.rows('select id from decision order by seq desc'))[0]?.id as string;
    const told = await here.story(latest);
    expect(told.at(-1)).toBe(
      `First touch was missed, and nobody else can take it now: it stays with ${had[2]}. Looked at again 11:45 New York.`,
    );
    await here.putReps([...REPS, { id: 'dora', manager: 'mia' }]);
    await here.publish(policyWith([FIRST_TOUCH], {}, ['ann', 'ben', 'cleo', 'dora']));
    await here.at(106);
    expect(await here.rep()).toBe('dora');
    const { candidates } = (await here.queries.explanation(
      TENANT,
      (
        await here.rows('select id from decision order by seq desc')
      )[0]?.id as string,
    ))!;
    expect(candidates.filter(({ code }) => code === 'had_before').map(({ rep: one }) => one)).toHaveLength(3);
    expect(candidates.find(({ rep: one }) => one === 'ann')?.detail).toBe(
      'had this lead before and an SLA was missed',
    );
  });

  test('leaves the charge as it stands, returns the slot, and keeps the ledger in balance', async () => {
    const here = await world();
    const { rep } = await here.new();
    await here.at(15);
    const next = (await here.rep()) as string;
    const received = await here.rows(
      'select rep_id, received from pool_member where received > 0 order by rep_id',
    );
    expect(received.map(({ rep_id }) => rep_id)).toEqual([rep!.id, next].sort());
    const [sum] = await here.rows('select sum(lag + banked) as lag from pool_member');
    expect(sum).toEqual({ lag: 0 });
    expect(await here.rows('select rep_id, open from rep_load where open > 0')).toEqual([
      { rep_id: next, open: 1 },
    ]);
  });

  test('whose reassignment comes to a wait lets it pass while the lead stays, then takes the next step', async () => {
    const then = [{ rep: 'ann' }, { wait: 'PT30M' }, { rep: 'ben' }];
    const hours = { 'mon-fri': '00:00-24:00' };
    const here = await world({ ...policyWith([FIRST_TOUCH], { then }), hours });
    await here.new();
    await here.at(15);
    expect(await here.rep()).toBe('ann');
    expect(await here.at(44)).toBe(TUESDAY + 45 * MINUTE);
    await here.at(45);
    expect(await here.rep()).toBe('ben');
  });

  test('asks the CRM before it takes a lead from somebody who has just worked on it', async () => {
    const asked: unknown[] = [];
    const here = await world(policyWith([{ ...FIRST_TOUCH, steps: [{ after: 'PT15M', do: 'reassign' }] }]), {
      activity: {
        first: async (record, since) => {
          asked.push([record.recordId, since]);
          return TUESDAY + 14 * MINUTE;
        },
      },
    });
    here.crm.put('1', { raw: { country: 'US' } });
    const { rep } = await here.contact('1');
    await here.at(15);
    expect(asked).toEqual([['1', TUESDAY]]);
    expect(await here.rep()).toBe(rep?.id);
    expect(await here.clocks()).toMatchObject([{ met_at: instant(14), late: 9 * MINUTE }]);
  });

  test('makes a task in the CRM where no message reaches', async () => {
    const here = await world(policyWith([FIRST_TOUCH]), { withoutSlack: ['ann', 'ben', 'cleo', 'mia'] });
    here.crm.put('1', { raw: { country: 'US' } });
    const { rep } = await here.contact('1');
    await here.at(5);
    const tasks = await here.rows(
      "select body from delivery where kind = 'task' and body ? 'sla' order by seq",
    );
    expect(tasks.map(({ body }) => body)).toMatchObject([
      { ownerId: ownerOf(rep!.id), sla: { name: 'First touch', to: 'rep', dueAt: TUESDAY + 5 * MINUTE } },
      { ownerId: ownerOf('mia'), sla: { to: 'manager' } },
    ]);
  });

  test('the task of a lead is due on the day it is where its rep is', async () => {
    const reps = REPS.map((rep) => ({ ...rep, timezone: 'Pacific/Kiritimati' }));
    const here = await world(policyWith([FIRST_TOUCH]), {
      reps,
      withoutSlack: ['ann', 'ben', 'cleo', 'mia'],
    });
    here.crm.put('1', { raw: { country: 'US' } });
    await here.contact('1');
    const day = new Date(TUESDAY + 14 * 60 * MINUTE).toISOString().slice(0, 10);
    expect(day).not.toBe(new Date(TUESDAY).toISOString().slice(0, 10));
    const tasks = await here.rows("select body from delivery where kind = 'task' order by seq");
    expect(tasks.map(({ body }) => (body as { dueOn: string }).dueOn)).toEqual([day]);
  });

  test('makes a task as well where Slack would not take the message, once', async () => {
    const here = await world();
    here.crm.put('1', { raw: { country: 'US' } });
    const { rep } = await here.contact('1');
    await here.at(3);
    const [notice] = await here.deliveries('slack_sla');
    await here.events.noticeUndeliverable(notice!, 'rep_unreachable');
    await here.events.noticeUndeliverable(notice!, 'rep_unreachable');
    const tasks = "select body from delivery where kind = 'task' and body ? 'sla'";
    expect(await here.rows(tasks)).toMatchObject([
      { body: { ownerId: ownerOf(rep!.id), sla: { to: 'rep' } } },
    ]);
    expect((await here.deliveries('task')).map(({ key }) => key)).toEqual([notice!.key]);
  });

  test('is called off as the tenant begins only to look', async () => {
    const here = await world();
    await here.new();
    await here.setLane({ mode: 'log_only' });
    await here.at(3);
    expect(await here.notices()).toEqual([]);
    expect(await here.clocks()).toMatchObject([{ ended_because: 'log_only', next_at: null }]);
  });

  test('tells an admin of a rep who has no manager', async () => {
    const here = await world(policyWith([FIRST_TOUCH]), {
      reps: [{ id: 'ann' }, { id: 'ben' }, { id: 'cleo' }],
    });
    await here.new();
    await here.at(5);
    expect(await here.rows('select kind, subject from alert')).toMatchObject([
      { kind: 'sla_no_manager', subject: await here.rep() },
    ]);
  });

  test('tells an admin of a rep whose manager has left', async () => {
    const here = await world();
    await here.new();
    await here.useCases.offboardRep.confirm({ tenantId: TENANT, repId: 'mia', by: 'console', moves: null });
    await here.at(5);
    expect(await here.rows('select kind, subject from alert')).toMatchObject([
      { kind: 'sla_no_manager', subject: await here.rep() },
    ]);
  });

  test('outlives the process: the rows say what is due, and a second sweep does nothing twice', async () => {
    const here = await world();
    const { rep } = await here.new();
    // Another process on the same tables: it knows nothing but them.
    const other = createUseCases({
      ...here.parts,
      newId: makeNewId(),
    });
    here.clock.now = TUESDAY + 4 * MINUTE;
    await Promise.all([other.useCases.sweep(TENANT), here.sweep()]);
    await other.useCases.sweep(TENANT);
    expect(await here.notices()).toEqual([{ to: 'rep', rep: rep?.id }]);
    here.clock.now = TUESDAY + 60 * MINUTE;
    await Promise.all([other.useCases.sweep(TENANT), here.sweep()]);
    // Whoever loses it this moment is not asked to hurry; their manager hears of it.
    expect(await here.notices()).toEqual([
      { to: 'rep', rep: rep?.id },
      { to: 'manager', rep: 'mia' },
    ]);
    expect(await here.rep()).not.toBe(rep?.id);
  });

  test('does nothing while only looking', async () => {
    const here = await world();
    await here.setLane({ mode: 'log_only' });
    await here.new();
    expect(await here.clocks()).toEqual([]);
  });
});
