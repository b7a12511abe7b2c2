import type { Scheduler } from '../scheduler.ts';
import type { Outcome, Target } from './outgoing.ts';
import type { Portal } from './portal.ts';
import { updateRecord } from './records.ts';
import type { AppRegistration } from './tokens.ts';
import type { ChangeSource, RecordChange } from './types.ts';
import { type ActionSignature, type CustomAction, createWorkflowCalls, outputsOf } from './workflow-call.ts';
import { enrols } from './workflow-enrolment.ts';
import type { Workflow, WorkflowRun, WorkflowStep } from './workflow-types.ts';

export interface WorkflowSettings {
  readonly signature: ActionSignature;
  /** A blocked execution can be completed only this long after its reply was read; before, 404. */
  readonly registerMs: number;
}

/** Source: the custom action guide: a block lasts a week unless said otherwise, 5xx is retried for three days. */
const DEFAULT_BLOCK = 'P1W';
const RETRY_FOR_MS = 3 * 24 * 3_600_000;
const FIRST_BACKOFF_MS = 60_000;
const KEPT_RUNS = 20_000;

interface WorkflowDeps {
  readonly app: AppRegistration;
  readonly target: Target;
  readonly scheduler: Scheduler;
  readonly portals: ReadonlyMap<number, Portal>;
}

type Outputs = Readonly<Record<string, string>>;

const durationMs = (text: string): number => {
  try {
    const relativeTo = Temporal.PlainDate.from('2026-01-01');
    return Temporal.Duration.from(text).total({ unit: 'milliseconds', relativeTo });
  } catch {
    return durationMs(DEFAULT_BLOCK);
  }
};

const automation = (run: WorkflowRun): ChangeSource => ({
  type: 'AUTOMATION_PLATFORM',
  id: String(run.workflowId),
  label: run.workflow,
});

const newStep = (action: string, callbackId: string | null, startedAt: number): WorkflowStep => ({
  action,
  startedAt,
  state: 'running',
  callbackId,
  attempts: [],
  outputs: {},
  expiresAt: null,
  finishedAt: null,
});

