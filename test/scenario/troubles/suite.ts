import { beforeAll, expect, test, vi } from 'vitest';
import { roundRobin } from '../../support/round-robin.ts';
import { eachScenarioWorld, type Standing } from '../scenario-world.ts';
import type { Never, Trouble, TroubledCrm, Troubles } from './trouble.ts';

const PATIENCE_MS = 60_000;
const MINUTE = 60_000;

const policyFor = (
  { crm: { vendor, sources } }: TroubledCrm,
  { fieldDeleted, noLeads, queueCannotOwn }: Troubles,
) => ({
  fairlead: 1,
  name: 'Troubles',
  timezone: 'America/New_York',
  fields: {
    country: { type: 'country', [vendor]: sources.country },
    email: { type: 'email', [vendor]: sources.email },
    language: { type: 'text', [vendor]: fieldDeleted.source },
    ...('source' in noLeads && { lead: { type: 'text', [vendor]: noLeads.source } }),
  },
  intake: { when: { field: 'email', op: 'is_present' }, owned: 'keep' },
  queues: [{ id: 'held', name: 'Held', [vendor]: queueCannotOwn.target }],
  pools: [roundRobin('all', 'Everybody', 'anna', 'ben'), roundRobin('annas', 'Anna', 'anna')],
  rules: [
    {
      id: 'anna',
      name: 'Anna’s',
      when: { field: 'country', op: 'eq', value: 'DE' },
      then: [{ pool: 'annas' }],
    },
    {
      id: 'held',
      name: 'Held',
      when: { field: 'country', op: 'eq', value: 'FR' },
      then: [{ queue: 'held' }],
    },
  ],
  fallback: [{ pool: 'all' }],
});

/**
 * What an administrator has to mend, one suite for every CRM: each trouble is told in a sentence that says what to do,
 * the lead stays where it is in the CRM meanwhile, and goes on once it is mended.
 */
export const troublesSuite = (troubled: TroubledCrm): void => {
  eachScenarioWorld(`troubles of ${troubled.crm.name}`, troubled.crm, (world) => {
    let troubles: Troubles;
    let count = 0;
    beforeAll(async () => {
      troubles = troubled.open(world().sandbox);
      await world().api('PUT', '/api/v1/policy', policyFor(troubled, troubles));
    });

    const arrive = (country = 'US') =>
      world().account.arrive({ email: `troubled.${++count}@example.org`, country });
    const until = <T>(look: () => T | Promise<T>) =>
      vi.waitFor(look, { timeout: PATIENCE_MS, interval: 200 });
    const passing = (look: () => void | Promise<void>) =>
      until(async () => {
        await world().pass(MINUTE);
        await look();
      });
    const does = async (what: () => unknown): Promise<void> => {
      const connection = what();
      if (typeof connection === 'object' && connection !== null)
        await world().api('POST', '/api/v1/connections', connection);
      // By then every process has the new tokens.
      await world().pass(2 * MINUTE);
    };
    const sentences = async () => (await world().alerts()).map(({ text }) => text);
    const told = ({ says }: Trouble) =>
      passing(async () => expect(await sentences()).toContainEqual(expect.stringMatching(says)));
    const calm = () => passing(async () => expect(await sentences()).toEqual([]));
    const untouched = (id: string): void => {
      expect(world().account.ownerOf(id)).toBeNull();
      expect(world().account.ownerWrites(id)).toBe(0);
    };
    const given = (id: string) =>
      passing(async () => {
        const standing = await world().standing(id);
        expect(standing).toMatchObject({ state: 'assigned', written: 'done' });
        expect(world().account.ownerOf(id)).toBe(standing?.rep);
        expect(world().account.ownerWrites(id)).toBe(1);
      });
    const retryRefused = async (): Promise<void> => {
      const refused = await world().api<{ id: string }[]>('GET', '/api/v1/deliveries/refused');
      for (const { id } of refused) await world().api('POST', `/api/v1/deliveries/${id}/retry`);
    };
    const where = async (id: string, expected: Partial<Standing>): Promise<void> =>
      expect(await world().standing(id)).toMatchObject(expected);

    const applies = <T extends Trouble>(trouble: T | Never, skip: (why: string) => never): T =>
      'never' in trouble ? skip(trouble.never) : trouble;

    /** Nothing of the account can be read or written: whatever came in is given once it is mended. */
    const stops = async (trouble: Trouble): Promise<void> => {
      await does(trouble.begin);
      const id = arrive();
      await told(trouble);
      untouched(id);
      await does(trouble.mend);
      await retryRefused();
      await given(id);
      await calm();
    };

    test('a wrong secret of the app', { timeout: 4 * PATIENCE_MS }, () => stops(troubles.wrongSecret));

    test('missing scopes', { timeout: 4 * PATIENCE_MS }, () => stops(troubles.missingScopes));

    test('an edition without leads', { timeout: 4 * PATIENCE_MS }, async (context) => {
      const trouble = applies(troubles.noLeads, (why) => context.skip(why));
      if (trouble.source === undefined) return stops(trouble);
      // Other records are routed all the same.
      await does(trouble.begin);
      await told(trouble);
      await given(arrive());
      await does(trouble.mend);
      await calm();
    });

    test('a field of the policy that was deleted', { timeout: 4 * PATIENCE_MS }, async () => {
      const trouble = troubles.fieldDeleted;
      await does(trouble.begin);
      const id = arrive();
      await told(trouble);
      const standing = await world().standing(id);
      if (standing?.state !== 'assigned') untouched(id);
      await does(trouble.mend);
      await given(id);
      await calm();
    });

    test('an owner who was deactivated', { timeout: 4 * PATIENCE_MS }, async () => {
      const trouble = troubles.inactiveOwner;
      await does(trouble.begin);
      const id = arrive('DE');
      await told(trouble);
      untouched(id);
      await where(id, { state: 'assigned', rep: 'anna', written: 'refused' });
      await does(trouble.mend);
      await retryRefused();
      await given(id);
      await calm();
    });

    test('a queue that cannot own leads', { timeout: 4 * PATIENCE_MS }, async () => {
      const trouble = troubles.queueCannotOwn;
      await does(trouble.begin);
      const id = arrive('FR');
      await told(trouble);
      untouched(id);
      await where(id, { state: 'in_queue', written: 'refused' });
      await does(trouble.mend);
      await retryRefused();
      await passing(() => where(id, { state: 'in_queue', written: 'done' }));
      await calm();
    });
  });
};
