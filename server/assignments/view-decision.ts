import type { DerivedCodes, Outcome } from '../routing/decision.ts';
import type { Reader } from '../routing/render/moment-text.ts';
import { type Names, renderDecision } from '../routing/render/render-decision.ts';
import type { LeadRecord, StoredAssignment, StoredDecision } from './stored.ts';
import type { DecisionView, DerivedView, NamedRef, RecordView } from './views.ts';

/** Where the assignment of a decision stands now. */
export type Standing = Pick<StoredAssignment, 'state' | 'repId' | 'written' | 'firstActivityAt'> & {
  /** Whether the assignment still goes by this decision. */
  readonly inForce: boolean;
  /** When the open offer ends or the waiting lead is looked at again, where that is known by now. */
  readonly dueAt: number | null;
  /** The record the lead lives on in. */
  readonly mergedInto?: string | null;
  /** What the lead stands on. */
  readonly records: readonly LeadRecord[];
};

/** What of a decision is shown. */
type Viewable = Omit<StoredDecision, 'snapshotId' | 'source'>;

export interface ViewContext {
  readonly names: Names;
  readonly reader: Reader;
  /** The CRM whose record counts, where a lead stands on two. */
  readonly counts: (records: readonly LeadRecord[]) => LeadRecord | undefined;
}

/** A decision as people and programs are shown it: what it said, and what has become of it while it is in force. */
export const viewDecision = (decision: Viewable, standing: Standing, context: ViewContext): DecisionView => {
  const { result, decidedAt } = decision;
  const { names } = context;
  const text = renderDecision(result, { ...context, decidedAt });
  const base = {
    id: decision.id,
    lead: { id: decision.leadId },
    written: standing.written,
    policy: { version: decision.policyVersion },
    rule: named(result.rule, names.rule),
    pool: named(result.pool, names.pool),
    reason: text.reason,
    decidedAt: iso(decidedAt),
    engine: decision.engine,
    hash: decision.hash,
    candidates: text.candidates,
    assignment: decision.assignmentId,
    logOnly: decision.logOnly,
    ...(result.derived && { derived: viewDerived(result.derived, names) }),
    ...recordOf(standing, context),
    ...(standing.inForce && standing.firstActivityAt !== null
      ? { firstActivityAt: iso(standing.firstActivityAt) }
      : {}),
  };
  return { ...base, ...placeNow(result.outcome, standing, names) } as DecisionView;
};

const viewDerived = ({ territory, tier, urgent, score }: DerivedCodes, names: Names): DerivedView => ({
  ...(territory !== undefined && { territory: ref(territory, names.territory) }),
  ...(tier !== undefined && { tier: ref(tier, names.tier) }),
  ...(urgent && { urgent }),
  ...(score !== undefined && { score }),
});

/** The record that counts. */
const recordOf = ({ records }: Standing, { counts }: ViewContext): { readonly record?: RecordView } => {
  const record = counts(records);
  if (record === undefined) return {};
  const { connectionId: connection, objectType, recordId, url } = record;
  return { record: { connection, objectType, recordId, url } };
};

type Place<View = DecisionView> = View extends { outcome: infer Kind }
  ? Pick<View, Extract<keyof View, 'rep' | 'offer' | 'retryAt' | 'queue' | 'mergedInto' | 'because'>> & {
      readonly outcome: Kind;
    }
  : never;

/** A claim, a hand or a merge in the CRM may have moved the lead on since the decision. */
const placeNow = (outcome: Outcome, standing: Standing, names: Names): Place => {
  const { inForce, state, repId, mergedInto } = standing;
  if (inForce && mergedInto) return { outcome: 'merged', rep: null, mergedInto };
  if (inForce && state === 'assigned' && repId !== null)
    return { outcome: 'assigned', rep: ref(repId, names.rep) };
  return placeOf(outcome, inForce ? standing.dueAt : null, names);
};

const placeOf = (outcome: Outcome, dueAt: number | null, names: Names): Place => {
  switch (outcome.kind) {
    case 'assigned':
      return { outcome: 'assigned', rep: ref(outcome.rep, names.rep) };
    case 'offered':
      return {
        outcome: 'offered',
        rep: outcome.broadcast ? null : ref(outcome.to[0]!, names.rep),
        offer: {
          to: outcome.to.map((rep) => ref(rep, names.rep)),
          expiresAt: iso(dueAt ?? outcome.expiresAt),
        },
      };
    case 'waiting':
      return { outcome: 'waiting', rep: null, retryAt: iso(dueAt ?? outcome.retryAt) };
    case 'in_queue':
      return { outcome: 'in_queue', rep: null, queue: ref(outcome.queue, names.queue) };
    case 'not_routed':
      return { outcome: 'not_routed', rep: null, because: outcome.because };
    default:
      return outcome satisfies never;
  }
};

const ref = (id: string, name: (id: string) => string): NamedRef => ({ id, name: name(id) });
const named = (id: string | null, name: (id: string) => string): NamedRef | null =>
  id === null ? null : ref(id, name);
const iso = (instant: number): string => new Date(instant).toISOString();
