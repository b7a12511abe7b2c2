import {
  BEFORE_RULES,
  type Candidate,
  type CandidateCode,
  type Decided,
  type StepTrace,
} from '../decision.ts';
import { LEAD } from '../ledger/shares.ts';
import { type Catalogue, catalogueOf, type StandInTold, type Told, type WonBy } from './catalogue.ts';
import { momentText, type Reader } from './moment-text.ts';
import { ownerText, reviewText } from './owner-text.ts';

/** What people call things. Each gives the id back when it knows no name. */
export interface Names {
  readonly rep: (id: string) => string;
  readonly pool: (id: string) => string;
  readonly rule: (id: string) => string;
  readonly queue: (id: string) => string;
  /** `<list>/<account>`. */
  readonly account: (id: string) => string;
  readonly territory: (id: string) => string;
  readonly tier: (id: string) => string;
  /** Of points, by their place in the policy's list. */
  readonly points: (index: number) => string;
}

/** What of a decision is told. */
export type Tellable = Pick<
  Decided,
  'account' | 'outcome' | 'rule' | 'pool' | 'step' | 'steps' | 'derived' | 'logOnly'
>;

/** A decision in the reader's words: the parts of `DecisionView` and `ExplanationView` that are sentences. */
export interface DecisionText {
  readonly reason: string;
  readonly candidates: readonly CandidateText[];
  readonly steps: readonly { readonly key: string; readonly took: boolean; readonly text: string }[];
}

export interface CandidateText {
  readonly rep: string;
  readonly name: string;
  readonly code: CandidateCode;
  readonly detail: string;
  /** Name of the pool looked at; empty for a rep whom a step names. */
  readonly pool: string;
  /** In leads; absent for those not weighed. */
  readonly lag?: number;
}

/** Everybody who is told about by name in a reason, at most; the rest is a number. */
const NAMED_OTHERS = 2;

interface Telling {
  readonly names: Names;
  readonly reader: Reader;
  readonly decidedAt: number;
  readonly words: Catalogue;
}

/** Renders a decision for one reader. Plain text: whoever shows it escapes it. `decidedAt`: epoch milliseconds. */
export const renderDecision = (
  decision: Tellable,
  context: { readonly names: Names; readonly reader: Reader; readonly decidedAt: number },
): DecisionText => {
  const telling = { ...context, words: catalogueOf(context.reader.language) };
  return {
    reason: reasonOf(decision, telling),
    candidates: decision.steps.flatMap((trace) => candidatesOf(trace, telling)),
    steps: decision.steps.map((trace) => ({
      key: trace.key,
      took: trace.took,
      text: stepText(trace, decision, telling),
    })),
  };
};

/** Why one candidate of a step was chosen or not, in the reader's words. */
export const candidateText = (
  candidate: Candidate,
  trace: StepTrace,
  context: { readonly names: Names; readonly reader: Reader; readonly decidedAt: number },
): string => {
  const telling = { ...context, words: catalogueOf(context.reader.language) };
  return telling.words.candidate(told(candidate, trace, telling));
};

const candidatesOf = (trace: StepTrace, telling: Telling): CandidateText[] => {
  const { names, words } = telling;
  const pool = trace.pool === undefined ? '' : names.pool(trace.pool);
  return [...trace.candidates].sort(byInterest).map((candidate) => ({
    rep: candidate.rep,
    name: names.rep(candidate.rep),
    code: candidate.code,
    detail: words.candidate(told(candidate, trace, telling)),
    pool,
    ...('lag' in candidate ? { lag: candidate.lag / LEAD } : {}),
  }));
};

/** The chosen first, then who was in the running by what they were owed, then the others. */
const byInterest = (a: Candidate, b: Candidate): number =>
  rank(a) - rank(b) || ('lag' in a && 'lag' in b ? b.lag - a.lag : 0);

const rank = ({ code }: Candidate): number => (code === 'chosen' ? 0 : code === 'outranked' ? 1 : 2);

