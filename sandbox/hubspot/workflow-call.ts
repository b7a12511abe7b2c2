import type { Scheduler } from '../scheduler.ts';
import { OBJECT_TYPES } from './object-types.ts';
import { createOutgoing, type Outcome, type Target } from './outgoing.ts';
import { signV2, signV3 } from './signatures.ts';
import type { AppRegistration } from './tokens.ts';
import type { StoredRecord } from './types.ts';
import type { WorkflowAction, WorkflowRun, WorkflowStep } from './workflow-types.ts';

/** Which signature headers come along with an action: the guide says v2, apps also see v3. */
export type ActionSignature = 'v2' | 'v3' | 'both';

/** Source: workflow webhook page: 3 s to connect, 30 s to answer. */
const CONNECT_MS = 3000;
const RESPONSE_MS = 30_000;

export type CustomAction = Extract<WorkflowAction, { kind: 'custom_action' }>;

const requestBody = (
  run: WorkflowRun,
  step: WorkflowStep,
  action: CustomAction,
  record: StoredRecord | undefined,
) => ({
  callbackId: step.callbackId,
  origin: {
    portalId: run.portalId,
    actionDefinitionId: action.definitionId,
    actionDefinitionVersion: action.version,
    extensionDefinitionId: action.definitionId,
    extensionDefinitionVersionId: action.version,
  },
  context: { source: 'WORKFLOWS', workflowId: run.workflowId },
  object: {
    objectId: Number(run.recordId),
    objectType: OBJECT_TYPES[run.objectType].singular.toUpperCase(),
    properties: Object.fromEntries(action.properties.map((name) => [name, record?.properties[name] ?? null])),
  },
  inputFields: { ...action.inputFields, ...run.inputFields },
});

/** Output fields as texts; a reply without readable ones has none. */
export const outputsOf = (body: string): Readonly<Record<string, string>> => {
  try {
    const parsed = JSON.parse(body) as { outputFields?: Record<string, unknown> };
    return Object.fromEntries(
      Object.entries(parsed.outputFields ?? {}).map(([name, value]) => [name, String(value)]),
    );
  } catch {
    return {};
  }
};

interface CallDeps {
  readonly app: AppRegistration;
  readonly target: Target;
  readonly scheduler: Scheduler;
}

/** Calls an app's action and its option lists, signed. */
export const createWorkflowCalls = ({ app, target, scheduler }: CallDeps) => {
  let signature: ActionSignature = 'both';
  const outgoing = createOutgoing({ connectMs: CONNECT_MS, responseMs: RESPONSE_MS });

  const headers = (path: string, body: string): Record<string, string> => {
    const uri = `${target.publicUrl}${path}`;
    const timestamp = String(scheduler.now());
    const v2 = {
      'x-hubspot-signature': signV2(app.clientSecret, 'POST', uri, body),
      'x-hubspot-signature-version': 'v2',
    };
    const v3 = {
      'x-hubspot-signature-v3': signV3(app.clientSecret, 'POST', uri, body, timestamp),
      'x-hubspot-request-timestamp': timestamp,
    };
    return signature === 'v2' ? v2 : signature === 'v3' ? v3 : { ...v2, ...v3 };
  };

  const post = (path: string, body: string): Promise<Outcome> =>
    outgoing.post(`${target.url}${path}`, body, headers(path, body));

  return {
    /** One attempt; it is noted on the step. */
    attempt: async (
      run: WorkflowRun,
      step: WorkflowStep,
      action: CustomAction,
      record: StoredRecord | undefined,
    ): Promise<Outcome> => {
      const at = scheduler.now();
      const outcome = await post(action.path, JSON.stringify(requestBody(run, step, action, record)));
      const [status, error] = outcome.ok ? [outcome.status, null] : [null, outcome.why];
      step.attempts.push({ at, status, error, ms: scheduler.now() - at });
      return outcome;
    },
    /** What the action's editor does: asks optionsUrl for a field's choices. */
    options: (
      portalId: number,
      path: string,
      question: Readonly<Record<string, unknown>>,
    ): Promise<Outcome> => {
      const origin = { portalId, actionDefinitionId: 0, actionDefinitionVersion: 0 };
      return post(path, JSON.stringify({ origin, ...question }));
    },
    setSignature: (wanted: ActionSignature): void => {
      signature = wanted;
    },
    close: (): Promise<void> => outgoing.close(),
  };
};
