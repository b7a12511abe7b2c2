import type { RequestHandler } from 'express';
import { isGone } from '../../assignments/account-status.ts';
import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { DecideLead, DecideReply } from '../../assignments/use-cases.ts';
import type { HttpParts } from '../ports.ts';
import { sendJson } from '../send-json.ts';
import { type ActionReply, failed, late, toActionReply } from './action-reply.ts';
import { type ActionRequest, actionRequest } from './action-request.ts';
import { parseSigned } from './parse-signed.ts';
import { verifiedBody } from './verified-body.ts';

/** HubSpot gives up on an action that is slow to answer; we answer well before, whatever the decision takes. */
const ANSWER_WITHIN_MS = 4_000;

/**
 * The workflow action: decides the record's lead. HubSpot's guide signs actions with v2; newer apps send v3 beside it.
 * A failure HubSpot could not cure by asking again is answered with FAIL_CONTINUE, never with a 4xx or 5xx.
 */
export const assignLead =
  (parts: HttpParts): RequestHandler =>
  async (request, response) => {
    const action = parseSigned(actionRequest, await verifiedBody(request, parts, ['v3', 'v2']));
    sendJson(response, await reply(action, parts));
  };

const reply = async (action: ActionRequest, parts: HttpParts): Promise<ActionReply> => {
  const connection = await parts.connections.find('hubspot', action.origin.portalId);
  // One secret signs for every portal: an unknown one learns nothing but that it is unknown.
  if (!connection)
    return failed('unknown_portal', 'Connect this HubSpot account to Fairlead, then enrol the record again.');
  if (isGone(connection))
    return failed('disconnected', 'Reconnect this HubSpot account to Fairlead, then enrol the record again.');
  const wait = action.inputFields.wait === 'yes';
  const decided = decide(action, connection, parts);
  const inTime = await withDeadline(decided, parts);
  if (inTime) return toActionReply(inTime, wait);
  if (wait) letGoLater(decided, action, connection, parts);
  return late(wait);
};

/** Nobody waits for the decision any more: what becomes of it is told by callback, what fails by the log. */
const letGoLater = (
  decided: Promise<DecideReply>,
  { callbackId }: ActionRequest,
  { id, tenantId }: ConnectionInfo,
  parts: HttpParts,
): void => {
  const letGo = async () => {
    const reply = await decided;
    if (!reply.ok) return;
    const callback = { connectionId: id, callbackId };
    await parts.useCases.completeCallback({ tenantId, assignmentId: reply.decision.assignment, callback });
  };
  letGo().catch((error: unknown) => parts.log.error({ err: error }, 'a held workflow could not be let go'));
};

const decide = async (
  action: ActionRequest,
  connection: ConnectionInfo,
  parts: HttpParts,
): Promise<DecideReply> => {
  const snapshot = await parts.hubspot.snapshot(connection, action.object);
  const { callbackId } = action;
  const command: DecideLead = {
    tenantId: connection.tenantId,
    source: 'hubspot_action',
    request: { endpoint: `hubspot/actions/assign-lead/${connection.id}`, key: callbackId },
    record: {
      connectionId: connection.id,
      objectType: action.object.objectType,
      recordId: action.object.objectId,
    },
    ...(snapshot && { snapshot }),
    ...(action.inputFields.wait === 'yes' && { callback: { connectionId: connection.id, callbackId } }),
  };
  return parts.useCases.decideLead(command);
};

/** The reply, or null once HubSpot should not be kept waiting. The decision goes on and is stored all the same. */
const withDeadline = async (decided: Promise<DecideReply>, parts: HttpParts): Promise<DecideReply | null> => {
  const late = Promise.withResolvers<null>();
  const timer = setTimeout(() => late.resolve(null), ANSWER_WITHIN_MS);
  try {
    return await Promise.race([decided, late.promise]);
  } finally {
    clearTimeout(timer);
    // After the deadline nobody waits for the promise: a failure is told to the log instead.
    decided.catch((error: unknown) => parts.log.error({ err: error }, 'a decision failed after its reply'));
  }
};
