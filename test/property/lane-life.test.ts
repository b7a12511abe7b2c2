import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AppError } from '../../server/base/app-error.ts';
import { eachDatabase } from '../support/databases.ts';
import {
  contactRef,
  HUBSPOT,
  type LaneWorld,
  openLaneWorld,
  ownerOf,
  TENANT,
} from '../support/lane-world.ts';

const REPS = ['ann', 'ben', 'cat', 'dan'];
const MINUTE = 60_000;

const repsOf = (caps: object, without: string | null) =>
  REPS.filter((id) => id !== without).map((id, _, all) => ({
    id,
    capacity: caps,
    manager: `${all[0]}@example.com`,
  }));

/** Policies that follow one another: gives, credits and counts of every kind. */
const policyOf = (give: Give, odd: boolean) => ({
  timezone: 'America/New_York',
  hours: { 'mon-fri': '09:00-17:00', sat: '22:00-06:00' },
  fields: { country: { type: 'country', hubspot: 'contact.country' } },
  ...(odd && { hold: { until: { field: 'country', op: 'is_present' }, atMost: 'PT30M' } }),
  slas: [
    {
      id: 'touch',
      name: 'Touch',
      within: 'PT20M',
      until: 'first_activity',
      steps: [
        { after: 'PT10M', notify: 'rep' },
        { after: 'PT40M', do: 'reassign' },
      ],
    },
    { id: 'answer', name: 'Answer', within: 'PT5M', until: 'claimed', steps: [] },
  ],
  pools: [
    {
      id: 'desk',
      members: [{ rep: 'ann', weight: 3 }, { rep: 'ben' }, { rep: 'cat', weight: 1000 }],
      method: 'round_robin',
      availability: odd ? 'now' : 'ignore',
      catchUp: odd ? { mode: 'bounded', perDay: 1 } : { mode: 'full' },
      credit: odd ? { decline: 'charge', expiry: 'keep' } : {},
      manual: odd ? 'ignore' : 'count',
    },
    {
      id: 'rest',
      members: [{ rep: 'dan' }, { rep: 'ann' }],
      method: 'round_robin',
      manual: 'count',
    },
  ],
  rules: [
    {
      id: 'known',
      name: 'Known',
      when: { field: 'country', op: 'is_present' },
      sla: ['touch', 'answer'],
      then: [
        {
          pool: 'desk',
          ...(give === 'assign' ? {} : { give, claimWithin: 'PT15M', clock: odd ? 'working' : 'elapsed' }),
        },
        { wait: 'PT1H' },
        { pool: 'rest' },
      ],
    },
  ],
  fallback: [{ pool: 'rest', give: 'offer', claimWithin: 'PT15M', clock: 'elapsed', attempts: 1 }],
});

type Mode = 'live' | 'log_only';
type Give = 'assign' | 'offer' | 'broadcast';
type Step =
  | { readonly kind: 'contact'; readonly known: boolean; readonly callback: boolean }
  | { readonly kind: 'lead'; readonly known: boolean }
  | { readonly kind: 'again'; readonly pick: number; readonly route: boolean }
  | { readonly kind: 'claim' | 'decline' | 'gone' | 'worked' | 'junk'; readonly pick: number }
  | { readonly kind: 'reassign'; readonly pick: number; readonly who: string }
  | { readonly kind: 'deliver'; readonly card: boolean }
  | { readonly kind: 'owner'; readonly pick: number; readonly who: string | null; readonly seen: boolean }
  | { readonly kind: 'leave'; readonly who: string }
  | { readonly kind: 'policy'; readonly give: Give; readonly odd: boolean }
  | { readonly kind: 'reps'; readonly caps: object; readonly without: string | null }
  | { readonly kind: 'lane'; readonly mode: Mode; readonly paused: boolean }
  | { readonly kind: 'time'; readonly minutes: number };

const who = fc.constantFrom(...REPS);
const pick = fc.nat(1000);
const of = <Kind extends Step['kind'], More extends object>(
  kind: Kind,
  more: { readonly [Key in keyof More]: fc.Arbitrary<More[Key]> },
) =>
  fc.record({ kind: fc.constant(kind), ...more }) as unknown as fc.Arbitrary<
    { readonly kind: Kind } & Readonly<More>
  >;

