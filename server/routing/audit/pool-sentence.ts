import { leadsText, wholeText } from '../words/figures.ts';
import type { PoolComparison } from './compare-pool.ts';

/** Less than this is rounding: leads. */
const LEVEL = 0.05;

/** What a pool's comparison says, in a sentence or two. */
export const poolSentence = (
  { leads, outside, nobody, theirs, ours }: PoolComparison,
  name: (rep: string) => string,
): string => {
  const [by, further] = [Math.abs(theirs.by), Math.abs(ours.by)];
  const today =
    by < LEVEL
      ? 'Today everybody has the share they are owed'
      : `Today ${name(theirs.rep)} is furthest from the share they are owed, with ${amountText(by)} too ${theirs.by > 0 ? 'many' : 'few'}`;
  const then =
    further < LEVEL ? 'everybody has exactly theirs' : `nobody is more than ${amountText(further)} away`;
  return [`${today}; with Fairlead ${then}.`, ...elsewhere(leads, outside, nobody)].join(' ');
};

const amountText = (leads: number): string => {
  const amount = leads.toFixed(1);
  return Number(amount) < 1 ? `${amount} of a lead` : `${amount} ${amount === '1.0' ? 'lead' : 'leads'}`;
};

const elsewhere = (leads: number, outside: number, nobody: number): readonly string[] => {
  const part = (count: number): string => (count === leads ? 'all' : wholeText(count));
  const said = [
    outside > 0 ? `${part(outside)} went to people outside the pool` : null,
    nobody > 0 ? `${part(nobody)} to nobody` : null,
  ].filter((one) => one !== null);
  return said.length === 0 ? [] : [`Of ${leadsText(leads)} today, ${said.join(' and ')}.`];
};
