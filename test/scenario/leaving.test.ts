import { describe, expect, test } from 'vitest';
import { until } from '../support/until.ts';
import { SCENARIO_CRMS } from './crms/all.ts';
import { eachScenarioWorld, type ScenarioWorld } from './scenario-world.ts';

const MINUTE = 60_000;
/** Some of the service's own rounds. */
const calm = () => new Promise((resolve) => setTimeout(resolve, 500));

interface Shown {
  readonly id: string;
  readonly status: string;
  readonly left: readonly { readonly step: string; readonly trying: boolean; readonly byHand: string }[];
}

const shown = async (world: ScenarioWorld): Promise<Shown> =>
  (await world.api<Shown[]>('GET', '/api/v1/connections'))[0]!;

const tokensKept = async ({ storage }: ScenarioWorld): Promise<readonly (string | null)[]> =>
  storage.directory(async (trx) =>
    (await trx.selectFrom('connection').select('tokens').execute()).map(({ tokens }) => tokens),
  );

/** What only a person can do, by vendor. */
const BY_HAND: Readonly<Record<string, readonly string[]>> = { dynamics: ['permission'] };

describe.each(SCENARIO_CRMS)('leaving $name', (crm) => {
  eachScenarioWorld('leaving', crm, (world) => {
    const standing = async (id: string) => {
      const found = await world().standing(id);
      return found && [found.state, found.closedBecause, found.rep];
    };
    const settled = (id: string) =>
      until('a lead has its owner', async () => {
        await world().pass(MINUTE / 4);
        return (await world().standing(id))?.written === 'done';
      });

    test('the vendor is told, nothing goes on, and what waited is taken up once it is connected again', {
      timeout: 300_000,
    }, async () => {
      const { account } = world();
      const given = account.arrive({ email: 'given@example.com' });
      await settled(given);
      const waits = account.arrive({ email: 'waits@example.com', country: 'FR' });
      account.trouble('no_writes');
      const unwritten = account.arrive({ email: 'unwritten@example.com' });
      await until(
        'both are decided and one cannot be written',
        async () => {
          await calm();
          await world().pass(MINUTE / 4);
          const states = [await world().standing(waits), await world().standing(unwritten)];
          return states[0]?.state === 'waiting' && states[1]?.written === 'pending';
        },
        150_000,
      );
      const decided = await world().decisions(given);
      const before = await shown(world());
      account.trouble('down');

      const left = await world().api<Shown>('DELETE', `/api/v1/connections/${before.id}`);
      expect(left).toMatchObject({ id: before.id, status: 'disconnected' });
      expect(await shown(world())).toMatchObject({ status: 'disconnected', left: left.left });
      const rep = (await world().standing(given))?.rep;
      expect(await standing(given)).toEqual(['closed', 'disconnected', rep]);
      expect(await standing(waits)).toEqual(['closed', 'disconnected', null]);
      expect((await standing(unwritten))?.[2]).toMatch(/anna|ben/);

      // What could not be said then is said once the vendor answers.
      account.trouble('none');
      await until('the vendor was told', async () => {
        await world().pass(2 * MINUTE);
        const steps = (await shown(world())).left;
        expect(steps.every(({ byHand }) => byHand.length > 20)).toBe(true);
        return steps.every(({ trying }) => !trying);
      });
      expect((await shown(world())).left.map(({ step }) => step)).toEqual(BY_HAND[crm.vendor] ?? []);
      expect(await tokensKept(world())).toEqual([null]);
      expect(account.allowed()).toBe(crm.vendor === 'dynamics');
      // HubSpot's app pushes of every account.
      if (crm.vendor !== 'hubspot') await until('it pushes no more', () => !account.pushing());

      type Refused = readonly { readonly kind: string; readonly code: string }[];
      const refused = () => world().api<Refused>('GET', '/api/v1/deliveries/refused');
      await until('what was queued stands among the refused', async () =>
        (await refused()).some(({ kind }) => kind === 'owner_write'),
      );
      expect(new Set((await refused()).map(({ code }) => code))).toEqual(new Set(['account_gone']));
      const meanwhile = account.arrive({ email: 'meanwhile@example.com' });
      const calls = account.traffic().calls;
      await world().pass(10 * MINUTE);
      await calm();
      await calm();
      expect(account.traffic().calls).toBe(calls);
      expect(await world().standing(meanwhile)).toBeNull();
      expect(account.ownerOf(unwritten)).toBeNull();
      expect(await world().alerts()).toEqual([]);
      // Again changes nothing.
      await world().api('DELETE', `/api/v1/connections/${before.id}`);

      await world().api('POST', '/api/v1/connections', account.connection());
      expect(await shown(world())).toMatchObject({ id: before.id, status: 'active', left: [] });
      // A sender that met an outage rests for some seconds, whatever the clock says.
      await until(
        'what waited is done',
        async () => {
          await calm();
          await world().pass(MINUTE);
          return (
            account.ownerOf(unwritten) !== null &&
            account.ownerOf(meanwhile) !== null &&
            (await world().standing(waits))?.state === 'waiting'
          );
        },
        150_000,
      );
      expect(await world().decisions(given)).toBe(decided);
      expect(await standing(given)).toEqual(['closed', 'disconnected', rep]);
      expect(await world().api('GET', '/api/v1/deliveries/refused')).toEqual([]);
      expect((await world().alerts()).filter(({ kind }) => kind !== 'stuck_lead')).toEqual([]);
    });
  });
});
