import { expect, test, vi } from 'vitest';
import type { ScenarioCrm } from './scenario-crm.ts';
import { eachScenarioWorld } from './scenario-world.ts';

const PAIRS = Number(process.env.SCENARIO_PAIRS ?? 40);
const PATIENCE_MS = 60_000 + 500 * PAIRS;
const MINUTE = 60_000;

interface Answer {
  readonly id: string;
  readonly rep: { readonly id: string } | null;
  readonly lead: { readonly id: string };
  readonly written: string;
  readonly record?: { readonly recordId: string; readonly url: string | null };
}

/** Leads that come in through the API and enter a CRM, beside its stand-in and its pushes, on both databases. */
export const entrySuite = (crm: ScenarioCrm): void => {
  eachScenarioWorld(`entering ${crm.name}`, crm, (world) => {
    let count = 0;

    /** Who owns each record that stands for an address; a CRM may route a record of its own beside it. */
    const ownersOf = (email: string) => world().account.withEmail(email).map(world().account.ownerOf);
    const newEmail = () => `caller.${++count}@example.org`;
    const lead = (email: string, more: object = {}) =>
      world().api<Answer>('POST', '/api/v1/leads', {
        fields: { country: 'US', email },
        person: { name: 'Cal Ler', company: 'Callers', email },
        ...more,
      });
    const decision = (id: string) => world().api<Answer>('GET', `/api/v1/decisions/${id}`);
    const entered = (id: string): Promise<Answer> =>
      vi.waitFor(
        async () => {
          const found = await decision(id);
          expect(found).toMatchObject({ written: 'done', record: { recordId: expect.any(String) } });
          return found;
        },
        { timeout: PATIENCE_MS / 2, interval: 100 },
      );

    test('makes one record, with its owner, and no second lead by its pushes', {
      timeout: PATIENCE_MS,
    }, async () => {
      world().account.pushes?.('twice');
      const email = newEmail();
      const decided = await lead(email);
      const { record, rep } = await entered(decided.id);
      await world().pass(10 * MINUTE);
      expect(ownersOf(email)).toEqual([rep!.id]);
      expect(await world().decisions(record!.recordId)).toBe(1);
      expect((await lead(email)).id).toBe(decided.id);
      world().account.pushes?.('well');
    });

    test(`${PAIRS} pairs at once are as many leads, records and charges`, {
      timeout: 2 * PATIENCE_MS,
    }, async () => {
      const before = await world().charged();
      const emails = Array.from({ length: PAIRS }, newEmail);
      const answers = await Promise.all([...emails, ...emails].map((email) => lead(email)));
      expect(new Set(answers.map(({ lead: { id } }) => id)).size).toBe(PAIRS);
      const ids = [...new Set(answers.map(({ id }) => id))];
      const all = await Promise.all(ids.map(entered));
      expect((await world().charged()) - before).toBe(PAIRS);
      for (const [index, { rep }] of all.entries()) expect(ownersOf(emails[index]!)).toEqual([rep!.id]);
    });

    test('who is there already is routed as that record, and what it lacks is filled in', {
      timeout: PATIENCE_MS,
    }, async () => {
      const email = newEmail();
      world().account.pushes?.('lost');
      const id = world().account.arrive({ email, country: '' });
      // Some searches see a record only after a while.
      await world().pass(MINUTE);
      const decided = await lead(email);
      const { record } = await entered(decided.id);
      expect(record!.recordId).toBe(id);
      expect(world().account.withEmail(email)).toEqual([id]);
      await vi.waitFor(() => expect(world().account.countryOf(id)).toBe('US'), {
        timeout: PATIENCE_MS / 2,
        interval: 100,
      });
      world().account.pushes?.('well');
    });

    test('a step that converts has the record converted for its rep, and the lead is done', {
      timeout: PATIENCE_MS,
    }, async () => {
      const email = newEmail();
      const decided = await lead(email, { fields: { country: 'NL', email } });
      const { record, rep } = await vi.waitFor(
        async () => {
          const found = await decision(decided.id);
          const { recordId } = found.record!;
          expect(await world().standing(recordId)).toMatchObject({
            state: 'closed',
            closedBecause: 'converted',
          });
          return found;
        },
        { timeout: PATIENCE_MS / 2, interval: 100 },
      );
      // What the lead was turned into is given to its rep afterwards: the CRM may tell of the lead before.
      await vi.waitFor(
        () => expect(new Set(world().account.heirsOf(record!.recordId))).toEqual(new Set([rep!.id])),
        { timeout: PATIENCE_MS / 2, interval: 100 },
      );
    });

    test('while the CRM is down leads are decided; they enter once it is back', {
      timeout: PATIENCE_MS,
    }, async () => {
      world().account.trouble('down');
      const emails = Array.from({ length: 5 }, newEmail);
      const decided = await Promise.all(emails.map((email) => lead(email)));
      expect(decided.every(({ rep }) => rep !== null)).toBe(true);
      world().account.trouble('none');
      const all = await Promise.all(
        decided.map(async ({ id }) => {
          await world().pass(MINUTE);
          return entered(id);
        }),
      );
      expect(all).toHaveLength(5);
      for (const email of emails) expect(world().account.withEmail(email)).toHaveLength(1);
    });
  });
};