/** Enrols records, runs actions in order, calls Fairlead's action and lives with its answers. */
export const createWorkflows = ({ app, target, scheduler, portals }: WorkflowDeps) => {
  let registerMs = 20;
  let nextRun = 1;
  const workflows = new Map<string, Workflow>();
  /** How often each workflow rotated. */
  const turns = new Map<string, number>();
  let runs: WorkflowRun[] = [];
  /** Blocked executions that may be completed now. */
  const callbacks = new Map<string, { readonly run: WorkflowRun; readonly index: number }>();
  const expiries = new Map<string, () => void>();
  const calls = createWorkflowCalls({ app, target, scheduler });

  const actionOf = (run: WorkflowRun, index: number) =>
    workflows.get(`${run.portalId}/${run.workflowId}`)?.actions[index];

  const tell = (run: WorkflowRun) => {
    const { objectType, recordId: id } = run;
    const change = {
      objectType,
      id,
      at: scheduler.now(),
      source: automation(run),
      kind: 'workflow',
    } as const;
    portals.get(run.portalId)?.emit(change);
  };

  const end = (run: WorkflowRun) => {
    run.endedAt = scheduler.now();
    tell(run);
  };

  const finish = (run: WorkflowRun, index: number, state: WorkflowStep['state'], outputs: Outputs) => {
    const step = run.steps[index];
    if (!step) return;
    Object.assign(step, { state, outputs, expiresAt: null, finishedAt: scheduler.now() });
    if (state === 'failed') return end(run);
    tell(run);
    void perform(run, index + 1);
  };

  const block = (run: WorkflowRun, index: number, expiresAt: number) => {
    const step = run.steps[index];
    if (!step?.callbackId) return;
    const { callbackId } = step;
    step.state = 'blocked';
    step.expiresAt = expiresAt;
    const expire = () => {
      callbacks.delete(callbackId);
      finish(run, index, 'expired', {});
    };
    expiries.set(callbackId, scheduler.after(Math.max(0, expiresAt - scheduler.now()), expire));
    scheduler.after(registerMs, () => {
      if (step.state === 'blocked') callbacks.set(callbackId, { run, index });
    });
    tell(run);
  };

  const retryLater = (run: WorkflowRun, index: number, action: CustomAction, delay: number) => {
    const step = run.steps[index];
    if (!step) return;
    if (scheduler.now() + delay - step.startedAt > RETRY_FOR_MS) return finish(run, index, 'failed', {});
    step.state = 'retrying';
    tell(run);
    scheduler.after(delay, () => void call(run, index, action));
  };

  const answered = (run: WorkflowRun, index: number, action: CustomAction, outcome: Outcome) => {
    const backoff = FIRST_BACKOFF_MS * 2 ** Math.min((run.steps[index]?.attempts.length ?? 1) - 1, 10);
    if (!outcome.ok || outcome.status >= 500) return retryLater(run, index, action, backoff);
    // Retry-After of a workflow action is in milliseconds, unlike everywhere else.
    if (outcome.status === 429) {
      return retryLater(run, index, action, Number(outcome.headers['retry-after'] ?? backoff));
    }
    if (outcome.status >= 300) return finish(run, index, 'failed', {});
    const {
      hs_execution_state: state,
      hs_expiration_duration: duration,
      ...outputs
    } = outputsOf(outcome.body);
    if (state === 'BLOCK') return block(run, index, scheduler.now() + durationMs(duration ?? DEFAULT_BLOCK));
    finish(run, index, state === 'FAIL_CONTINUE' ? 'fail_continue' : 'succeeded', outputs);
  };

  const call = async (run: WorkflowRun, index: number, action: CustomAction) => {
    const step = run.steps[index];
    if (!step) return;
    const record = portals.get(run.portalId)?.records[run.objectType].get(run.recordId);
    answered(run, index, action, await calls.attempt(run, step, action, record));
  };

  const nextOwner = (run: WorkflowRun, owners: readonly string[]): string => {
    const key = `${run.portalId}/${run.workflowId}`;
    const turn = turns.get(key) ?? 0;
    turns.set(key, turn + 1);
    return owners[turn % owners.length] ?? '';
  };

  const perform = async (run: WorkflowRun, index: number): Promise<void> => {
    const action = actionOf(run, index);
    const portal = portals.get(run.portalId);
    const record = portal?.records[run.objectType].get(run.recordId);
    if (!action || !portal || record?.archivedAt !== null) return end(run);
    const callback = action.kind === 'custom_action';
    const callbackId = callback ? `ap-${run.portalId}-${run.id}-${run.recordId}-${index}-0` : null;
    run.steps[index] = newStep(action.name, callbackId, scheduler.now());
    tell(run);
    if (action.kind === 'custom_action') return call(run, index, action);
    if (action.kind === 'delay') {
      scheduler.after(action.ms, () => finish(run, index, 'succeeded', {}));
      return;
    }
    const set =
      action.kind === 'rotate_owner'
        ? { hubspot_owner_id: nextOwner(run, action.owners) }
        : { [action.property]: action.value };
    updateRecord(portal, run.objectType, record, set, automation(run));
    finish(run, index, 'succeeded', {});
  };

  const start = (
    portalId: number,
    workflow: Workflow,
    recordId: string,
    inputFields: Outputs,
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
    // Not before the caller has joined the new record to its company.
    queueMicrotask(() => void perform(run, 0));
    return run;
  };

  const ofAccount = (portalId: number): readonly Workflow[] =>
    [...workflows].filter(([key]) => key.startsWith(`${portalId}/`)).map(([, workflow]) => workflow);

  return {
    changed: (portalId: number, change: RecordChange): void => {
      if (change.kind !== 'created' && change.kind !== 'property') return;
      const record = portals.get(portalId)?.records[change.objectType].get(change.id);
      if (!record) return;
      for (const workflow of ofAccount(portalId)) {
        if (enrols(workflow, change, record)) start(portalId, workflow, record.id, {});
      }
    },
    /** Replaces the workflows of an account. */
    define: (portalId: number, wanted: readonly Workflow[]): void => {
      for (const workflow of ofAccount(portalId)) workflows.delete(`${portalId}/${workflow.id}`);
      for (const workflow of wanted) workflows.set(`${portalId}/${workflow.id}`, workflow);
    },
    defined: ofAccount,
    /** Enrols one record by hand; `inputFields` stand in for the action's own. */
    enrol: (
      portalId: number,
      workflowId: number,
      recordId: string,
      inputFields: Outputs = {},
    ): WorkflowRun | null => {
      const workflow = workflows.get(`${portalId}/${workflowId}`);
      return workflow ? start(portalId, workflow, recordId, inputFields) : null;
    },
    /** Completes a blocked execution; false while (or once) it is unknown. */
    complete: (portalId: number, callbackId: string, outputs: Outputs): boolean => {
      const found = callbacks.get(callbackId);
      if (!found || found.run.portalId !== portalId) return false;
      callbacks.delete(callbackId);
      expiries.get(callbackId)?.();
      expiries.delete(callbackId);
      const { hs_execution_state: state, ...rest } = outputs;
      finish(found.run, found.index, state === 'FAIL_CONTINUE' ? 'fail_continue' : 'succeeded', rest);
      return true;
    },
    isBlocked: (portalId: number, callbackId: string): boolean =>
      callbacks.get(callbackId)?.run.portalId === portalId,
    options: calls.options,
    set: (change: Partial<WorkflowSettings>): void => {
      if (change.signature !== undefined) calls.setSignature(change.signature);
      registerMs = change.registerMs ?? registerMs;
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
        const action = actionOf(run, index);
        if (step?.state === 'blocked') block(run, index, step.expiresAt ?? scheduler.now());
        else if (step && action?.kind === 'custom_action') retryLater(run, index, action, FIRST_BACKOFF_MS);
      }
    },
    close: calls.close,
  };
};

export type Workflows = ReturnType<typeof createWorkflows>;
