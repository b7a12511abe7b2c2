import type { Scheduler } from '../scheduler.ts';
import { OBJECT_TYPES } from './object-types.ts';
import { createOutgoing, type Outcome, type Target } from './outgoing.ts';
import type { Portal } from './portal.ts';
import { updateRecord } from './records.ts';
import { signV2, signV3 } from './signatures.ts';
import type { AppRegistration } from './tokens.ts';
import type { RecordChange, StoredRecord } from './types.ts';
import type {
  Workflow,
  WorkflowAction,
  WorkflowFilter,
  WorkflowRun,
  WorkflowStep,
} from './workflow-types.ts';

/** Settings of the engine. `signature`: which headers come along; the guide says v2, apps also see v3. */
export interface WorkflowSettings {
  readonly signature: 'v2' | 'v3' | 'both';
  /** A blocked execution can be completed only this long after its reply was read; before, 404. */
  readonly registerMs: number;
}

/** Source: workflow webhook page (3 s to connect, 30 s to answer) and the custom action guide (a week, 3 days). */
const CONNECT_MS = 3000;
const RESPONSE_MS = 30_000;
const DEFAULT_BLOCK = 'P1W';
const RETRY_FOR_MS = 3 * 24 * 3_600_000;
const FIRST_BACKOFF_MS = 60_000;
const KEPT_RUNS = 20_000;

type CustomAction = Extract<WorkflowAction, { kind: 'custom_action' }>;

interface WorkflowDeps {
  readonly app: AppRegistration;
  readonly target: Target;
  readonly scheduler: Scheduler;
  readonly portals: ReadonlyMap<number, Portal>;
}

const matches = (record: StoredRecord, { property, op, value }: WorkflowFilter): boolean => {
  const held = record.properties[property] ?? '';
  switch (op) {
    case 'eq':
      return held === value;
    case 'neq':
      return held !== value;
    case 'in':
      return Array.isArray(value) && value.includes(held);
    case 'known':
      return held !== '';
    case 'unknown':
      return held === '';
    default: {
      const never: never = op;
      return never;
    }
  }
};

const durationMs = (text: string): number => {
  try {
    return Temporal.Duration.from(text).total({
      unit: 'milliseconds',
      relativeTo: Temporal.PlainDate.from('2026-01-01'),
    });
  } catch {
    return durationMs(DEFAULT_BLOCK);
  }
};

/** Output fields as texts; anything unreadable is no output. */
const outputsOf = (body: string): Readonly<Record<string, string>> => {
  try {
    const parsed = JSON.parse(body) as { outputFields?: Record<string, unknown> };
    return Object.fromEntries(
      Object.entries(parsed.outputFields ?? {}).map(([name, value]) => [name, String(value)]),
    );
  } catch {
    return {};
  }
};

