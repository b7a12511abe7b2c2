import { decisionOutputs } from '../../assignments/decision-outputs.ts';
import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { Written } from '../bisect.ts';
import type { Callback } from '../delivery/create-crm-sender.ts';
import { sendBisecting } from './bisect.ts';
import type { CallHubspot } from './client.ts';
import { CALLBACK_UNKNOWN_MS, PATHS } from './facts.ts';

/** How soon a callback that HubSpot does not know yet is tried again. Milliseconds. */
const AGAIN_MS = 10_000;

/** Lets workflows go on with their decisions. One outcome for each, in order. */
export const completeCallbacks = async (
  callbacks: readonly Callback[],
  {
    call,
    connection,
    until,
  }: { readonly call: CallHubspot; readonly connection: ConnectionInfo; readonly until: number },
): Promise<readonly Written[]> => {
  const outcomes = await sendBisecting(callbacks, {
    send: (inputs) =>
      call(connection, {
        method: 'POST',
        path: PATHS.completeCallbacks,
        body: { inputs: inputs.map(toInput) },
        purpose: 'delivery',
        until,
      }),
    read: (inputs) => inputs.map(() => ({ kind: 'written' })),
  });
  return outcomes.map((outcome, index) =>
    isUnknown(outcome) ? whenUnknown(callbacks[index]?.age ?? 0) : outcome,
  );
};

const toInput = ({ callbackId, decision }: Callback) => ({
  callbackId,
  outputFields: { hs_execution_state: 'SUCCESS', ...decisionOutputs(decision) },
  typedOutputs: {},
});

const isUnknown = (outcome: Written): boolean => outcome.kind === 'refused' && outcome.code === 'record_gone';

/** Our reply that blocks the workflow may not have been stored yet when the completion arrives. */
const whenUnknown = (age: number): Written =>
  age < CALLBACK_UNKNOWN_MS
    ? { kind: 'retry', code: 'callback_unknown', afterMs: AGAIN_MS }
    : {
        kind: 'refused',
        code: 'callback_unknown',
        remedy:
          'HubSpot no longer holds the workflow: it ran out of patience or was completed. The owner on the record stands; nothing needs to be done.',
      };
