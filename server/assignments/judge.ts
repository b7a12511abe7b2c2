import { decide } from '../routing/decide/decide.ts';
import { derivedCodes } from '../routing/decide/derived-codes.ts';
import { type Decided, FIRST_ENGINE, type Outcome } from '../routing/decision.ts';
import type { Lead, LeadHistory } from '../routing/lead.ts';
import { PAUSE_LOOK_AGAIN_AFTER, READ_AGAIN_AFTER } from './bounds.ts';
import type { LaneSession } from './lane-session.ts';
import type { LeadReading } from './read-lead.ts';
import type { StoredSnapshot } from './stored.ts';
import { tellUnreadable } from './unreadable.ts';

/** What is decided about. */
export interface Question {
  readonly leadId: string;
  readonly snapshot: Pick<StoredSnapshot, 'digest' | 'values'>;
  readonly history: LeadHistory;
  readonly owner: Lead['owner'];
}

/** Asks the policy; without asking, a lead waits while the tenant is paused or its record cannot be read. */
export const judge = (session: LaneSession, question: Question, reading: LeadReading): Decided => {
  if (session.lane.paused) return waits(session, question, 'paused', PAUSE_LOOK_AGAIN_AFTER);
  if (reading.kind === 'failed') tellUnreadable(session, reading);
  if (reading.kind === 'failed') return waits(session, question, 'read_failed', READ_AGAIN_AFTER);
  return decide(toLead(question), session.memory.compiled!, session.state, session.now);
};

/**
 * Asks about a lead that is new here. Where its owner is to be compared with, it is decided as if it had none, as long
 * as that is for the log only; in earnest it keeps the owner it has.
 */
export const judgeNew = (
  session: LaneSession,
  question: Question,
  reading: LeadReading,
  asksForLogOnly: boolean,
): Decided => {
  const compares = question.owner !== null && session.memory.compiled?.policy.intake.owned === 'compare';
  if (compares) {
    const free = judge(session, { ...question, owner: null }, reading);
    if (asksForLogOnly || session.lane.mode === 'log_only' || free.logOnly === true) return free;
  }
  return judge(session, question, reading);
};

export const toLead = ({ leadId, snapshot, history, owner }: Question): Lead => ({
  id: leadId,
  values: snapshot.values ?? {},
  digest: snapshot.digest,
  history,
  owner,
});

type NotAsked = Extract<Outcome, { kind: 'waiting' }>['because'] & string;

const waits = (
  session: LaneSession,
  { leadId, snapshot, history, owner }: Question,
  because: NotAsked,
  after: number,
): Decided => {
  const { version, hash, derive } = session.memory.compiled!;
  return {
    ...derivedCodes(derive(snapshot.values ?? {}, session.now)),
    engine: FIRST_ENGINE,
    outcome: { kind: 'waiting', retryAt: session.now + after, meanwhile: null, because },
    rule: null,
    pool: null,
    step: null,
    steps: [],
    posting: null,
    history,
    inputs: {
      now: session.now,
      policy: { version, hash },
      zones: session.state.zones,
      lead: { id: leadId, digest: snapshot.digest, owner },
      history,
      state: { teams: {}, pools: {}, reps: [] },
    },
  };
};
