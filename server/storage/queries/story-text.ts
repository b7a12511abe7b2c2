import type { AssignmentEventKind, ClosedBecause, DeclineReason } from '../../assignments/types.ts';
import { nativeRuleText } from './native-rule-text.ts';
import { keptText, metText, missedText } from './sla-text.ts';

/** An event's parameters as text: names instead of ids, instants as the reader says them. */
export interface Told {
  readonly rep: string | null;
  readonly queue: string | null;
  readonly retry: string | null;
  /** Who had the lead before. */
  readonly from: string | null;
  readonly because: string | null;
  readonly reason: string | null;
  /** Who gave the lead to somebody else, and what they wrote with it; null: nobody here, nothing, or erased. */
  readonly by: string | null;
  readonly note: string | null;
  /** It changed hands because its rep left, or came back. */
  readonly leaving: 'left' | 'back' | null;
  /** How long after its rep had it somebody worked on it, in words. */
  readonly after: string | null;
  /** The record was there before the lead. */
  readonly existed: boolean;
  /** A CRM by name, one of its own assignment rules, and what came of it. */
  readonly crm: string | null;
  readonly rule: string | null;
  readonly code: string | null;
  /** Whom that gave the lead to; they may be no rep. */
  readonly owner: string | null;
  /** `kept` or `lost`, where the pool does otherwise than by default. */
  readonly turn: string | null;
  /** An SLA by name; when it was due and met; how much too late, in words. */
  readonly sla: string | null;
  readonly due: string | null;
  readonly met: string | null;
  readonly late: string | null;
}

const CLOSED: Readonly<Record<ClosedBecause, string>> = {
  closed_in_crm: 'Closed: it is no longer open work in the CRM.',
  record_gone: 'Closed: the record is gone from the CRM.',
  erased: 'Closed: what was known of the person was erased.',
  merged: 'Closed: the record was merged into another.',
  not_routed: 'Closed: the policy does not route it.',
  owned_outside: 'Closed: the record was given to somebody who takes no leads here.',
  owner_removed: 'Closed: somebody took the owner off the record, or put it into a queue.',
  replaced: 'Closed: it is routed again.',
  converted: 'Closed: converted in the CRM, as the policy asks.',
  disconnected: 'Closed: the account it stands in was disconnected.',
  log_only: 'Closed: decided for the log only.',
  log_only_asked: 'Closed: decided for the log only, as its caller asked.',
  log_only_policy: 'Closed: decided for the log only, as the policy says of its rule or pool.',
};

/** What a rep may say who hands an offer back. */
export const DECLINED: Readonly<Record<DeclineReason, string>> = {
  not_my_area: 'not my area',
  too_busy: 'too busy',
  conflict: 'a conflict of interest',
  bad_lead: 'not a real lead',
  other: 'another reason',
};

const WAITS: Readonly<Record<string, string>> = {
  read_failed: 'Waits: the record could not be read from the CRM.',
  paused: 'Waits: routing is paused.',
  held: 'Waits: held until what the policy waits for is known.',
};

const NOT_ROUTED: Readonly<Record<string, string>> = {
  not_in_intake: 'Not routed: the policy does not take this record in.',
  already_owned: 'Not routed: the record has an owner already.',
};

/** What happened, in a sentence. */
export const storyText = (kind: AssignmentEventKind, told: Told): string => {
  const rep = told.rep ?? 'Somebody';
  switch (kind) {
    case 'assigned':
      return `Assigned to ${rep}.`;
    case 'offered':
      return `Offered to ${rep}.`;
    case 'waiting':
      return `${WAITS[told.because ?? ''] ?? 'Waits: nobody can take it now.'}${told.retry === null ? '' : ` Looked at again ${told.retry}.`}`;
    case 'queued':
      return `Put into the queue ${told.queue ?? ''}.`;
    case 'not_routed':
      return NOT_ROUTED[told.because ?? ''] ?? 'Not routed.';
    case 'card_delivered':
      return `${rep} has been asked: the clock runs.`;
    case 'unreachable':
      return `No message reaches ${rep}.`;
    case 'claimed':
      return `${rep} claimed it.`;
    case 'declined':
      return `${rep} declined: ${DECLINED[told.reason as DeclineReason] ?? 'no reason given'}.${told.turn === 'lost' ? ' Their turn is lost.' : ''}`;
    case 'expired':
      return `${rep} did not answer in time.${told.turn === 'kept' ? ' Their turn is kept.' : ''}`;
    case 'went_away':
      return `${rep} went away: it goes to somebody else, and their turn is kept.`;
    case 'reassigned_outside':
      return reassigned(told);
    case 'native_rule':
      return nativeRuleText({ ...told, owner: told.rep ?? told.owner });
    case 'reassigned':
      return givenBy(told);
    case 'junk':
      return `Marked as junk${told.by === null ? '' : ` by ${told.by}`}: ${rep} has the turn back.`;
    case 'owner_written':
      return 'The CRM shows the owner.';
    case 'owner_refused':
      return 'The CRM refused the owner.';
    case 'entered':
      return told.existed ? 'The CRM had a record of it already.' : 'It has a record in the CRM.';
    case 'entry_refused':
      return 'The CRM did not take it in.';
    case 'first_activity':
      return `First touched after ${told.after ?? 'some time'}.`;
    case 'convert_refused':
      return 'The CRM did not convert it.';
    case 'sla_missed':
      return missedText(told);
    case 'sla_met':
      return metText(told);
    case 'sla_reassigned':
      return `${told.sla ?? 'An SLA'} was missed: it is taken from ${rep} and given to somebody else.`;
    case 'sla_kept':
      return keptText(told);
    case 'closed':
      return CLOSED[told.because as ClosedBecause] ?? 'Closed.';
    default:
      return kind satisfies never;
  }
};

const givenBy = ({ rep, from, by, note, leaving }: Told): string => {
  if (leaving === 'left') return `${from ?? 'Its rep'} left, so it went to ${rep ?? 'somebody'}.`;
  if (leaving === 'back')
    return `Back with ${rep ?? 'its rep'}, who stays after all; before ${from ?? 'somebody'}.`;
  const before = from === null || from === by ? '' : `, before ${from}`;
  return `${by ?? 'Somebody'} gave it to ${rep ?? 'somebody'}${before}${note === null ? '.' : `: “${note}”`}`;
};

const reassigned = ({ rep, from }: Told): string => {
  const before = from === null ? '' : `, before ${from}`;
  return rep === null ? `The owner was changed in the CRM${before}.` : `Given to ${rep} in the CRM${before}.`;
};
