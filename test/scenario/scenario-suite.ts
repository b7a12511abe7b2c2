import { beforeEach, expect, test, vi } from 'vitest';
import { runBurst } from './burst.ts';
import type { ScenarioCrm } from './scenario-crm.ts';
import { eachScenarioWorld, type Standing } from './scenario-world.ts';

/** How many leads come at once; thousands of them are a trial of their own, `npm run trial -- burst`. */
const BURST = Number(process.env.SCENARIO_BURST ?? 120);
const PATIENCE_MS = 45_000 + 60 * BURST;
/** Shorter than its test: what did not come is then said. */
const WAIT_MS = PATIENCE_MS - 5_000;
const MINUTE = 60_000;

/** A record's id as people copy it: Salesforce's reports show fifteen characters, Microsoft's forms capitals and braces. */
const otherwise = (vendor: ScenarioCrm['vendor'], id: string): string =>
  ({ salesforce: id.slice(0, 15), dynamics: `{${id.toUpperCase()}}`, pipedrive: id.toUpperCase() })[
    vendor as string
  ] ?? id;

/** Everything that happens between a CRM and Fairlead, one suite for all of them, on both databases. */
export const scenarioSuite = (crm: ScenarioCrm): void => {
  eachScenarioWorld(crm.name, crm, (world) => {
    let count = 0;
    beforeEach(() => {
      world().account.trouble('none');
      world().account.pushes?.('well');
      world().account.nativeRule?.(null);
    });

    const email = () => `visitor.${++count}@example.org`;
    const arrive = (country = 'US') => world().account.arrive({ email: email(), country });
    const until = <T>(look: () => T | Promise<T>, timeout = WAIT_MS) =>
      vi.waitFor(look, { timeout, interval: 50 });
    const standing = async (id: string, expected: Partial<Standing>): Promise<Standing> =>
      until(async () => {
        const found = await world().standing(id);
        expect(found).toMatchObject(expected);
        return found!;
      });
    /** Decided, written, and the record says the same as Fairlead. */
    const given = async (id: string): Promise<Standing> => {
      const found = await standing(id, { state: 'assigned', written: 'done' });
      expect(world().account.ownerOf(id)).toBe(found.rep);
      return found;
    };
    /** All but those about the CRM's own rules, which one story here is of. */
    const alerts = async () => (await world().alerts()).filter(({ kind }) => kind !== 'native_rule_fires');
    const other = (rep: string | null) => (rep === 'anna' ? 'ben' : 'anna');

    test('a new lead is given to a rep, once, and its record says why', {
      timeout: PATIENCE_MS,
    }, async () => {
      const id = arrive();
      const { events } = await given(id);
      expect(events).toContain('assigned');
      expect(world().account.ownerWrites(id)).toBe(1);
      expect(await world().decisions(id)).toBe(1);
    });

    test('a caller who writes its id otherwise means the same lead', { timeout: PATIENCE_MS }, async () => {
      const id = arrive();
      await given(id);
      const [connection] = await world().api<{ id: string }[]>('GET', '/api/v1/connections');
      const { objectType } = world().account;
      const record = { connection: connection!.id, objectType, recordId: otherwise(crm.vendor, id) };
      const told = await world().api<object>('POST', '/api/v1/leads', { record, fields: {} });
      expect(told).toMatchObject({ outcome: 'assigned', record: { recordId: id } });
      expect(await world().decisions(id)).toBe(1);
    });

    test('a change of a given lead changes nothing', { timeout: PATIENCE_MS }, async () => {
      const id = arrive();
      await given(id);
      world().account.setCountry(id, 'DE');
      await given(arrive());
      expect(world().account.ownerWrites(id)).toBe(1);
      expect(await world().decisions(id)).toBe(1);
    });

    test(`${BURST} at once all end with an owner, evenly`, { timeout: 4 * PATIENCE_MS }, async () => {
      const burst = await runBurst(world(), BURST, { patienceMs: 3 * PATIENCE_MS, email });
      expect(burst).toMatchObject({ lost: 0, rewritten: 0, charged: BURST });
      expect(burst.spread).toBeLessThanOrEqual(2);
    });

    test('of two that are merged one stays, with its owner', { timeout: PATIENCE_MS }, async (context) => {
      const { mergeInto } = world().account;
      if (mergeInto === null) return context.skip(`${crm.name} merges no leads`);
      const [loser, survivor] = [arrive(), arrive()];
      await Promise.all([given(loser), given(survivor)]);
      mergeInto(loser, survivor);
      const closedBecause = world().account.merges === 'silent' ? 'record_gone' : 'merged';
      await standing(loser, { state: 'closed', closedBecause });
      await standing(survivor, { state: 'assigned' });
    });

    test('one that is deleted is nobody’s work any more', { timeout: PATIENCE_MS }, async () => {
      const id = arrive();
      await given(id);
      world().account.remove(id);
      await standing(id, { state: 'closed', closedBecause: 'record_gone' });
    });

    test('one that is converted is done', { timeout: PATIENCE_MS }, async (context) => {
      const { convert } = world().account;
      if (convert === null) return context.skip(`${crm.name} converts nothing`);
      const id = arrive();
      await given(id);
      convert(id);
      const { closedBecause } = await standing(id, { state: 'closed' });
      expect(['closed_in_crm', 'record_gone']).toContain(closedBecause);
    });

    test('a person who gives the lead away is followed, never written over', {
      timeout: PATIENCE_MS,
    }, async () => {
      const id = arrive();
      const { rep } = await given(id);
      world().account.giveTo(id, other(rep));
      const { events } = await standing(id, { state: 'assigned', rep: other(rep) });
      expect(events).toContain('reassigned_outside');
      await given(arrive());
      expect(world().account.ownerOf(id)).toBe(other(rep));
      expect(world().account.ownerWrites(id)).toBe(1);
    });

    test('a person who was quicker than our write keeps the lead theirs', {
      timeout: PATIENCE_MS,
    }, async () => {
      world().account.trouble('no_writes');
      const id = arrive();
      await standing(id, { state: 'assigned', written: 'pending' });
      // Between a look and its write nobody could be seen: the choice is made while neither is under way.
      await until(async () => expect(await world().rests(id)).toBe(true));
      world().account.giveTo(id, 'zoe');
      world().account.trouble('none');
      await until(async () => {
        await world().pass(10_000);
        expect(await world().standing(id)).toMatchObject({ state: 'closed', closedBecause: 'owned_outside' });
      });
      expect(world().account.ownerOf(id)).toBe('zoe');
      expect(world().account.ownerWrites(id)).toBe(0);
    });

    test('tokens that end in the middle of a batch cost nothing', { timeout: PATIENCE_MS }, async () => {
      const ids = Array.from({ length: 20 }, (_, index) => {
        if (index === 10) world().account.expireTokens();
        return arrive();
      });
      world().account.expireTokens();
      for (const id of ids) await given(id);
      expect(await alerts()).toEqual([]);
    });

    test('a limit that is hit is waited out', { timeout: 2 * PATIENCE_MS }, async () => {
      world().account.trouble({ limited: 2 });
      const ids = Array.from({ length: 5 }, () => arrive());
      await until(async () => {
        await world().pass(5_000);
        for (const id of ids) expect(world().account.ownerOf(id)).not.toBeNull();
      }, 2 * WAIT_MS);
      expect(ids.map((id) => world().account.ownerWrites(id))).toEqual([1, 1, 1, 1, 1]);
    });

    test('a lost push is found by looking', { timeout: PATIENCE_MS }, async () => {
      world().account.pushes?.('lost');
      const id = arrive();
      await until(async () => {
        await world().pass(MINUTE);
        expect(world().account.ownerOf(id)).not.toBeNull();
      });
      // A minute may pass while the record is read: then the lead has waited for it, and was decided again.
      expect(world().account.ownerWrites(id)).toBe(1);
    });

    test('pushes that come twice and out of order change nothing', {
      timeout: PATIENCE_MS,
    }, async (context) => {
      const { pushes } = world().account;
      if (pushes === null) return context.skip(`${crm.name} pushes nothing here`);
      const before = await world().charged();
      pushes('twice');
      const ids = Array.from({ length: 10 }, () => arrive());
      for (const id of ids) {
        await given(id);
        expect(await world().decisions(id)).toBe(1);
        expect(world().account.ownerWrites(id)).toBe(1);
      }
      expect((await world().charged()) - before).toBe(ids.length);
    });

    test('the CRM’s own rule that takes the lead away is told and not fought', {
      timeout: PATIENCE_MS,
    }, async (context) => {
      const { nativeRule } = world().account;
      if (nativeRule === null) return context.skip(`${crm.name} has no such rule here`);
      nativeRule('zoe');
      const id = arrive();
      await until(async () => {
        const found = await world().standing(id);
        expect(found?.closedBecause ?? found?.events).toSatisfy(
          (told: unknown) => told === 'owned_outside' || String(told).includes('reassigned_outside'),
        );
      });
      expect(world().account.ownerOf(id)).toBe('zoe');
      expect(world().account.ownerWrites(id)).toBeLessThanOrEqual(1);
    });

    test('what comes in through half an hour of silence is given afterwards', {
      timeout: 2 * PATIENCE_MS,
    }, async () => {
      world().account.trouble('down');
      const ids = Array.from({ length: 10 }, () => arrive());
      if (world().account.pushes !== null) for (const id of ids) await standing(id, { state: 'waiting' });
      for (let minute = 0; minute < 30; minute++) {
        await world().pass(MINUTE);
        for (const id of ids) expect(world().account.ownerOf(id)).toBeNull();
      }
      world().account.trouble('none');
      await until(async () => {
        await world().pass(10_000);
        for (const id of ids) expect(world().account.ownerOf(id)).not.toBeNull();
      }, 2 * WAIT_MS);
      expect(ids.map((id) => world().account.ownerWrites(id)).every((writes) => writes === 1)).toBe(true);
    });

    test('a revoked app is said once, and goes on where it was once it is back', {
      timeout: 2 * PATIENCE_MS,
    }, async () => {
      world().account.revoke();
      const id = arrive();
      await until(async () => {
        await world().pass(MINUTE);
        expect((await alerts()).map(({ kind }) => kind)).toEqual(['connection_broken']);
      });
      expect((await alerts())[0]?.text).toMatch(/connect/i);
      await world().api('POST', '/api/v1/connections', world().account.connection());
      await until(async () => {
        await world().pass(MINUTE);
        expect(world().account.ownerOf(id)).not.toBeNull();
      }, 2 * WAIT_MS);
      expect(await alerts()).toEqual([]);
    });
  });
};