const told = (candidate: Candidate, trace: StepTrace, telling: Telling): Told => {
  const { names, reader, decidedAt } = telling;
  const winners = trace.candidates.filter(({ code }) => code === 'chosen');
  const backAt = 'backAt' in candidate ? candidate.backAt : null;
  const endsAt = 'endsAt' in candidate ? (candidate.endsAt ?? null) : null;
  return {
    ...candidate,
    owner: trace.owner?.by ?? null,
    winner: winners.length === 1 ? names.rep(winners[0]!.rep) : null,
    back: backAt === null ? null : momentText(backAt, decidedAt, reader),
    ends: endsAt === null ? null : momentText(endsAt, decidedAt, reader),
    standIn: standInOf(candidate, trace, telling),
  };
};

const standInOf = (candidate: Candidate, trace: StepTrace, telling: Telling): StandInTold | null => {
  const absent = 'standsInFor' in candidate ? candidate.standsInFor : undefined;
  const found = trace.candidates.find(({ rep }) => rep === absent);
  if (found === undefined) return null;
  return { name: telling.names.rep(found.rep), why: telling.words.candidate(told(found, trace, telling)) };
};

/** Of those who have the lead or the offer: for whom they stand in. */
const standInText = (trace: StepTrace | undefined, telling: Telling): string[] =>
  (trace?.candidates ?? []).flatMap((candidate) => {
    const standIn = candidate.code === 'chosen' ? standInOf(candidate, trace!, telling) : null;
    return standIn === null ? [] : [telling.words.standsIn(telling.names.rep(candidate.rep), standIn)];
  });

const stepText = (
  trace: StepTrace,
  { outcome }: Tellable,
  { names, reader, decidedAt, words }: Telling,
): string => {
  if (trace.owner !== undefined) return ownerText(trace, trace.owner, { names, words });
  const until = trace.until === undefined ? null : momentText(trace.until, decidedAt, reader);
  return words.step(trace, subjectOf(trace, outcome, names), until);
};

const subjectOf = (trace: StepTrace, outcome: Tellable['outcome'], names: Names): string => {
  if (trace.pool !== undefined) return names.pool(trace.pool);
  if (trace.kind === 'queue' && outcome.kind === 'in_queue') return names.queue(outcome.queue);
  const [rep] = trace.candidates;
  return rep === undefined ? '' : names.rep(rep.rep);
};

/** The route, the steps that did not take it, what became of it, and why not the others. */
const reasonOf = (decision: Tellable, telling: Telling): string => {
  const { outcome, steps } = decision;
  const { words } = telling;
  if (outcome.kind === 'not_routed') return words.notRouted(outcome.because);
  if (outcome.kind === 'waiting' && outcome.because !== undefined)
    return words.notAsked(outcome.because, momentText(outcome.retryAt, telling.decidedAt, telling.reader));
  const route = routeText(decision, telling);
  const derived = derivedText(decision, telling);
  const passed = steps.filter(({ took }) => !took).map((trace) => stepText(trace, decision, telling));
  const took = steps.find((trace) => trace.took);
  const others = othersText(took ?? steps.findLast((trace) => trace.candidates.length > 0), telling);
  const outcomeSaid = outcomeText(decision, took, telling) ?? [];
  const converts = 'convert' in outcome && outcome.convert ? words.converts(outcome.kind === 'offered') : [];
  const logOnly = decision.logOnly ? words.logOnly : [];
  const standIns = standInText(took, telling);
  return [
    logOnly,
    route,
    derived,
    passed,
    outcomeSaid,
    standIns,
    converts,
    others,
    reviewText(decision, telling),
  ]
    .flat()
    .join(' ');
};

const routeText = (decision: Tellable, telling: Telling): string => {
  const { rule, step } = decision;
  const { names, words } = telling;
  const to = destination(decision, telling);
  if (step === BEFORE_RULES && to !== null) return words.beforeRules(to);
  return words.route(rule === null ? null : names.rule(rule), to, step?.startsWith('fallback/') ?? false);
};

