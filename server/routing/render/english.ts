import type { Outcome, StepTrace } from '../decision.ts';
import { LEAD } from '../ledger/shares.ts';
import { durationInWords } from '../policy/duration.ts';
import type { Cap, TimeSource } from '../state.ts';
import type { Catalogue, StandInTold, Told, WonBy } from './catalogue.ts';
import { ownerSentence, ownerWords, reviewSentence } from './english-owners.ts';

const candidate = (told: Told): string => {
  switch (told.code) {
    case 'chosen':
      return `${chosen(told)}${standing(told.standIn)}`;
    case 'outranked':
      return `${lost(told)}${standing(told.standIn)}`;
    case 'off_hours':
      if (told.endsAt !== undefined) return `their shift ends at ${told.ends}, too soon for another lead`;
      return `${told.back === null ? 'outside working hours' : `back at ${told.back}`}${hoursFrom(told.source)}`;
    case 'time_off':
      return `on time off${setIn(told.source)}${told.back === null ? '' : `, back at ${told.back}`}`;
    case 'holiday':
      return told.back === null ? 'on a public holiday' : `on a public holiday, back at ${told.back}`;
    case 'off_duty':
      return told.duty === 'rota' ? `not on call until ${told.back}` : `their ramp begins at ${told.back}`;
    case 'at_capacity':
      return full(told.cap, told.limit, told.used);
    case 'missing_skill':
      return `lacks the ${told.attribute.replace('skills.', '')} the lead's ${told.field} asks for`;
    case 'declined_before':
      return told.missed === true ? 'had this lead before and let it go' : 'declined this lead';
    case 'had_before':
      return 'had this lead before and an SLA was missed';
    case 'inactive':
      return 'no longer takes leads';
    case 'not_in_territory':
      return 'the lead is outside their territory';
    case 'paused':
      return 'paused';
    case 'unreachable':
      return 'no message reaches them, so they get no offers';
    default:
      return told satisfies never;
  }
};

const standing = (standIn: StandInTold | null): string => (standIn === null ? '' : `; ${standsIn(standIn)}`);

const standsIn = ({ name, why }: StandInTold): string => `stands in on call for ${name} (${why})`;

/** What people call where hours and owners come from. */
export const SOURCE_NAMES: Readonly<Record<TimeSource, string>> = {
  slack: 'Slack',
  hubspot: 'HubSpot',
  salesforce: 'Salesforce',
  dynamics: 'Dynamics',
  zoho: 'Zoho',
  pipedrive: 'Pipedrive',
};

const hoursFrom = (source: TimeSource | undefined): string =>
  source === undefined ? '' : ` (hours set in ${SOURCE_NAMES[source]})`;

const setIn = (source: TimeSource | undefined): string =>
  source === undefined ? '' : ` (set in ${SOURCE_NAMES[source]})`;

/** Nobody won over the others in a broadcast; nobody was weighed where the rule names the rep. */
const chosen = ({ index, lag, owner, share, winner }: Told<'chosen'>): string => {
  if (owner !== null) return ownerWords[owner];
  if (winner === null) return 'offered it';
  return share === 0 ? 'named by the rule' : `was next in line; ${owed(lag)}${rate(index)}`;
};

const lost = ({ by, index, lag, open, winner }: Told<'outranked'>): string => {
  const other = winner ?? 'another';
  switch (by) {
    case 'fairness':
      return `${owed(lag)}${rate(index)}; ${other} was due first`;
    case 'load':
      return `${openLeads(open)}; ${other} had less to do`;
    case 'waited_less':
      return `had a lead more recently than ${other}`;
    case 'missed_offer':
      return 'let an offer of this lead run out';
    case 'skipped':
      return `${owed(lag)}; their turn was passed this once`;
    case 'priority':
      return `comes after the tier of ${other}`;
    case 'tie':
      return `level with ${other}; the order of ids decided`;
    default:
      return by satisfies never;
  }
};

/** Where the pool goes by results: the rate that it reckons with. */
const rate = (index: number | undefined): string =>
  index === undefined ? '' : `, reckoned to win ${Math.round(index / (LEAD / 100))} %`;

/** The lag in leads, to two decimals: `owed 0.62 of a lead`, `owed 1.3 leads`, `0.4 of a lead ahead`. */
const owed = (lag: number): string => {
  const leads = Math.round(Math.abs(lag) / (LEAD / 100)) / 100;
  if (leads === 0) return 'owed nothing';
  const amount = leads === 1 ? '1 lead' : leads < 1 ? `${leads} of a lead` : `${leads} leads`;
  return lag > 0 ? `owed ${amount}` : `${amount} ahead`;
};

const openLeads = (open: number): string => `${open} open ${open === 1 ? 'lead' : 'leads'}`;

const PERIODS: Readonly<Record<Cap, string>> = {
  open: 'open leads',
  perHour: 'leads this hour',
  perDay: 'leads today',
  perWeek: 'leads this week',
  perMonth: 'leads this month',
};