/** Enrols records, runs actions in order, calls Fairlead's action and lives with its answers. */
export const createWorkflows = ({ app, target, scheduler, portals }: WorkflowDeps) => {
  let settings: WorkflowSettings = { signature: 'both', registerMs: 20 };
  let nextRun = 1;
  const workflows = new Map<string, Workflow>();
  let runs: WorkflowRun[] = [];
  /** Blocked executions that may be completed now. */
  const callbacks = new Map<
    string,
    { readonly run: WorkflowRun; readonly index: number; readonly calledOff: () => void }
  >();
  const outgoing = createOutgoing({ connectMs: CONNECT_MS, responseMs: RESPONSE_MS });

  const shown = (run: WorkflowRun) => {
    const source = { type: 'AUTOMATION_PLATFORM', id: String(run.workflowId), label: run.workflow } as const;
    portals
      .get(run.portalId)
      ?.emit({ objectType: run.objectType, id: run.recordId, at: scheduler.now(), source, kind: 'workflow' });
  };

  const finish = (
    run: WorkflowRun,
    index: number,
    state: WorkflowStep['state'],
    outputs: WorkflowStep['outputs'],
  ) => {
    const step = run.steps[index];
    if (!step) return;
    step.state = state;
    step.outputs = outputs;
    step.expiresAt = null;
    step.finishedAt = scheduler.now();
    if (state === 'failed') run.endedAt = scheduler.now();
    shown(run);
    if (state !== 'failed') void perform(run, index + 1);
  };

  const block = (run: WorkflowRun, index: number, expiresAt: number) => {
    const step = run.steps[index];
    if (!step?.callbackId) return;
    step.state = 'blocked';
    step.expiresAt = expiresAt;
    const { callbackId } = step;
    const calledOff = scheduler.after(Math.max(0, expiresAt - scheduler.now()), () => {
      callbacks.delete(callbackId);
      finish(run, index, 'expired', {});
    });
    scheduler.after(settings.registerMs, () => {
      if (step.state === 'blocked') callbacks.set(callbackId, { run, index, calledOff });
    });
    shown(run);
  };

  const retryLater = (run: WorkflowRun, index: number, action: CustomAction, delay: number) => {
    const step = run.steps[index];
    if (!step) return;
    if (scheduler.now() + delay - step.startedAt > RETRY_FOR_MS) return finish(run, index, 'failed', {});
    step.state = 'retrying';
    scheduler.after(delay, () => void call(run, index, action));
  };

  const answered = (run: WorkflowRun, index: number, action: CustomAction, outcome: Outcome) => {
    const step = run.steps[index];
    if (!step) return;
    const backoff = FIRST_BACKOFF_MS * 2 ** Math.min(step.attempts.length - 1, 10);
    if (!outcome.ok || outcome.status >= 500) return retryLater(run, index, action, backoff);
    // Retry-After of a workflow action is in milliseconds, unlike everywhere else.
    if (outcome.status === 429)
      return retryLater(run, index, action, Number(outcome.headers['retry-after'] ?? backoff));
    if (outcome.status >= 400) return finish(run, index, 'failed', {});
    const {
      hs_execution_state: state,
      hs_expiration_duration: duration,
      ...outputs
    } = outputsOf(outcome.body);
    if (state === 'BLOCK') return block(run, index, scheduler.now() + durationMs(duration ?? DEFAULT_BLOCK));
    finish(run, index, state === 'FAIL_CONTINUE' ? 'fail_continue' : 'succeeded', outputs);
  };

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
      properties: Object.fromEntries(
        action.properties.map((name) => [name, record?.properties[name] ?? null]),
      ),
    },
    inputFields: { ...action.inputFields, ...run.inputFields },
  });

  const signatureHeaders = (path: string, body: string): Record<string, string> => {
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
    return settings.signature === 'v2' ? v2 : settings.signature === 'v3' ? v3 : { ...v2, ...v3 };
  };

  const call = async (run: WorkflowRun, index: number, action: CustomAction) => {
    const step = run.steps[index];
    if (!step) return;
    const startedAt = scheduler.now();
    const record = portals.get(run.portalId)?.records[run.objectType].get(run.recordId);
    const body = JSON.stringify(requestBody(run, step, action, record));
    const outcome = await outgoing.post(
      `${target.url}${action.path}`,
      body,
      signatureHeaders(action.path, body),
    );
    step.attempts.push({
      at: startedAt,
      status: outcome.ok ? outcome.status : null,
      error: outcome.ok ? null : outcome.why,
      ms: scheduler.now() - startedAt,
    });
    answered(run, index, action, outcome);
  };

  const perform = async (run: WorkflowRun, index: number): Promise<void> => {
    const action = workflows.get(`${run.portalId}/${run.workflowId}`)?.actions[index];
    const portal = portals.get(run.portalId);
    const record = portal?.records[run.objectType].get(run.recordId);
    if (!action || !portal || !record || record.archivedAt !== null) {
      run.endedAt = scheduler.now();
      return shown(run);
    }
    const callbackId =
      action.kind === 'custom_action' ? `ap-${run.portalId}-${run.id}-${run.recordId}-${index}-0` : null;
    run.steps[index] = {
      action: action.name,
      startedAt: scheduler.now(),
      state: 'running',
      callbackId,
      attempts: [],
      outputs: {},
      expiresAt: null,
      finishedAt: null,
    };
    shown(run);
    if (action.kind === 'custom_action') return call(run, index, action);
    if (action.kind === 'delay') {
      scheduler.after(action.ms, () => finish(run, index, 'succeeded', {}));
      return;
    }
    updateRecord(
      portal,
      run.objectType,
      record,
      { [action.property]: action.value },
      {
        type: 'AUTOMATION_PLATFORM',
        id: String(run.workflowId),
        label: run.workflow,
      },
    );
    finish(run, index, 'succeeded', {});
  };

  const start = (
    portalId: number,
    workflow: Workflow,
    recordId: string,
    inputFields: Readonly<Record<string, string>>,
  ): WorkflowRun => {
    const run: WorkflowRun = {
      id: nextRun++,
      portalId,
      workflowId: workflow.id,
      workflow: workflow.name,
      objectType: workflow.objectType,
      recordId,
      startedAt: scheduler.now(),
      inputFields,
      steps: [],
      endedAt: null,
    };
    runs.push(run);
    if (runs.length > KEPT_RUNS) runs = runs.slice(-KEPT_RUNS / 2);
    // The change that enrolled the record is still being told to others.
    queueMicrotask(() => void perform(run, 0));
    return run;
  };

  const enrols = (workflow: Workflow, change: RecordChange): boolean => {
    if (!workflow.active || workflow.objectType !== change.objectType) return false;
    if (workflow.enrolOn === 'created') return change.kind === 'created';
    return change.kind === 'property' && change.name === workflow.enrolOn.property;
  };

  return {
    changed: (portalId: number, change: RecordChange): void => {
      if (change.kind !== 'created' && change.kind !== 'property') return;
      const record = portals.get(portalId)?.records[change.objectType].get(change.id);
      if (!record) return;
      for (const [key, workflow] of workflows) {
        if (!key.startsWith(`${portalId}/`) || !enrols(workflow, change)) continue;
        if (!workflow.where.every((filter) => matches(record, filter))) continue;
        start(portalId, workflow, record.id, {});
      }
    },
    /** Replaces the workflows of an account. */
    define: (portalId: number, wanted: readonly Workflow[]): void => {
      for (const key of workflows.keys()) if (key.startsWith(`${portalId}/`)) workflows.delete(key);
      for (const workflow of wanted) workflows.set(`${portalId}/${workflow.id}`, workflow);
    },
    defined: (portalId: number): readonly Workflow[] =>
      [...workflows].filter(([key]) => key.startsWith(`${portalId}/`)).map(([, workflow]) => workflow),
    /** Enrols one record by hand; `inputFields` stand in for the action's own. */
    enrol: (
      portalId: number,
      workflowId: number,
      recordId: string,
      inputFields: Readonly<Record<string, string>> = {},
    ): WorkflowRun | null => {
      const workflow = workflows.get(`${portalId}/${workflowId}`);
      return workflow ? start(portalId, workflow, recordId, inputFields) : null;
    },
    /** Completes a blocked execution; false while (or once) it is unknown. */
    complete: (portalId: number, callbackId: string, outputs: Readonly<Record<string, string>>): boolean => {
      const found = callbacks.get(callbackId);
      if (!found || found.run.portalId !== portalId) return false;
      callbacks.delete(callbackId);
      found.calledOff();
      const { hs_execution_state: state, ...rest } = outputs;
      finish(found.run, found.index, state === 'FAIL_CONTINUE' ? 'fail_continue' : 'succeeded', rest);
      return true;
    },
    isBlocked: (portalId: number, callbackId: string): boolean =>
      callbacks.get(callbackId)?.run.portalId === portalId,
    /** What the action's editor does: asks optionsUrl for a field's choices. */
    options: async (
      portalId: number,
      path: string,
      body: Readonly<Record<string, unknown>>,
    ): Promise<Outcome> => {
      const text = JSON.stringify({
        origin: { portalId, actionDefinitionId: 0, actionDefinitionVersion: 0 },
        ...body,
      });
      return outgoing.post(`${target.url}${path}`, text, signatureHeaders(path, text));
    },
    set: (change: Partial<WorkflowSettings>): void => {
      settings = { ...settings, ...change };
    },
    history: (portalId: number, recordId: string): readonly WorkflowRun[] =>
      runs.filter((run) => run.portalId === portalId && run.recordId === recordId),
    runs: (): readonly WorkflowRun[] => runs,
    /** Takes up saved runs: the blocked ones wait on, the ones under way are called again. */
    restore: (saved: readonly WorkflowRun[]): void => {
      runs = [...saved];
      nextRun = Math.max(0, ...saved.map((run) => run.id)) + 1;
      for (const run of runs.filter(({ endedAt }) => endedAt === null)) {
        const index = run.steps.length - 1;
        const step = run.steps[index];
        const action = workflows.get(`${run.portalId}/${run.workflowId}`)?.actions[index];
        if (step?.state === 'blocked') block(run, index, step.expiresAt ?? scheduler.now());
        else if (step && action?.kind === 'custom_action') retryLater(run, index, action, FIRST_BACKOFF_MS);
      }
    },
    close: (): Promise<void> => outgoing.close(),
  };
};

export type Workflows = ReturnType<typeof createWorkflows>;
