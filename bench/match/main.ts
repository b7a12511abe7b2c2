import { sharedFile } from '../../test/support/shared.ts';
import { scoreFodorsZagats } from './fodors-zagats.ts';
import { lookUpTime } from './look-up.ts';
import { scoreFebrl, scoreSplink } from './people.ts';
import { scoreRow } from './score.ts';

const dataOf = (name: string): string => {
  const file = sharedFile('data', 'matching', name);
  if (file === null) throw new Error(`The data ${name} is not here: see docs/matching.md.`);
  return file;
};

/** `npm run bench -- match`: how well companies and people are matched, beside the naive way, and how quickly. */
export const run = async (): Promise<void> => {
  console.log('| data | pairs | precision | recall | F1 |');
  console.log('|---|---:|---:|---:|---:|');
  for (const part of ['train', 'valid']) {
    const { score, naive } = scoreFodorsZagats(dataOf(`fodors_zagats_${part}.txt`));
    console.log(scoreRow(`Fodors–Zagats ${part}, rules`, score));
    console.log(scoreRow(`Fodors–Zagats ${part}, same phone`, naive));
  }
  const splink = scoreSplink(dataOf('splink_fake_1000.csv'), dataOf('splink_fake_1000_labels.csv'));
  console.log(scoreRow('splink_fake_1000, rules', splink.rules));
  console.log(scoreRow('splink_fake_1000, same e-mail or phone', splink.naive));
  const febrl = scoreFebrl(dataOf('febrl3.csv'));
  console.log(scoreRow('febrl3, rules', febrl.rules));
  console.log(scoreRow('febrl3, same e-mail or phone', febrl.naive));
  tellCodes();
  tellLookUps();
};

const tellCodes = (): void => {
  const { codes } = scoreFodorsZagats(dataOf('fodors_zagats_valid.txt'));
  const told = [...codes].sort(([, a], [, b]) => b - a).map(([code, pairs]) => `${code} ${pairs}`);
  console.log(`\nCodes on Fodors–Zagats valid: ${told.join(', ')}.`);
};

const tellLookUps = (): void => {
  const times = [10, 1000, 100_000].map(
    (accounts) => `${lookUpTime(accounts).toFixed(1)} µs among ${accounts.toLocaleString('en')}`,
  );
  console.log(`\nOne look-up of an account: ${times.join(', ')}.`);
};
