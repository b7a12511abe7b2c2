import { expect, test } from 'vitest';
import { scoreFodorsZagats } from '../../bench/match/fodors-zagats.ts';
import { scoreSplink } from '../../bench/match/people.ts';
import { sharedFile } from '../support/shared.ts';

const dataOf = (name: string) => sharedFile('data', 'matching', name);

const fodors = dataOf('fodors_zagats_valid.txt');
const people = dataOf('splink_fake_1000.csv');
const labels = dataOf('splink_fake_1000_labels.csv');

test.skipIf(fodors === null)(
  'Fodors–Zagats, pairs the rules were not written by: F1 of at least 0.98, every pair with a code',
  () => {
    const { score, naive, codes } = scoreFodorsZagats(fodors!);
    expect(score.pairs).toBe(190);
    expect(score.f1).toBeGreaterThanOrEqual(0.98);
    expect(score.f1).toBeGreaterThan(naive.f1);
    expect([...codes.values()].reduce((sum, pairs) => sum + pairs, 0)).toBe(score.pairs);
  },
);

test.skipIf(people === null || labels === null)(
  'splink_fake_1000: nobody is taken for somebody else, and more are found than by the same address',
  () => {
    const { rules, naive } = scoreSplink(people!, labels!);
    expect(rules.precision).toBe(1);
    expect(rules.recall).toBeGreaterThan(naive.recall);
  },
);
