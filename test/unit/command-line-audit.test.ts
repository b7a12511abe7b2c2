import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ArrivalHours } from '../../server/routing/audit/arrival-hours.ts';
import type { Audit } from '../../server/routing/audit/audit.ts';
import { auditLeads } from '../../server/routing/audit/audit.ts';
import { chiSquareTest } from '../../server/routing/audit/chi-square.ts';
import { files, run } from '../support/command-line.ts';
import { HOUR } from '../support/routing-world.ts';

const ownersOf = (order: string, gap = HOUR) => ({
  owners: ['a', 'b', 'c'],
  owner: [...order].map((letter) => 'abc'.indexOf(letter)),
  at: [...order].map((_, i) => i * gap),
});

const audit = async (leads: string, ...options: string[]) => {
  const paths = files({
    leads,
    reps: '- {id: ada, name: Ada, timezone: UTC, hours: {mon-fri: "09:00-17:00"}}\n',
  });
  const args = options.map((option) => (option === 'REPS' ? paths.reps : option));
  return run('audit', '--leads', paths.leads, ...args);
};

test('even turns are even: nobody is a lead away, and chance would not deal better', () => {
  const measured = auditLeads(ownersOf('abc'.repeat(20)));
  expect(measured?.worstLag).toBeLessThan(1);
  expect(measured?.owners.every(({ longestStreak }) => longestStreak === 1)).toBe(true);
  expect(measured?.test?.chance).toBeGreaterThan(0.99);
});

test('who was favoured, how far, how many in a row, who went how long without', () => {
  // c comes last and leaves first: it is owed a third only of what came in between.
  const measured = auditLeads(ownersOf('abaaaacbba'))!;
  const [a, b, c] = ['a', 'b', 'c'].map((name) => measured.owners.find(({ owner }) => owner === name));
  expect(a).toMatchObject({ leads: 6, share: 0.6, longestStreak: 4, longestGap: 4 * HOUR, gapLeads: 3 });
  expect(b).toMatchObject({ leads: 3, longestStreak: 2, longestGap: 6 * HOUR, gapLeads: 5 });
  expect(c).toMatchObject({ leads: 1, owed: 1 / 3, longestGap: 0 });
  expect(a!.worstLag).toBeLessThan(-1);
});

test('over everybody, what is owed is what was received', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[abc]{1,60}$/), (order) => {
      const { owners, leads } = auditLeads(ownersOf(order))!;
      const sum = (key: 'owed' | 'leads' | 'share') => owners.reduce((total, one) => total + one[key], 0);
      expect(sum('leads')).toBe(leads);
      expect(sum('owed')).toBeCloseTo(leads, 6);
      expect(sum('share')).toBeCloseTo(1, 9);
    }),
  );
});

test.each([
  [1, 3.841458820694124, 0.05],
  [10, 18.307038053275146, 0.05],
  [100, 124.34211340400407, 0.05],
  [4, 13.276704135987622, 0.01],
  [2, 0.21072103131565256, 0.9],
])('the chance of chi-square with %i degrees of freedom at %f is %f', (freedom, statistic, chance) => {
  // One count strays from what is expected by just as much as gives the statistic.
  const stray = Math.sqrt(statistic * 1000);
  const observed = Array.from({ length: freedom + 1 }, (_, i) => (i === 0 ? 1000 + stray : 1000));
  const found = chiSquareTest(
    observed,
    observed.map(() => 1000),
  );
  expect(found?.freedom).toBe(freedom);
  expect(found?.chance).toBeCloseTo(chance, 9);
});

test('a file is audited with whatever columns it has, and told in sentences', async () => {
  const rows = Array.from(
    { length: 40 },
    (_, i) => `x${i},${i % 4 === 3 ? 'Bo' : 'Ada'},2026-11-${10 + (i % 20)}`,
  );
  const { out, err, code } = await audit(
    `deal,Owner,day\n${rows.join('\n')}\ny,,2026-11-10\nz,Ada,\n`,
    ...['--owner-column', 'Owner', '--at-column', 'day'],
  );
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/^40 leads of 2 owners, 10 Nov 2026 to 29 Nov 2026$/m);
  expect(out).toMatch(/Ada had 1\.\d\d times an equal share/);
  expect(out).toMatch(/it is no chance/);
  expect(out).toMatch(/Not counted, without an owner: 1 lead\./);
  expect(out).toMatch(/The file gives days only/);
});

test('hours of arrival stand beside the owners’ hours', async () => {
  const { out } = await audit(
    'owner,arrived_at\nada,2026-11-24T10:00:00Z\nADA,2026-11-24T20:00:00Z\nAda,2026-11-28T10:00:00Z\nzed,2026-11-24T20:00:00Z\n',
    ...['--owner-column', 'owner', '--reps', 'REPS', '--timezone', 'Europe/Berlin', '--json'],
  );
  const { hours } = JSON.parse(out) as Audit & { hours: ArrivalHours };
  expect(hours.byHour[11]).toBe(2);
  expect(hours.byHour[21]).toBe(2);
  expect(hours).toMatchObject({ onWeekends: 1, toAbsent: { leads: 2, of: 3 } });
});

test.each([
  [
    'Owner,at\na,2026-11-10\n',
    ['--owner-column', 'owner'],
    /leads:1: there is no column owner; did you mean Owner\?/,
  ],
  ['owner,arrived_at\na,soon\n', ['--owner-column', 'owner'], /leads:2: arrived_at: /],
  ['owner,arrived_at\na,\n', ['--owner-column', 'owner'], /no row has both owner and arrived_at/],
  [
    'owner,arrived_at\n',
    ['--owner-column', 'owner', '--timezone', 'Mars'],
    /--timezone: Mars is no time zone/,
  ],
  ['owner,arrived_at\n', [], /--owner-column is missing/],
])('what cannot be worked with is said: %j', async (leads, options, said) => {
  const { code, out, err } = await audit(leads, ...options);
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(said);
});