const CAPS: readonly object[] = [{}, { open: 1 }, { perHour: 1 }, { open: 2, perDay: 3, perWeek: 4 }];
const often = <T>(weight: number, arbitrary: fc.Arbitrary<T>) => ({ weight, arbitrary });
const steps: fc.Arbitrary<Step> = fc.oneof(
  often(5, of('contact', { known: fc.boolean(), callback: fc.boolean() })),
  often(2, of('lead', { known: fc.boolean() })),
  often(2, of('again', { pick, route: fc.boolean() })),
  often(4, of('claim', { pick })),
  often(3, of('decline', { pick })),
  often(3, of('deliver', { card: fc.boolean() })),
  often(2, of('owner', { pick, who: fc.option(who), seen: fc.boolean() })),
  often(2, of('gone', { pick })),
  often(2, of('reassign', { pick, who })),
  often(1, of('worked', { pick })),
  often(1, of('junk', { pick })),
  often(1, of('leave', { who })),
  often(
    1,
    of('policy', { give: fc.constantFrom<Give[]>('assign', 'offer', 'broadcast'), odd: fc.boolean() }),
  ),
  often(1, of('reps', { caps: fc.constantFrom(...CAPS), without: fc.option(who) })),
  often(
    1,
    of('lane', {
      mode: fc.constantFrom<Mode[]>('live', 'live', 'log_only'),
      paused: fc.constantFrom(false, false, true),
    }),
  ),
  often(6, of('time', { minutes: fc.constantFrom(1, 10, 20, 60, 600, 4000, -30) })),
);

interface Played {
  readonly world: LaneWorld;
  contacts: number;
}

const nth = <T>(all: readonly T[], pick: number): T | undefined => all[pick % Math.max(1, all.length)];

/** An assignment, open rather than closed and lately made, with a rep who may answer. */
const assignmentAt = async ({ world }: Played, pick: number) => {
  const rows = await world.rows(
    'select id, offered_to from assignment order by closed_at nulls first, opened_at desc, id limit 5',
  );
  const row = nth(rows, pick);
  if (row === undefined) return undefined;
  const asked = (row.offered_to as { rep: string }[]).map(({ rep }) => rep);
  return { assignmentId: row.id as string, repId: nth([...asked, ...REPS], Math.floor(pick / 7) % 3)! };
};

const ADMIN = { repId: null, admin: true, name: 'console' };

const play = async (played: Played, step: Step): Promise<unknown> => {
  const { world } = played;
  const { useCases } = world;
  const record = 'pick' in step ? contactRef(String(1 + (step.pick % Math.max(1, played.contacts)))) : null;
  switch (step.kind) {
    case 'contact': {
      const id = String(++played.contacts);
      world.crm.put(id, { raw: step.known ? { country: 'US' } : {} });
      return world.contact(id, {
        ...(step.callback && { callback: { connectionId: HUBSPOT, callbackId: `call-${id}` } }),
      });
    }
    case 'lead':
      return world.lead(step.known ? { country: 'US' } : {});
    case 'again':
      if (played.contacts === 0) return;
      return useCases.decideLead({ tenantId: TENANT, source: 'webhook', record: record!, again: step.route });
    case 'deliver':
      return world.deliver(step.card ? 'slack_card' : 'owner_write');
    case 'owner': {
      if (played.contacts === 0) return;
      const ownerId = step.who === null ? null : ownerOf(step.who);
      world.crm.put(record!.recordId, { ownerId });
      if (!step.seen) return;
      return useCases.ownerChangedOutside({
        tenantId: TENANT,
        record: record!,
        ownerId,
        at: world.clock.now,
      });
    }
    case 'gone':
      if (played.contacts === 0) return;
      return useCases.recordGone({ tenantId: TENANT, record: record!, mergedInto: null });
    case 'policy':
      // Refused where somebody it names has left.
      return world.publish(policyOf(step.give, step.odd)).catch(unlessRefused);
    case 'reps':
      return world.putReps(repsOf(step.caps, step.without));
    case 'lane':
      await world.setLane({ mode: step.mode, paused: step.paused });
      return;
    case 'time':
      world.clock.now += step.minutes * MINUTE;
      return world.sweep();
    case 'leave':
      return useCases.offboardRep
        .confirm({ tenantId: TENANT, repId: step.who, by: 'console', moves: null })
        .catch(unlessRefused);
    default: {
      const asked = await assignmentAt(played, step.pick);
      if (asked === undefined) return;
      const { assignmentId, repId } = asked;
      const about = { tenantId: TENANT, assignmentId };
      if (step.kind === 'claim') return useCases.claim({ ...about, repId });
      if (step.kind === 'decline')
        return useCases.decline({ ...about, repId, reason: 'too_busy', note: null });
      if (step.kind === 'reassign')
        return useCases.reassign({ ...about, repId: step.who, by: ADMIN, note: null });
      if (step.kind === 'junk') return useCases.markJunk({ ...about, reason: 'none', by: ADMIN });
      return useCases.firstActivity({ ...about, at: world.clock.now, since: world.clock.now - MINUTE });
    }
  }
};

