import { z } from 'zod';
import type { CalloutOutcome, Callouts } from '../salesforce/flow/callout.ts';
import { credentialHeaders } from '../salesforce/flow/credential-headers.ts';
import { toId18 } from '../salesforce/ids.ts';
import { leadDecisions } from '../salesforce/lead-facts.ts';
import type { Org } from '../salesforce/org.ts';
import type { Row } from '../salesforce/types.ts';

/** What `FairleadCardController` answers the component. */
export interface ControllerAnswer {
  readonly body?: string;
  readonly problem?: string;
  readonly detail?: string;
  readonly stored?: Readonly<Record<string, unknown>> | null;
}

const id = z.string().refine((text) => toId18(text) !== null, 'must be a Salesforce id');
const press = { recordId: id, requestId: z.string().min(1) };
const note = z.string().nullish();

/** The controller's methods, with their parameters. */
const METHODS = {
  getCard: z.object({ recordId: id }),
  claim: z.object(press),
  decline: z.object({ ...press, reason: z.string(), note }),
  reassign: z.object({ ...press, rep: z.string(), note }),
} as const;

const isMethod = (name: string): name is keyof typeof METHODS => Object.hasOwn(METHODS, name);

const TIMEOUT_MS = 15_000;

const filled = (values: object): object =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null));

/** The last decision the org holds: what the card shows while Fairlead is down. */
const storedReason = (org: Org, recordId: string): Readonly<Record<string, unknown>> | null => {
  const [row] = leadDecisions(org, recordId);
  if (!row) return null;
  return {
    reason: row.Reason__c,
    outcome: row.Outcome__c,
    assignedName: row.Assigned_Name__c,
    rule: row.Rule_Name__c,
    decidedAt: row.Decided_At__c,
  };
};

const problemIn = (body: string): { readonly code: string; readonly detail: string } => {
  const shape = z.object({ code: z.string(), detail: z.string() });
  try {
    return shape.parse(JSON.parse(body));
  } catch {
    return { code: 'refused', detail: 'Fairlead refused the request.' };
  }
};

/** The answer to a reply, as `FairleadException` sorts what went wrong. */
const answerOf = (outcome: CalloutOutcome): ControllerAnswer => {
  if (!outcome.ok) return { problem: 'unavailable', detail: `Fairlead cannot be reached: ${outcome.why}` };
  const { status, body } = outcome;
  if (status === 200) return { body };
  const { code, detail } = problemIn(body);
  if (status === 401 || status === 403) return { problem: 'not_connected', detail };
  return { problem: status === 429 || status >= 500 ? 'unavailable' : code, detail };
};

/** Stands in for the package's `FairleadCardController`: a callout through the named credential, as the running user. */
export const createApexController =
  (callouts: Callouts, target: { readonly url: string }) =>
  async (org: Org, user: Row, method: string, params: unknown): Promise<ControllerAnswer | null> => {
    if (!isMethod(method)) return null;
    const parsed = METHODS[method].safeParse(params);
    if (!parsed.success) return { problem: 'refused', detail: z.prettifyError(parsed.error) };
    const { recordId, requestId, ...values } = parsed.data as { recordId: string; requestId?: string };
    const address = `${target.url}/salesforce/assignments/${toId18(recordId)}`;
    const headers = credentialHeaders(org, user, requestId ?? null);
    const outcome =
      method === 'getCard'
        ? await callouts.send('GET', address, null, headers, TIMEOUT_MS)
        : await callouts.send(
            'POST',
            `${address}/${method}`,
            JSON.stringify(filled(values)),
            headers,
            TIMEOUT_MS,
          );
    const answer = answerOf(outcome);
    return answer.body === undefined
      ? { ...answer, stored: storedReason(org, toId18(recordId) ?? recordId) }
      : answer;
  };
