import { signV3 } from './hubspot-signature.ts';
import { HUBSPOT_SECRET, PORTAL } from './world.ts';

const PATH = '/hubspot/actions/assign-lead';

export interface ActionAnswer {
  readonly status: number;
  readonly outputs: Readonly<Record<string, string>>;
  readonly text: string;
}

/** The body HubSpot posts when a workflow reaches our action. */
export const actionBody = (
  callbackId: string,
  contactId: string,
  properties: Record<string, string | null> = {},
  wait = 'no',
): string =>
  JSON.stringify({
    callbackId,
    origin: { portalId: PORTAL, actionDefinitionId: 1, actionDefinitionVersion: 1 },
    context: { source: 'WORKFLOWS', workflowId: 1 },
    object: { objectId: Number(contactId), objectType: 'CONTACT', properties },
    inputFields: { wait },
  });

/** Calls the workflow action, signed as HubSpot signs. Rejects when the service cannot be reached. */
export async function callAction(serviceUrl: string, body: string): Promise<ActionAnswer> {
  const url = serviceUrl + PATH;
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...signV3(HUBSPOT_SECRET, 'POST', url, body, Date.now()) },
    body,
    signal: AbortSignal.timeout(30_000),
  });
  const text = await answer.text();
  const parsed = answer.ok
    ? (JSON.parse(text) as { outputFields: Record<string, string> })
    : { outputFields: {} };
  return { status: answer.status, outputs: parsed.outputFields, text };
}
