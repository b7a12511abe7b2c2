import type { Decided, Outcome } from '../routing/decision.ts';
import { hashDecided } from '../routing/hash/decision-hash.ts';
import { CARD_MUST_ARRIVE_WITHIN } from './bounds.ts';
import { close } from './close.ts';
import {
  addTask,
  completeCallbacks,
  giveTo,
  refreshCards,
  sendCard,
  writeMeanwhile,
  writeQueue,
} from './deliveries.ts';
import { change, type LaneSession, type LeadFile, tell } from './lane-session.ts';
import { post } from './post.ts';
import { hold } from './slots.ts';
import type { DecisionResult, StoredAssignment, StoredDecision } from './stored.ts';
import type { AssignmentEventKind, ClosedBecause, Source } from './types.ts';

type LookedBecause = Extract<ClosedBecause, 'log_only' | 'log_only_asked' | 'log_only_policy'>;

/** Stores a decision about the lead and puts its assignment where the decision says. */
export const placeLead = (session: LaneSession, file: LeadFile, decided: Decided, source: Source): void => {
  const { decision, inputs } = toDecision(session, file, decided, source);
  file.decision = decision;
  file.entries = [];
  session.changes.decisions.push({ ...decision, inputs, repId: repOf(decided.outcome) });
  const first = file.assignment.version === 0;
  if (!first) session.changes.superseded.add(file.assignment.id);
  change(session, file, {
    ...NOBODY,
    ...placeOf(session, decided),
    urgent: decided.derived?.urgent === true,
    history: decided.history,
    decisionId: decision.id,
  });
  tellOutcome(session, file, decided.outcome);
  if (decided.posting !== null) post(session, file, 'decision', decided.posting);
  const looked = lookedBecause(session, file, decided);
  if (looked !== null) closeLooked(session, file, looked, first);
  else if (decided.outcome.kind === 'not_routed') close(session, file, 'not_routed');
  else deliver(session, file, decided.outcome, first);
};

/** Why a lead is only looked at; null: it is meant. */
const lookedBecause = ({ lane }: LaneSession, file: LeadFile, decided: Decided): LookedBecause | null => {
  if (decided.logOnly) return 'log_only_policy';
  if (lane.mode === 'log_only') return 'log_only';
  return file.logOnly ? 'log_only_asked' : null;
};

/** What is only looked at ends. A lead that came to it under way may have cards out, and workflows that wait. */
const closeLooked = (session: LaneSession, file: LeadFile, because: LookedBecause, first: boolean): void => {
  close(session, file, because);
  if (first) return;
  refreshCards(session, file);
  completeCallbacks(session, file);
};

const toDecision = (session: LaneSession, file: LeadFile, decided: Decided, source: Source) => {
  const { inputs, engine, ...result } = decided;
  const decision: StoredDecision = {
    id: session.newId('dec'),
    leadId: file.id,
    assignmentId: file.assignment.id,
    snapshotId: file.snapshot.id,
    source,
    decidedAt: session.now,
    policyVersion: inputs.policy.version,
    engine,
    hash: hashDecided(decided),
    logOnly: session.lane.mode === 'log_only' || file.logOnly === true || decided.logOnly === true,
    result: result satisfies DecisionResult,
  };
  return { decision, inputs };
};

const repOf = (outcome: Outcome): string | null => {
  if (outcome.kind === 'assigned') return outcome.rep;
  return outcome.kind === 'offered' && !outcome.broadcast ? outcome.to[0]! : null;
};

const NOBODY: Partial<StoredAssignment> = Object.freeze({
  repId: null,
  queueId: null,
  offeredTo: [],
  broadcast: false,
  claimWithin: null,
  clock: null,
  dueAt: null,
  dueKind: null,
  heldAt: null,
  written: 'none',
  remedy: null,
  conversion: null,
  firstActivityAt: null,
});

/** The assignment's new place. An offer's clock starts when its card arrives, which must be soon. */
const placeOf = (
  session: LaneSession,
  { outcome, pool, rule, logOnly }: Decided,
): Partial<StoredAssignment> => {
  const from = { poolId: pool, ruleId: rule };
  const heldAt = (rep: string) => (logOnly ? null : hold(session, rep));
  switch (outcome.kind) {
    case 'assigned':
      return { ...from, state: 'assigned', repId: outcome.rep, heldAt: heldAt(outcome.rep) };
    case 'offered':
      return {
        ...from,
        state: 'offered',
        offeredTo: outcome.to.map((rep) => ({ rep, startedAt: null, endsAt: null })),
        broadcast: outcome.broadcast,
        claimWithin: outcome.claimWithin,
        clock: outcome.clock,
        dueAt: session.now + CARD_MUST_ARRIVE_WITHIN,
        dueKind: 'delivery',
        ...(outcome.broadcast ? {} : { repId: outcome.to[0]!, heldAt: heldAt(outcome.to[0]!) }),
      };
    case 'waiting':
      return { ...from, state: 'waiting', dueAt: outcome.retryAt, dueKind: 'retry' };
    case 'in_queue':
      return { ...from, state: 'in_queue', queueId: outcome.queue };
    case 'not_routed':
      return from;
    default:
      return outcome satisfies never;
  }
};

const tellOutcome = (session: LaneSession, file: LeadFile, outcome: Outcome): void => {
  const line = (
    kind: AssignmentEventKind,
    rep: string | null,
    detail?: Readonly<Record<string, unknown>>,
  ): void => tell(session, file, kind, rep, detail);
  switch (outcome.kind) {
    case 'assigned':
      line('assigned', outcome.rep);
      break;
    case 'offered':
      for (const rep of outcome.to) line('offered', rep);
      break;
    case 'waiting': {
      const { retryAt, because } = outcome;
      line('waiting', null, because === undefined ? { retryAt } : { retryAt, because });
      break;
    }
    case 'in_queue':
      line('queued', null, { queue: outcome.queue });
      break;
    case 'not_routed':
      line('not_routed', null, { because: outcome.because });
      break;
    default:
      outcome satisfies never;
  }
};

type Delivered = Exclude<Outcome, { kind: 'not_routed' }>;

const deliver = (session: LaneSession, file: LeadFile, outcome: Delivered, first: boolean): void => {
  if (!first) refreshCards(session, file);
  switch (outcome.kind) {
    case 'assigned':
      giveTo(session, file, outcome.rep);
      if (!sendCard(session, file, outcome.rep)) addTask(session, file, outcome.rep);
      completeCallbacks(session, file);
      break;
    case 'offered':
      writeMeanwhile(session, file, outcome.meanwhile);
      for (const rep of outcome.to) sendCard(session, file, rep);
      break;
    case 'waiting':
      writeMeanwhile(session, file, outcome.meanwhile);
      break;
    case 'in_queue':
      writeQueue(session, file, outcome.queue);
      completeCallbacks(session, file);
      break;
    default:
      outcome satisfies never;
  }
};
