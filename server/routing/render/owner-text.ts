import type { Decided, OwnerFound, StepTrace } from '../decision.ts';
import type { Catalogue } from './catalogue.ts';
import type { Names } from './render-decision.ts';

/** The reader's words, and what things are called. */
interface Speaking {
  readonly names: Names;
  readonly words: Catalogue;
}

/** What an owner step found and did. */
export const ownerText = (trace: StepTrace, owner: OwnerFound, { names, words }: Speaking): string => {
  const { by, id = '' } = owner;
  const rep = trace.because === 'no_owner' ? undefined : trace.candidates.at(-1)?.rep;
  const found = by === 'account' ? names.account(id) : id;
  return words.owner({ ...owner, found, name: rep === undefined ? null : names.rep(rep), took: trace.took });
};

/** Which accounts it may be is told where none matched. */
export const reviewText = (
  { account = [] }: Pick<Decided, 'account'>,
  { names, words }: Speaking,
): string[] => {
  if (account.length === 0 || account.some(({ verdict }) => verdict === 'match')) return [];
  const ids = account.flatMap(({ entries, list }) => entries.map((entry) => `${list}/${entry}`));
  return [words.accountReview(ids.map(names.account))];
};
