import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { compareProfiles } from '../../server/routing/match/compare-profiles.ts';
import { createMatcher } from '../../server/routing/match/matcher.ts';
import { type Profile, readProfile } from '../../server/routing/match/profile.ts';
import { type Score, scoreOf, scorePairs } from './score.ts';

type Row = Readonly<Record<string, string>>;

const rowsOf = (file: string): readonly Row[] => parse(readFileSync(file), { columns: true, trim: true });

/** The rules, beside *same e-mail or same phone*. */
export interface Beside {
  readonly rules: Score;
  readonly naive: Score;
}

const sameAddress = (a: Profile, b: Profile): boolean =>
  (a.email !== null && a.email === b.email) || (a.phone !== null && a.phone === b.phone);

const isSame = (a: Profile, b: Profile): boolean => compareProfiles(a, b, 'person').verdict === 'match';

/** Pairs of people that clerks judged. Source: moj splink_datasets; the birth date is left out, as no lead has one. */
export const scoreSplink = (people: string, labels: string): Beside => {
  const profiles = new Map(
    rowsOf(people).map((row) => [
      row.unique_id!,
      readProfile({ name: `${row.first_name} ${row.surname}`, email: row.email!, city: row.city! }),
    ]),
  );
  const judge = (same: typeof isSame) =>
    scorePairs(
      rowsOf(labels).map((label) => ({
        said: same(profiles.get(label.unique_id_l!)!, profiles.get(label.unique_id_r!)!),
        is: Number(label.clerical_match_score) >= 0.5,
      })),
    );
  return { rules: judge(isSame), naive: judge(sameAddress) };
};

/** Made-up Australians with slips of the pen, all against all. Source: FEBRL. No e-mail addresses and no phones. */
export const scoreFebrl = (file: string): Beside => {
  const rows = rowsOf(file);
  const truth = rows.map(({ rec_id }) => rec_id!.split('-')[1]!);
  const profiles = rows.map((row) =>
    readProfile({
      name: `${row.given_name} ${row.surname}`,
      address: `${row.street_number} ${row.address_1}`,
      city: row.suburb!,
      postcode: row.postcode!,
      country: 'AU',
    }),
  );
  const { candidates } = createMatcher(
    profiles.map((profile, at) => ({ id: rows[at]!.rec_id!, profile })),
    'person',
  );
  const judge = (same: typeof isSame): Score => {
    let right = 0;
    let wrong = 0;
    profiles.forEach((profile, a) => {
      for (const b of candidates(profile))
        if (b > a && same(profile, profiles[b]!)) truth[a] === truth[b] ? right++ : wrong++;
    });
    return scoreOf((rows.length * (rows.length - 1)) / 2, right, wrong, pairsIn(truth) - right);
  };
  return { rules: judge(isSame), naive: judge(sameAddress) };
};

/** How many pairs are one person. */
const pairsIn = (truth: readonly string[]): number =>
  [...Map.groupBy(truth, (one) => one).values()].reduce(
    (sum, { length }) => sum + (length * (length - 1)) / 2,
    0,
  );