const full = (cap: Cap, limit: number, used: number): string => `full: ${used} of ${limit} ${PERIODS[cap]}`;

const won = (wonBy: WonBy, { lag, open }: { readonly lag: number; readonly open: number }): string => {
  switch (wonBy) {
    case 'named':
      return 'is named by the rule';
    case 'only_one':
      return 'was the only one free';
    case 'fairness':
      return `was next in line: ${owed(lag)}`;
    case 'load':
      return `had the least to do: ${openLeads(open)}`;
    case 'waited_less':
      return 'had waited longest';
    case 'missed_offer':
      return 'was the one who had not let an offer of this lead run out';
    case 'skipped':
      return 'was next after a turn that is passed this once';
    case 'priority':
      return 'was the only one free in the first tier that had anybody';
    case 'tie':
      return `was level with the others (${owed(lag)}) and first by id`;
    default:
      return wonBy satisfies never;
  }
};

const offered: Catalogue['offered'] = (to, offer, why) => {
  const time = `${durationInWords(offer.claimWithin)}${offer.clock === 'working' ? ' of working time' : ''}`;
  if (why === null || offer.broadcast)
    return `Offered to ${listed(to)} at once; whoever claims it first, within ${time}, has it.`;
  return `Offered to ${to[0]}, who has ${time} to claim it and ${won(why.wonBy, why)}.`;
};

const listed = (names: readonly string[]): string =>
  names.length <= 3
    ? names.join(', ').replace(/, ([^,]*)$/, ' and $1')
    : `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`;

const step = (trace: StepTrace, subject: string, until: string | null): string => {
  if (trace.took) return tookText(trace.kind, subject);
  switch (trace.because) {
    case 'nobody_eligible':
      return `Pool ${subject} had nobody free.`;
    case 'attempts_used':
      return `Pool ${subject} had made all its offers.`;
    case 'no_owner':
      return 'There was no owner to give it to.';
    case 'rep_unavailable':
      return `${subject} was not free.`;
    case 'wait_over':
      return `The wait was over${until === null ? '' : ` at ${until}`}.`;
    case 'waiting':
      return `Waiting for one of the steps before${until === null ? '' : `, until ${until}`}.`;
    case undefined:
      return '';
    default:
      return trace.because satisfies never;
  }
};

const tookText = (kind: StepTrace['kind'], subject: string): string => {
  if (kind === 'queue') return `Put in queue ${subject}.`;
  return kind === 'pool' ? `Pool ${subject} took it.` : `${subject} took it.`;
};

const NOT_ASKED = {
  read_failed: 'The record could not be read from its CRM, so the lead waits;',
  paused: 'Routing is paused, so the lead waits;',
  held: 'The lead is held until what the policy waits for is known;',
} as const;

const NOT_ROUTED: Readonly<Record<Extract<Outcome, { kind: 'not_routed' }>['because'], string>> = {
  not_in_intake: 'Not routed: the record is outside what this policy takes in.',
  already_owned: 'Not routed: the record already has an owner, who keeps it.',
};

/** The sentences in English. */
export const english: Catalogue = {
  candidate,
  others: (count) => `${count} more could not take it.`,
  route: (rule, to, fallback) => {
    const from = rule === null ? 'No rule matched' : `Rule “${rule}”`;
    const way = fallback && rule !== null ? `${from}, then the fallback` : from;
    return to === null ? `${way}.` : `${way} → ${to}.`;
  },
  beforeRules: (to) => `Before the rules → ${to}.`,
  derived: ({ territory, tier, urgent, score, points }) => {
    const made = points.length === 0 ? '' : ` (${points.join(', ')})`;
    const parts = [
      territory === null ? null : `territory ${territory}`,
      tier === null ? null : `tier ${tier}${urgent ? ', urgent' : ''}`,
      score === null ? null : `score ${score}${made}`,
    ].filter((part) => part !== null);
    return `The lead: ${parts.join('; ')}.`;
  },
  logOnly: 'For the log only; nothing is written or sent.',
  toPool: (pool) => `pool ${pool}`,
  toQueue: (queue) => `queue ${queue}`,
  standsIn: (name, standIn) => `${name} ${standsIn(standIn)}.`,
  assigned: (winner, wonBy, standing) => `${winner} ${won(wonBy, standing)}.`,
  offered,
  converts: (claimed) =>
    claimed
      ? 'Whoever claims it has it converted in the CRM, with themselves as the owner.'
      : 'It is converted in the CRM, with them as the owner.',
  waiting: (retry) => `Nobody can take it yet, so it waits; it is looked at again at ${retry}.`,
  notAsked: (because, retry) => `${NOT_ASKED[because]} it is looked at again at ${retry}.`,
  notRouted: (because) => NOT_ROUTED[because],
  owner: ownerSentence,
  accountReview: reviewSentence,
  step,
  about: (name, said) => `${name}: ${said}.`,
};
