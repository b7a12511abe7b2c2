import { beforeEach, expect, test, vi } from 'vitest';
import { dynamics } from './crms/dynamics.ts';
import { eachScenarioWorld, type ScenarioWorld } from './scenario-world.ts';

const PATIENCE_MS = 30_000;
/** Four of them, and the CRM is asked about its rules again. */
const ROUND_MS = 30_000;
const DAY_MS = 24 * 3_600_000;

interface Story {
  readonly story: readonly { readonly kind: string; readonly text: string; readonly rep: unknown }[];
}

const suite = (world: () => ScenarioWorld): void => {
  let count = 0;
  beforeEach(() => world().account.nativeRule?.(null));

  const arrive = () => world().account.arrive({ email: `visitor.${++count}@example.org` });
  const until = <T>(look: () => Promise<T>) => vi.waitFor(look, { timeout: PATIENCE_MS, interval: 50 });
  const storyOf = async (recordId: string): Promise<Story['story']> => {
    const { items } = await world().api<{ items: { id: string; record?: { recordId: string } }[] }>(
      'GET',
      '/api/v1/decisions',
    );
    const decision = items.find(({ record }) => record?.recordId === recordId);
    return (await world().api<Story>('GET', `/api/v1/decisions/${decision?.id}/explanation`)).story;
  };
  const given = (recordId: string) =>
    until(async () =>
      expect(await world().standing(recordId)).toMatchObject({ state: 'assigned', written: 'done' }),
    );
  /** What is told of it, once that is. */
  const told = (recordId: string) =>
    until(async () => {
      await world().pass(ROUND_MS);
      const found = (await storyOf(recordId)).filter((entry) => entry.kind === 'native_rule');
      expect(found).toHaveLength(1);
      return found[0]!;
    });
  const alerts = async () => (await world().alerts()).filter(({ kind }) => kind === 'native_rule_fires');

  test('is named in the story of each lead it took, and to an administrator until it stays quiet', {
    timeout: 4 * PATIENCE_MS,
  }, async () => {
    const byHand = arrive();
    await given(byHand);
    world().account.giveTo(byHand, 'zoe');
    await until(async () =>
      expect(await world().standing(byHand)).toMatchObject({ closedBecause: 'owned_outside' }),
    );
    expect(await alerts()).toEqual([]);

    // Whoever takes no leads here, and a rep.
    world().account.nativeRule?.('zoe');
    const lost = arrive();
    expect((await told(lost)).text).toMatch(
      /^Dynamics 365’s own assignment rule “Theirs” gave it to Zoe .+\.$/,
    );
    expect(await world().standing(lost)).toMatchObject({ closedBecause: 'owned_outside' });
    const [alert, ...others] = await until(async () => {
      const found = await alerts();
      expect(found).not.toEqual([]);
      return found;
    });
    expect(others).toEqual([]);
    expect(alert?.text).toMatch(/“Theirs” gave away a lead .*Switch that off .*intake/);

    world().account.nativeRule?.('ben');
    const moved = await until(async () => {
      const id = arrive();
      await given(id);
      // Some of them Fairlead gave to Ben by itself: that is no change.
      await until(async () => expect(world().account.ownerOf(id)).toBe('ben'));
      await until(async () => expect(await world().standing(id)).toMatchObject({ rep: 'ben' }));
      expect((await world().standing(id))?.events).toContain('reassigned_outside');
      return id;
    });
    expect(await told(moved)).toMatchObject({
      text: expect.stringContaining('gave it to Ben'),
      rep: { id: 'ben' },
    });
    expect(world().account.ownerWrites(moved)).toBe(1);
    await until(async () => {
      await world().pass(ROUND_MS);
      expect(await alerts()).toMatchObject([{ text: expect.stringContaining('2 leads') }]);
    });
    // It was there to be asked all the while, and no rule had to do with it.
    expect((await storyOf(byHand)).map((entry) => entry.kind)).not.toContain('native_rule');

    world().account.nativeRule?.(null);
    await world().pass(DAY_MS + 60_000);
    await until(async () => expect(await alerts()).toEqual([]));
    expect((await storyOf(lost)).filter((entry) => entry.kind === 'native_rule')).toHaveLength(1);
  });
};

eachScenarioWorld('Dynamics’ own assignment rule,', dynamics, suite);
