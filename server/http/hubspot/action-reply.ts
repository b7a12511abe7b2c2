import { decisionOutputs } from '../../assignments/decision-outputs.ts';
import type { DecideReply } from '../../assignments/use-cases.ts';
import type { DecisionView } from '../../assignments/views.ts';

/** The body HubSpot takes as the action's result. */
export interface ActionReply {
  /** All values are text. */
  readonly outputFields: Readonly<Record<string, string>>;
}

/**
 * How long a workflow may be held. HubSpot goes on with empty outputs when it ends, so it outlasts any chain of offers;
 * the callback ends it long before.
 */
const BLOCK_FOR = 'P28D';
/** Where the decision was late nobody knows yet whether anything will end it. */
const BLOCK_LATE_FOR = 'P1D';

/** Codes with which a workflow goes on without a decision; the action's execution rules word each. */
export type ActionFailure =
  | 'unknown_portal'
  | 'disconnected'
  | 'no_policy'
  | 'invalid_fields'
  | 'record_gone'
  | 'late';

/** Lets the workflow go on and says why nothing was decided. */
export const failed = (code: ActionFailure, message: string): ActionReply => ({
  outputFields: { hs_execution_state: 'FAIL_CONTINUE', errorCode: code, reason: message, outcome: 'failed' },
});

/** Holds the workflow until the lead has an owner or a queue. */
const held = (duration: string): ActionReply => ({
  outputFields: { hs_execution_state: 'BLOCK', hs_expiration_duration: duration },
});

/** The reply when the decision takes longer than HubSpot should be kept waiting. */
export const late = (wait: boolean): ActionReply =>
  wait
    ? held(BLOCK_LATE_FOR)
    : failed('late', 'The decision takes longer than HubSpot waits; the owner follows on the record.');

/** The reply to a decision. `wait`: hold the workflow while nobody has the lead yet. */
export const toActionReply = (reply: DecideReply, wait: boolean): ActionReply => {
  if (!reply.ok) return failed(reply.code, reply.message);
  if (wait && isOpen(reply.decision)) return held(BLOCK_FOR);
  return { outputFields: { hs_execution_state: 'SUCCESS', ...decisionOutputs(reply.decision) } };
};

const isOpen = (decision: DecisionView): boolean =>
  decision.outcome === 'offered' || decision.outcome === 'waiting';
