import type { Comparison, History } from '../routing/simulate/compare.ts';
import type { Moves } from '../routing/simulate/moves.ts';
import type { RepShare, SimulationResult } from '../routing/simulate/simulation-result.ts';
import { changeText, leadsText, percentText, wholeText } from '../routing/words/figures.ts';
import { bar } from './bar.ts';
import { namesIn } from './names-in.ts';
import { poolsText } from './pools-text.ts';
import type { ComparedFiles } from './simulate.ts';
import { speedText, unownedText } from './speed-text.ts';
import { textTable } from './text-table.ts';

const BAR = 20;
type Row = readonly string[];

/** What a policy makes of the past, for people: who gets how much, who gains and loses, how soon, how fairly. Lines. */
export const comparisonText = (comparison: Comparison, files: ComparedFiles): readonly string[] => {
  const { policy: result, against, history } = comparison;
  const names = namesIn(files.policy);
  const other = files.against === null ? null : files.against.compiled.policy.name;
  return [
    title(files, result),
    ...repsText(comparison, files),
    ...movesText(comparison.movesFromAgainst, `the policy ${other}`),
    ...movesText(comparison.movesFromHistory, 'what really happened'),
    ...poolsText(result, names),
    ...speedText(result, against, other),
    ...unownedText(result, names),
    ...(history === null ? [] : unknownOwners(history, files)),
  ];
};

const title = ({ policy }: ComparedFiles, { leads, from, to, given }: SimulationResult): string => {
  const { name, timezone } = policy.compiled.policy;
  if (from === null || to === null) return `${name}: no leads`;
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: timezone });
  const [first, last] = [day.format(from), day.format(to)];
  const when = first === last ? first : `${first} to ${last}`;
  return `${name}: ${leadsText(leads)}, ${when}; ${wholeText(given)} given to somebody`;
};

/** Each rep's leads as a bar, and what they had before. Reps without any are told too. */
const repsText = (comparison: Comparison, { policy }: ComparedFiles): readonly string[] => {
  const { against, history } = comparison;
  const { rep: nameOf } = namesIn(policy);
  const now = byRep(comparison.policy.reps);
  const before = [
    ...(against === null ? [] : [{ head: 'other policy', of: byRep(against.reps) }]),
    ...(history === null ? [] : [{ head: 'really', of: byRep(history.reps) }]),
  ];
  const reps = [...new Set([...policy.reps.map(({ id }) => id), ...now.keys()])].sort(
    (a, b) => leadsOf(now, b) - leadsOf(now, a) || (a < b ? -1 : 1),
  );
  const most = Math.max(0, ...reps.map((rep) => leadsOf(now, rep)));
  const rows = reps.map((rep): Row => {
    const leads = leadsOf(now, rep);
    const past = before.flatMap(({ of }) => [
      wholeText(leadsOf(of, rep)),
      changeText(leads - leadsOf(of, rep)),
    ]);
    const share = percentText(now.get(rep)?.share ?? 0);
    return [nameOf(rep), bar(leads, most, BAR), wholeText(leads), share, ...past];
  });
  const head = ['Rep', ' '.repeat(BAR), 'leads', 'share', ...before.flatMap((one) => [one.head, 'change'])];
  return rows.length === 0 ? [] : ['', ...textTable([head, ...rows])];
};

const byRep = (reps: readonly RepShare[]): ReadonlyMap<string, RepShare> =>
  new Map(reps.map((one) => [one.rep, one]));

const leadsOf = (reps: ReadonlyMap<string, RepShare>, rep: string): number => reps.get(rep)?.leads ?? 0;

const movesText = (moves: Moves | null, from: string): readonly string[] => {
  if (moves === null || moves.leads === 0) return [];
  const { moved, leads } = moves;
  return [
    '',
    moved === 0
      ? `Nobody else has any lead than by ${from}.`
      : `${wholeText(moved)} of ${leadsText(leads)} (${percentText(moved / leads)}) go to somebody else than by ${from}.`,
  ];
};

/** Owners of the past who are no rep of the policy. */
const unknownOwners = ({ reps }: History, { policy }: ComparedFiles): readonly string[] => {
  const known = new Set(policy.reps.map(({ id }) => id));
  const unknown = reps.filter(({ rep }) => !known.has(rep));
  if (unknown.length === 0) return [];
  const leads = unknown.reduce((sum, one) => sum + one.leads, 0);
  const told = unknown.slice(0, 5).map(({ rep }) => rep);
  const more = unknown.length > told.length ? ` and ${wholeText(unknown.length - told.length)} more` : '';
  return [
    '',
    `${leadsText(leads)} really went to owners who are no rep of the policy: ${told.join(', ')}${more}.`,
  ];
};
