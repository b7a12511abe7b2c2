import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fairnessOf, type PoolFairness } from '../../server/assignments/pool-fairness.ts';
import { decide } from '../../server/routing/decide/decide.ts';
import { LEDGER_COLUMNS, ledgerLines, type PostedEntry } from '../../server/routing/ledger/ledger-lines.ts';
import { reversePosting } from '../../server/routing/ledger/posting.ts';
import { files } from '../support/command-line.ts';
import { leadOf, NOW, policyOf, repAt, worldOf } from '../support/routing-world.ts';

const VERIFY = fileURLToPath(new URL('../../examples/verify-fairness/verify.mjs', import.meta.url));

interface Verifier {
  readonly disagreements: (
    csv: string,
    statement: PoolFairness,
    earlier?: PoolFairness,
  ) => { readonly problems: readonly string[] };
}
const { disagreements } = (await import(VERIFY)) as Verifier;

const MEMBERS = ['ann', 'bob', 'cy, the third', 'd"ee'];

/** Leads given one after the other to whoever is there, every so many taken back. */
const entriesOf = (weights: readonly number[], turns: readonly { there: number; back: boolean }[]) => {
  const compiled = policyOf({
    pools: [
      {
        id: 'all',
        members: weights.map((weight, i) => ({ rep: MEMBERS[i]!, weight })),
        method: 'round_robin',
      },
    ],
    fallback: [{ pool: 'all' }],
  });
  const world = worldOf(MEMBERS.map((rep) => repAt(rep)));
  const entries: PostedEntry[] = [];
  const add = (kind: string, posting: PostedEntry['posting']) => {
    const at = NOW + entries.length * 1000;
    entries.push({ seq: 3 + entries.length * 2, at, kind, decisionId: `dec_${entries.length}`, posting });
    world.post(posting, at);
  };
  turns.forEach(({ there, back }, i) => {
    MEMBERS.forEach((rep, bit) => {
      world.reps.set(rep, repAt(rep, { active: (there & (1 << bit)) !== 0 }));
    });
    const { posting } = decide(leadOf(`lead-${i}`), compiled, world.state, NOW);
    if (posting === null) return;
    add('decision', posting);
    if (back) add('reversal', reversePosting({ posting, at: NOW }, null));
  });
  return entries;
};

const csvOf = (entries: readonly PostedEntry[]): string =>
  stringify([[...LEDGER_COLUMNS], ...entries.flatMap(ledgerLines)]);

const statementOf = async (entries: readonly PostedEntry[]): Promise<PoolFairness> => {
  const pages = async function* () {
    for (let i = 0; i < entries.length; i += 3) yield entries.slice(i, i + 3);
  };
  return fairnessOf({ id: 'all', name: 'All' }, pages(), (rep) => rep);
};

const weights = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: MEMBERS.length });
const turns = (there: fc.Arbitrary<number>, back: fc.Arbitrary<boolean>) =>
  fc.array(fc.record({ there, back }), { minLength: 1, maxLength: 60 });

test('the verifier agrees with every statement, and both with the bound where members stay the same', async () => {
  const same = turns(fc.constant(15), fc.constant(false));
  const changing = turns(fc.integer({ min: 0, max: 15 }), fc.boolean());
  await fc.assert(
    fc.asyncProperty(weights, fc.oneof(same, changing), async (given, order) => {
      const entries = entriesOf(given, order);
      const statement = await statementOf(entries);
      expect(disagreements(csvOf(entries), statement).problems).toEqual([]);
      const isFixed = order.every(({ there, back }) => there === 15 && !back);
      if (isFixed) expect(statement).toMatchObject({ bound: 1_000_000, unboundBecause: null });
      if (statement.bound !== null) expect(statement.worstLag).toBeLessThan(statement.bound);
    }),
  );
});

test('whatever number or name in the ledger is changed, the verifier says so', async () => {
  const entries = entriesOf([3, 1, 1], turns30());
  const statement = await statementOf(entries);
  fc.assert(
    fc.property(
      fc.nat(entries.length - 1),
      fc.integer({ min: 0, max: 8 }),
      fc.nat(2),
      (which, column, line) => {
        const rows = entries.flatMap((entry) => ledgerLines(entry).map((cells) => [...cells]));
        const row = rows[(which * 3 + line) % rows.length]!;
        row[column] = column === 1 ? new Date(NOW - 1).toISOString() : tampered(row[column]!);
        const { problems } = disagreements(stringify([[...LEDGER_COLUMNS], ...rows]), statement);
        expect(problems).not.toEqual([]);
      },
    ),
  );
});

test('a lead moved from one rep to another in the past is found, though every sum still holds', async () => {
  const entries = entriesOf([1, 1], turns30());
  const statement = await statementOf(entries);
  const moved = entries.map((entry, i) =>
    i === 7 ? { ...entry, posting: { ...entry.posting, charged: swap(entry.posting.charged) } } : entry,
  );
  expect(disagreements(csvOf(moved), statement).problems.join('\n')).toMatch(
    /ann, received: the entries say/,
  );
});

test('an entry left out is found, and so is a past rewritten together with its statement', async () => {
  const entries = entriesOf([2, 1], turns30());
  const earlier = await statementOf(entries.slice(0, 10));
  expect(disagreements(csvOf(entries.toSpliced(4, 1)), await statementOf(entries)).problems).not.toEqual([]);
  expect(disagreements(csvOf(entries), await statementOf(entries), earlier).problems).toEqual([]);
  const rewritten = entries.map((entry, i) =>
    i === 2 ? { ...entry, posting: { ...entry.posting, charged: swap(entry.posting.charged) } } : entry,
  );
  const { problems } = disagreements(csvOf(rewritten), await statementOf(rewritten), earlier);
  expect(problems).toEqual([
    'the first 10 entries are not those of the earlier statement: the past was changed',
  ]);
});

test('it runs by itself: 0 when all agrees, 1 when something does not, 2 when it cannot read', async () => {
  const entries = entriesOf([2, 1], turns30());
  const statement = await statementOf(entries);
  const good = files({ csv: csvOf(entries), json: JSON.stringify(statement) });
  const bad = files({ json: JSON.stringify({ ...statement, worstLag: 1 }) });
  const verify = (...args: string[]) => spawnSync(process.execPath, [VERIFY, ...args], { encoding: 'utf8' });
  expect(verify(good.csv, good.json)).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^AGREES: 30/m),
  });
  expect(verify(good.csv, bad.json)).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(/^DISAGREES: w/m),
  });
  expect(verify(good.json, good.json).status).toBe(2);
});

function turns30() {
  return Array.from({ length: 30 }, () => ({ there: 15, back: false }));
}
const tampered = (cell: string): string => (/^-?\d+$/.test(cell) ? String(Number(cell) + 1) : `${cell}x`);
const swap = (charged: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(charged).map(([rep, amount]) => [rep === 'ann' ? 'bob' : 'ann', amount]));