/** What is asked in vain is refused, and nothing else goes wrong. */
const unlessRefused = (error: unknown): void => {
  if (!(error instanceof AppError) || error.code === 'not_stored') throw error;
};

const sum = (amounts: Iterable<unknown>): number =>
  [...amounts].reduce<number>((all, one) => all + Number(one), 0);

/** What holds whatever has happened. */
const check = async (world: LaneWorld): Promise<void> => {
  expect(world.failures).toEqual([]);
  const assignments = await world.assignments();
  const open = assignments.filter(({ closed_at }) => closed_at === null);
  expect(new Set(open.map(({ lead_id }) => lead_id)).size).toBe(open.length);
  for (const one of open) {
    const place = { assigned: one.rep_id, in_queue: one.queue_id, offered: one.due_at, waiting: one.due_at }[
      one.state as 'assigned'
    ];
    expect(place, `${one.state} with nobody`).not.toBeNull();
    if (one.state !== 'offered' && one.state !== 'waiting') expect(one.callbacks).toEqual([]);
    if (one.state === 'waiting') expect(one.held_at).toBeNull();
  }
  for (const one of assignments)
    if (one.closed_at !== null) expect(one).toMatchObject({ callbacks: [], due_at: null, held_at: null });
  for (const { owed, charged } of await world.rows('select owed, charged from ledger_entry'))
    expect(sum(Object.values(owed as object))).toBe(sum(Object.values(charged as object)));
  const pools = await world.rows(
    'select pool_id, sum(lag) as lag, sum(banked) as banked from pool_member group by pool_id',
  );
  for (const { lag, banked } of pools) expect([Number(lag), Number(banked)]).toEqual([0, 0]);
  const received = await world.rows(
    `select pool_id, rep_id, received, (select count(*) filter (where (charged->>rep_id)::bigint > 0)
       - count(*) filter (where (charged->>rep_id)::bigint < 0) from ledger_entry
       where pool_id = pool_member.pool_id) as told from pool_member`,
  );
  for (const row of received) expect(Number(row.received)).toBe(Number(row.told));
  for (const { rep_id, open: taken, windows } of await world.rows('select * from rep_load')) {
    const held = open.filter((one) => one.held_at !== null && one.rep_id === rep_id);
    expect([rep_id, taken]).toEqual([rep_id, held.length]);
    for (const [, count] of Object.values(windows as Record<string, [string, number]>))
      expect(count).toBeGreaterThanOrEqual(0);
  }
  const byId = new Map(assignments.map((one) => [one.id, one]));
  for (const clock of await world.rows('select * from sla_clock where ended_at is null')) {
    const one = byId.get(clock.assignment_id)!;
    const holders =
      one.state === 'offered' ? (one.offered_to as { rep: string }[]).map(({ rep }) => rep) : [one.rep_id];
    expect(one.closed_at).toBeNull();
    expect((clock.reps as string[]).every((rep) => holders.includes(rep))).toBe(true);
  }
};

eachDatabase('a workspace whatever happens to it', (open) => {
  test('owes what it charged, returns every slot, and has every lead somewhere', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(steps, { minLength: 1, maxLength: 3 }), { maxLength: 30, size: 'max' }),
        async (history) => {
          const { storage } = await open();
          const world = await openLaneWorld(storage, {
            policy: policyOf('offer', false),
            reps: repsOf({ open: 2 }, null),
          });
          const played: Played = { world, contacts: 0 };
          for (const together of history) {
            await Promise.all(together.map((step) => play(played, step)));
            await check(world);
          }
          await world.setLane({ mode: 'live', paused: false });
          await world.sweep();
          await check(world);
          const late = await world.rows(
            `select id from assignment where due_at <= (select last_instant from lane) union
           select id from sla_clock where next_at <= (select last_instant from lane)`,
          );
          expect(late).toEqual([]);
        },
      ),
      { numRuns: 6 },
    );
  }, 300_000);
});
