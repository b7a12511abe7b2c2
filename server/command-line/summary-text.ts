import { LEAD } from '../routing/ledger/shares.ts';
import type { Policy } from '../routing/policy/schema.ts';
import type { Routing } from './create-routing.ts';
import type { PolicyFile } from './read-policy-file.ts';
import type { Summary } from './summary.ts';
import { textTable } from './text-table.ts';

/** Rules told one by one, at most. */
const MOST_RULES = 40;

type Row = readonly string[];

/** What became of a file's leads, for people: by rule, pool and rep, and who waits. Lines. */
export const summaryText = (
  summary: Summary,
  { compiled: { policy }, reps }: PolicyFile,
  worstLag: Routing['worstLag'],
): readonly string[] => {
  const pools = policy.pools.map(({ id, name, method }): Row => {
    const leads = summary.pools.get(id) ?? 0;
    const worst = leads === 0 ? '–' : (worstLag(id) / LEAD).toFixed(2);
    return [name, method.replaceAll('_', ' '), number(leads), worst];
  });
  const people = reps
    .map(({ id, name }) => ({ name, leads: summary.reps.get(id) ?? 0 }))
    .sort((a, b) => b.leads - a.leads)
    .map(({ name, leads }): Row => [name, number(leads), share(leads, summary.given)]);
  return [
    title(summary, policy),
    ...section(['Rule', 'leads'], rulesOf(summary, policy)),
    ...section(['Pool', 'shared by', 'leads', 'worst lag'], pools),
    ...section(['Rep', 'leads', 'share'], people),
    ...section(['Without a rep', 'leads'], nobody(summary, policy)),
    ...slasNotRun(summary, policy),
  ];
};

const title = ({ leads, from, to }: Summary, { name, timezone }: Policy): string => {
  const counted = leads === 1 ? '1 lead' : `${number(leads)} leads`;
  if (leads === 0) return `${name}: no leads`;
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: timezone });
  const [first, last] = [day.format(from), day.format(to)];
  return `${name}: ${counted}, ${first === last ? first : `${first} to ${last}`}`;
};

/** In the policy's order. Of thousands of rules only the busiest are told, the others as a number. */
const rulesOf = ({ rules, leads, notRouted, held }: Summary, policy: Policy): readonly Row[] => {
  const of = (id: string | null) => rules.get(id) ?? 0;
  const busiest = policy.rules.toSorted((a, b) => of(b.id) - of(a.id)).slice(0, MOST_RULES);
  const told = new Set(busiest);
  const rest = policy.rules.length - told.size;
  const matched = busiest.reduce((sum, { id }) => sum + of(id), 0);
  return [
    ...policy.rules.filter((rule) => told.has(rule)).map(({ id, name }): Row => [name, number(of(id))]),
    ...(rest > 0
      ? [[`${number(rest)} other rules`, number(leads - notRouted - held - matched - of(null))]]
      : []),
    ...(of(null) > 0 ? [['no rule (fallback)', number(of(null))]] : []),
  ];
};

/** The leads that nobody has: in queues, waiting or held, only looked at, outside the intake. */
const nobody = (summary: Summary, policy: Policy): readonly Row[] => [
  ...policy.queues.flatMap(({ id, name }): Row[] => {
    const leads = summary.queues.get(id);
    return leads === undefined ? [] : [[`in queue ${name}`, number(leads)]];
  }),
  ...(summary.waiting > 0 ? [['waiting', number(summary.waiting)]] : []),
  ...(summary.held > 0 ? [['held until they are complete', number(summary.held)]] : []),
  ...(summary.logged > 0 ? [['for the log only', number(summary.logged)]] : []),
  ...(summary.notRouted > 0 ? [['not routed', number(summary.notRouted)]] : []),
];

/** A file tells neither when a rep answered nor when time passed without: a clock would say that every lead was late. */
const slasNotRun = ({ rules }: Summary, policy: Policy): readonly string[] => {
  if (policy.slas === undefined || policy.slas.length === 0) return [];
  const leads = (id: string): number =>
    policy.rules.reduce((sum, rule) => sum + (rule.slas?.includes(id) ? (rules.get(rule.id) ?? 0) : 0), 0);
  const under = policy.slas.map(({ id, name }): Row => [name, number(leads(id))]);
  return [
    ...section(['SLA, not run', 'leads'], under),
    'No SLA clock runs here: a file does not tell when a rep claimed or worked on a lead, so no one is',
    'reminded and no lead is given to somebody else. The service runs them.',
  ];
};

const section = (head: Row, rows: readonly Row[]): readonly string[] =>
  rows.length === 0 ? [] : ['', ...textTable([head, ...rows])];

const number = (count: number): string => count.toLocaleString('en');

const share = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`;
