import { randomUUID } from 'node:crypto';
import type { Scheduler } from '../../scheduler.ts';
import { refused } from '../errors.ts';
import { toId18 } from '../ids.ts';
import { type Org, tableOf } from '../org.ts';
import { actorOf } from '../people-writes.ts';
import type { WriteContext } from '../rows/write-context.ts';
import type { Row, RowChange } from '../types.ts';
import { type AppliedRow, applyDecisions } from './apply-decisions.ts';
import { createCallouts } from './callout.ts';
import { credentialHeaders } from './credential-headers.ts';
import { readDecisions } from './decisions-reply.ts';

/** How the org's Flow calls. */
export interface FlowSettings {
  /** Further tries with the same request id; Apex makes none by itself. */
  readonly retries: number;
  /** Lead fields sent along, so that Fairlead need not read them. */
  readonly sendFields: readonly string[];
  readonly timeoutMs: number;
  /** How long a Queueable waits before it runs. */
  readonly queueMs: number;
  /** The package's setting Log Only: decisions are kept, and no owner is written. */
  readonly logOnly: boolean;
}

export const FLOW_DEFAULTS: FlowSettings = {
  retries: 0,
  sendFields: [],
  timeoutMs: 20_000,
  queueMs: 250,
  logOnly: false,
};

/** One invocation: what was asked, what came back, what was written. */
export interface FlowRun {
  readonly id: string;
  readonly domain: string;
  readonly at: number;
  readonly startedBy: 'flow' | 'trigger';
  readonly requestId: string;
  readonly leadIds: readonly string[];
  readonly attempts: { readonly status: number | null; readonly error: string | null; readonly ms: number }[];
  /** null: all went well so far as calling goes; each row has its own error. */
  error: string | null;
  rows: readonly AppliedRow[];
  done: boolean;
}

export interface FlowAsk {
  readonly domain?: string;
  readonly ids: readonly string[];
  /** The running user's e-mail; unset: the integration user, as in an asynchronous path. */
  readonly by?: string;
  readonly requestId?: string;
  readonly startedBy?: FlowRun['startedBy'];
}

interface FlowDeps {
  readonly orgNamed: (domain?: string) => Org;
  readonly target: { readonly url: string };
  readonly scheduler: Scheduler;
  readonly rowFault: WriteContext['rowFault'];
}

const MOST_RECORDS = 200;
const KEPT_RUNS = 2000;

/** The package's invocable Apex, its trigger's Queueable, and a memory of what they did. */
export const createFlow = ({ orgNamed, target, scheduler, rowFault }: FlowDeps) => {
  let settings = FLOW_DEFAULTS;
  const callouts = createCallouts();
  const runs: FlowRun[] = [];
  const waiting = new Set<() => void>();
  let open = 0;

  const recordOf = (org: Org, id: string) => {
    const lead = tableOf(org, 'Lead').get(id);
    const values = settings.sendFields.flatMap((name) => {
      const value = lead?.[name] ?? null;
      return value === null ? [] : [[`Lead.${name}`, value] as const];
    });
    return {
      id,
      objectType: 'Lead',
      ...(settings.sendFields.length > 0 ? { fields: Object.fromEntries(values) } : {}),
    };
  };

  /** Calls until there is an answer that says something, or no try is left. */
  const callOut = async (org: Org, run: FlowRun, user: Row | undefined): Promise<string | null> => {
    const body = JSON.stringify({
      records: run.leadIds.map((id) => recordOf(org, id)),
      logOnly: settings.logOnly,
    });
    for (let turn = 0; turn <= settings.retries; turn++) {
      const startedAt = performance.now();
      const outcome = await callouts.send(
        'POST',
        `${target.url}/salesforce/decisions`,
        body,
        credentialHeaders(org, user, run.requestId),
        settings.timeoutMs,
      );
      const [status, error] = outcome.ok ? [outcome.status, null] : [null, outcome.why];
      run.attempts.push({ status, error, ms: Math.round(performance.now() - startedAt) });
      if (outcome.ok && outcome.status === 200) return outcome.body;
      run.error = outcome.ok ? `HTTP ${outcome.status}: ${outcome.body.slice(0, 300)}` : outcome.why;
      if (outcome.ok && outcome.status < 500 && outcome.status !== 429) break;
    }
    return null;
  };

  const settle = (): void => {
    open--;
    if (open > 0) return;
    for (const wake of waiting) wake();
    waiting.clear();
  };

  const ask = async ({ domain, ids, by, requestId, startedBy }: FlowAsk): Promise<FlowRun> => {
    const org = orgNamed(domain);
    if (ids.length === 0 || ids.length > MOST_RECORDS)
      throw refused('INVALID_INPUT', `a Flow hands over 1 to ${MOST_RECORDS} records, not ${ids.length}`);
    const actor = actorOf(org, by, 'apex');
    const run: FlowRun = {
      id: randomUUID(),
      domain: org.domain,
      at: scheduler.now(),
      startedBy: startedBy ?? 'flow',
      requestId: requestId ?? randomUUID(),
      leadIds: ids.map((id) => toId18(id) ?? id),
      attempts: [],
      error: null,
      rows: [],
      done: false,
    };
    runs.push(run);
    if (runs.length > 2 * KEPT_RUNS) runs.splice(0, runs.length - KEPT_RUNS);
    open++;
    try {
      const text = await callOut(org, run, tableOf(org, 'User').get(actor.userId));
      if (text === null) return run;
      const read = readDecisions(text, run.leadIds);
      run.error = 'problem' in read ? read.problem : null;
      if ('decisions' in read)
        run.rows = applyDecisions(org, actor, read.decisions, { rowFault, logOnly: settings.logOnly });
      return run;
    } finally {
      run.done = true;
      settle();
    }
  };

  /** A Queueable for up to 200 leads. */
  const enqueue = (org: Org, ids: readonly string[]): void => {
    open++;
    scheduler.after(settings.queueMs, () => {
      void ask({ domain: org.domain, ids, startedBy: 'trigger' }).catch(console.error).finally(settle);
    });
  };

  return {
    /** Asks Fairlead about these leads and writes what it answers. Rejects only for a wrong call. */
    ask,
    /** The package's trigger: leads that are new in a committed transaction. */
    changed: (org: Org, changes: readonly RowChange[]): void => {
      if (!org.automation.trigger || !org.packageInstalled) return;
      const ids = changes
        .filter((change) => change.objectType === 'Lead' && change.kind === 'created')
        .map((change) => change.id);
      for (let start = 0; start < ids.length; start += MOST_RECORDS)
        enqueue(org, ids.slice(start, start + MOST_RECORDS));
    },
    set: (change: Partial<FlowSettings>): void => {
      settings = { ...settings, ...change };
    },
    /** What ran, oldest first; about one lead, where its id is given. */
    runs: (leadId?: string): readonly FlowRun[] =>
      leadId === undefined ? [...runs] : runs.filter((run) => run.leadIds.includes(leadId)),
    /** Resolves once nothing runs or waits to run. */
    idle: (): Promise<void> =>
      open === 0 ? Promise.resolve() : new Promise((resolve) => void waiting.add(resolve)),
    close: (): Promise<void> => callouts.close(),
  };
};
