import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type ProposalOf, proposePolicy } from '../../server/assignments/first-steps/propose-policy.ts';
import { slugOf } from '../../server/assignments/first-steps/slug.ts';
import { countriesOfTeam } from '../../server/assignments/first-steps/team-countries.ts';
import { proofsOf } from '../../server/assignments/prove-policy.ts';
import { createHolidayDates } from '../../server/holidays/holiday-dates.ts';
import { parsePolicy } from '../../server/routing/policy/parse-policy.ts';
import { parseReps } from '../../server/routing/policy/parse-reps.ts';
import { resolveReps } from '../../server/routing/policy/resolve-reps.ts';
import { CRMS } from '../../server/routing/policy/scalars.ts';

const NOW = Date.parse('2026-11-27T09:00:00Z');
const holidays = createHolidayDates();

const named = (...names: string[]) => names.map((name) => ({ id: slugOf(name), name, members: 2 }));

/** Errors, of the document and of the proof. */
const errorsOf = (of: ProposalOf): readonly string[] => {
  const parsed = parsePolicy(parse(proposePolicy(of).text));
  if (!parsed.ok) return parsed.problems.map(({ field, message }) => `${field} ${message}`);
  const reps = parseReps(of.reps.map((id) => ({ id, teams: of.teams.map((team) => team.id) })));
  if (!reps.ok) return reps.problems.map(({ message }) => message);
  const resolved = resolveReps(parsed.policy, reps.reps);
  return [
    ...resolved.problems.map(({ message }) => message),
    ...proofsOf({ policy: resolved.policy, reps: reps.reps, now: NOW }, holidays)
      .filter(({ severity }) => severity === 'error')
      .map(({ message }) => message),
  ];
};

describe('a first policy', () => {
  const anyTeam = fc.oneof(
    fc.constantFrom('DACH', 'EMEA sales', 'UK & I', 'Nordics', 'Enterprise', 'Everybody', 'APAC', 'US_West'),
    fc.string({ minLength: 1, maxLength: 40 }),
  );
  const anyProposal = fc.record({
    tenant: fc.string({ maxLength: 60 }),
    crms: fc.subarray([...CRMS], { minLength: 1 }),
    timezone: fc.constantFrom(null, 'Europe/Berlin', 'Asia/Kolkata'),
    reps: fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9-]{0,12}$/), { minLength: 1, maxLength: 5 }),
    teams: fc
      .uniqueArray(anyTeam, { maxLength: 5, selector: slugOf })
      .map((names) => named(...names).filter(({ id }) => id !== '')),
  });
  test('passes the check, whatever teams and companies are called', () => {
    fc.assert(
      fc.property(anyProposal, (of) => {
        expect(errorsOf(of)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  const proposal = (...teams: string[]) =>
    proposePolicy({
      tenant: 'Acme',
      crms: ['hubspot'],
      timezone: null,
      reps: ['a', 'b'],
      teams: named(...teams),
    });

  test('guesses only from a name that says one place, and says so in the draft', () => {
    const { text, guesses } = proposal('EMEA', 'Enterprise', 'DACH');
    expect(guesses).toHaveLength(2);
    const { rules } = parse(text) as { rules: { name: string; when: { value: string[] } }[] };
    // The narrower goes first: DACH lies within EMEA.
    expect(rules.map(({ name }) => name)).toEqual([
      'DACH (a guess from the name)',
      'EMEA (a guess from the name)',
    ]);
    expect(text).toContain('# A guess. Leads from DE, AT, CH, LI go to DACH');
  });

  test('two teams of one place, and names of two places, are no guess: everything goes to everybody', () => {
    const { text, guesses } = proposal('EMEA SDR', 'EMEA AE', 'UK and Nordics');
    expect(guesses).toEqual([]);
    expect(parse(text)).toMatchObject({ fallback: [{ pool: 'everybody' }] });
    expect(parse(text)).not.toHaveProperty('rules');
    expect((parse(text) as { pools: unknown[] }).pools).toHaveLength(4);
  });

  test('words within words say nothing', () => {
    expect(countriesOfTeam('Europa Fund')).toBeNull();
    expect(countriesOfTeam('Ukulele')).toBeNull();
    expect(countriesOfTeam('German desk')).toEqual(['DE', 'AT']);
  });
});