/** The lead's territory, tier and score, where the policy has them. */
const derivedText = ({ derived }: Tellable, { names, words }: Telling): string[] => {
  if (derived === undefined) return [];
  const { score = null, points = [], territory, tier, urgent = false } = derived;
  return [
    words.derived({
      territory: territory === undefined ? null : names.territory(territory),
      tier: tier === undefined ? null : names.tier(tier),
      urgent,
      score,
      points: points.map(names.points),
    }),
  ];
};

const destination = ({ outcome, pool }: Tellable, { names, words }: Telling): string | null => {
  if (pool !== null) return words.toPool(names.pool(pool));
  if (outcome.kind === 'in_queue') return words.toQueue(names.queue(outcome.queue));
  return outcome.kind === 'assigned' ? names.rep(outcome.rep) : null;
};

/** What became of the lead; null where the route has said it. */
const outcomeText = ({ outcome }: Tellable, took: StepTrace | undefined, telling: Telling): string | null => {
  const { names, reader, decidedAt, words } = telling;
  switch (outcome.kind) {
    case 'assigned':
      if (took?.owner !== undefined) return ownerText(took, took.owner, telling);
      return words.assigned(names.rep(outcome.rep), wonBy(took), standingOf(took));
    case 'offered': {
      const why = outcome.broadcast ? null : { wonBy: wonBy(took), ...standingOf(took) };
      return words.offered(outcome.to.map(names.rep), outcome, why);
    }
    case 'waiting':
      return words.waiting(momentText(outcome.retryAt, decidedAt, reader));
    case 'in_queue':
      return null;
    case 'not_routed':
      return words.notRouted(outcome.because);
    default:
      return outcome satisfies never;
  }
};

/**
 * The comparison that most of the outranked lost. A turn that was passed is told first, and a later tier only where
 * nobody was compared.
 */
const wonBy = (took: StepTrace | undefined): WonBy => {
  if (took?.kind === 'rep') return 'named';
  const counts = new Map<WonBy, number>();
  for (const candidate of took?.candidates ?? [])
    if (candidate.code === 'outranked') counts.set(candidate.by, (counts.get(candidate.by) ?? 0) + 1);
  const [most] = [...counts].sort(([a, m], [b, n]) => tellingOf(a) - tellingOf(b) || n - m);
  return most?.[0] ?? 'only_one';
};

const tellingOf = (by: WonBy): number => (by === 'skipped' ? 0 : by === 'priority' ? 2 : 1);

const standingOf = (took: StepTrace | undefined): { readonly lag: number; readonly open: number } => {
  const winner = took?.candidates.find((candidate) => candidate.code === 'chosen');
  return winner === undefined ? { lag: 0, open: 0 } : { lag: winner.lag, open: winner.open };
};

/** Reasons not to have a lead, the most telling first: those that pass come before those that stay. */
const TELLING: readonly CandidateCode[] = [
  'at_capacity',
  'off_duty',
  'off_hours',
  'time_off',
  'holiday',
  'missing_skill',
  'declined_before',
  'had_before',
  'unreachable',
  'paused',
  'not_in_territory',
  'inactive',
];

/** Those who could not take it: the first few by name, then how many more. */
const othersText = (trace: StepTrace | undefined, telling: Telling): string[] => {
  if (trace === undefined) return [];
  const { names, words } = telling;
  const blocked = trace.candidates
    .filter(({ code }) => TELLING.includes(code))
    .sort((a, b) => TELLING.indexOf(a.code) - TELLING.indexOf(b.code));
  const named = blocked
    .slice(0, NAMED_OTHERS)
    .map((candidate) =>
      words.about(names.rep(candidate.rep), words.candidate(told(candidate, trace, telling))),
    );
  return blocked.length > NAMED_OTHERS ? [...named, words.others(blocked.length - NAMED_OTHERS)] : named;
};
