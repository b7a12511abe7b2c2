import { expect, test } from 'vitest';
import { eachDatabase } from '../support/databases.ts';
import { type LaneWorld, openLaneWorld, ownerOf, type WorldOptions } from '../support/lane-world.ts';

const REPS = [{ id: 'ann' }, { id: 'ben' }, { id: 'cat' }];
const POLICY = {
  fields: {
    email: { type: 'email', hubspot: 'contact.email' },
    company: { type: 'text', hubspot: 'company.name' },
    owner: { type: 'text' },
  },
  pools: [
    {
      id: 'all',
      members: REPS.map(({ id }) => ({ rep: id })),
      method: 'round_robin',
      availability: 'ignore',
    },
  ],
  fallback: [{ pool: 'all' }],
};
const SAME_OWNER = { ...POLICY, duplicates: { then: 'same_owner' } };
const PERSON = { name: 'Ada', company: null, phone: null, source: null, message: null, url: null };

const historyOf = async (world: LaneWorld) => (await world.assignments()).at(-1)?.history;

eachDatabase('people who were a lead before', (open) => {
  const openWorld = async (policy: WorldOptions['policy']) => {
    const { storage } = await open();
    return openLaneWorld(storage, { policy, reps: REPS });
  };
  const reps = async (world: LaneWorld, emails: readonly string[]) => {
    const taken: (string | undefined)[] = [];
    for (const email of emails) taken.push((await world.lead({ email })).rep?.id);
    return taken;
  };

  test('same person, same owner: by the address of a field, of the caller or of a record; the ledger is not charged', async () => {
    const world = await openWorld(SAME_OWNER);
    const [a, b, ...again] = await reps(world, ['a@x.com', 'b@x.com', 'A@X.com ', 'b@x.com']);
    expect(again).toEqual([a, b]);
    expect(a).not.toBe(b);
    const given = await world.lead({}, { person: { email: 'B@x.com' } });
    expect([given.rep?.id, given.rule, given.pool]).toEqual([b, null, null]);
    world.crm.put('7', { raw: { email: 'a@x.com' }, person: { ...PERSON, email: 'a@x.com' } });
    const read = await world.contact('7');
    expect(read.rep?.id).toBe(a);
    expect(read.reason).toBe(
      `Before the rules → ${a}. ${a} has an earlier lead of this person, found by the same e-mail address.`,
    );
    expect(await world.rows('select kind from ledger_entry')).toHaveLength(2);
    expect(await world.deliveries('owner_write')).toMatchObject([{ body: { ownerId: ownerOf(a!) } }]);
  });

  test('leads of one person that come together go to one rep', async () => {
    const world = await openWorld(SAME_OWNER);
    const said = await Promise.all(Array.from({ length: 12 }, () => world.lead({ email: 'a@x.com' })));
    expect(new Set(said.map(({ rep }) => rep?.id)).size).toBe(1);
    expect(await world.rows('select kind from ledger_entry')).toHaveLength(1);
  });

  test('a phone number tells too, where the policy matches by it', async () => {
    const byPhone = { ...SAME_OWNER, duplicates: { match: ['phone'], then: 'same_owner' } };
    const world = await openWorld(byPhone);
    const first = await world.lead({}, { person: { email: 'a@x.com', phone: '+1 415 555 0123' } });
    await world.lead();
    const same = await world.lead({}, { person: { email: 'other@x.com', phone: '+14155550123' } });
    const other = await world.lead({}, { person: { email: 'a@x.com', phone: '+14155550199' } });
    expect(same.rep).toEqual(first.rep);
    expect(other.rep).not.toEqual(first.rep);
  });

  test('sticky: whoever had the person last, also once that lead has ended; who has left is passed over', async () => {
    const world = await openWorld({ ...POLICY, fallback: [{ owner: 'sticky' }, { pool: 'all' }] });
    world.crm.put('1', { raw: { email: 'a@x.com' }, person: { ...PERSON, email: 'a@x.com' } });
    const first = (await world.contact('1')).rep!.id;
    world.crm.put('1', { gone: 'archived' });
    await world.contact('1', { again: true, source: 'webhook' }).catch(() => undefined);
    expect(await world.assignments()).toMatchObject([{ state: 'closed' }]);
    const [again] = await reps(world, ['a@x.com']);
    expect(again).toBe(first);
    expect(await historyOf(world)).toMatchObject({
      earlier: [{ code: 'EMAIL_EXACT', open: false, rep: first }],
    });
    await world.rows(`update rep set active = false where id = '${first}'`);
    await world.rows('update lane set roster_version = roster_version + 1');
    const after = await world.lead({ email: 'a@x.com' });
    expect(after.rep?.id).not.toBe(first);
    expect(after.candidates.find(({ rep }) => rep === first)?.code).toBe('inactive');
  });

  test('a field names the owner by id, e-mail address or owner id in a CRM', async () => {
    const world = await openWorld({ ...POLICY, fallback: [{ owner: { field: 'owner' } }, { pool: 'all' }] });
    for (const owner of ['cat', 'CAT@example.com', ownerOf('cat')])
      expect((await world.lead({ owner })).rep?.id).toBe('cat');
    expect(JSON.stringify(await world.rows('select inputs from decision'))).not.toContain('CAT@');
    expect((await world.lead({ owner: ownerOf('ops') })).pool?.id).toBe('all');
  });

  test('an account goes to its owner, and a policy that does not ask keeps nothing of earlier leads', async () => {
    const accounts = [
      { id: 'named', entries: [{ name: 'Acme Inc.', domains: ['acme.com'], owner: 'cat@example.com' }] },
    ];
    const rule = { id: 'known', when: { account: 'matched' }, then: [{ owner: 'account' }] };
    const world = await openWorld({ ...POLICY, accounts, rules: [rule] });
    const { rep, reason } = await world.lead({ email: 'x@mail.acme.com' });
    expect(rep?.id).toBe('cat');
    expect(reason).toBe('Rule “known” → cat. cat owns the account Acme Inc., found by its domain.');
    expect((await world.lead({ company: 'ACME' })).rep?.id).toBe('cat');
    expect((await world.lead({ email: 'x@gmail.com' })).pool?.id).toBe('all');
    expect(await historyOf(world)).not.toHaveProperty('earlier');
  });
});
