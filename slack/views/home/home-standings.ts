import type { types } from '@slack/bolt';
import type { HomePool, RepHome } from '../../../server/assignments/rep-home.ts';
import { context, header, section } from '../blocks.ts';
import { inline } from '../text.ts';

const MOST_POOLS = 12;
const NAME_LENGTH = 200;
/** Less than this is called level, in leads. */
const LEVEL = 0.05;

/** `0.8 of a lead`, `1.4 leads`. */
const amount = (leads: number): string => {
  const rounded = leads.toFixed(1);
  if (rounded === '1.0') return '1 lead';
  return leads < 1 ? `${rounded} of a lead` : `${rounded} leads`;
};

const standing = (lag: number): string => {
  if (Math.abs(lag) < LEVEL) return ':scales: *You are level*: you have had what you are due.';
  return lag > 0
    ? `:arrow_up: *You are owed ${amount(lag)}*: you come before those who are owed less.`
    : `:arrow_down: *You are ${amount(-lag)} ahead*: others come first until that evens out.`;
};

const share = ({ weight, totalWeight }: HomePool): string =>
  weight === totalWeight
    ? 'You are alone here: every lead of this pool is for you.'
    : `Your share is ${weight} of ${totalWeight}, or ${Math.round((weight / totalWeight) * 100)} of every 100 leads.`;

const received = (count: number): string =>
  count === 0 ? 'None has come to you yet.' : `${count} ${count === 1 ? 'has' : 'have'} come to you so far.`;

const pool = (one: HomePool): types.SectionBlock =>
  section(
    `*${inline(one.name, NAME_LENGTH)}*\n${standing(one.lag)}\n${share(one)} ${received(Math.max(0, one.received))}`,
  );

/** How the rep stands in each pool, in plain words with the figure. */
export const homeStandings = ({ pools }: Pick<RepHome, 'pools'>): types.KnownBlock[] => {
  if (pools.length === 0)
    return [header('Your fair share'), section('You are in no pool yet. Your admin adds you to one.')];
  const rest = pools.length - MOST_POOLS;
  return [
    header('Your fair share'),
    ...pools.slice(0, MOST_POOLS).map(pool),
    ...(rest > 0 ? [context(`and ${rest} more pools.`)] : []),
    context(
      'Each lead of a pool adds a part to what everybody who could have had it is owed, by their share. Whoever gets it is a lead ahead of that, so it evens out within about one lead.',
    ),
  ];
};
