import { randomUUID } from 'node:crypto';
import { createOutgoing } from '../../hubspot/outgoing.ts';
import { createPushSwitches } from '../../push-switches.ts';
import type { Scheduler } from '../../scheduler.ts';
import { type Environment, rowsOf } from '../environment.ts';
import { instant } from '../ids.ts';
import type { Row, RowChange } from '../types.ts';
import { executionContext, type PushedOperation } from './execution-context.ts';
import { type ConcernedStep, stepsFor } from './steps.ts';

/** A webhook has a minute; one retry, for these statuses only. Source: use webhooks. */
const TIMEOUT_MS = 60_000;
const RETRIED: ReadonlySet<number> = new Set([502, 503, 504]);
/** Ours: how soon a system job begins, and how soon its retry. Milliseconds. */
const JOB_MS = 10;
const RETRY_MS = 5_000;

/** One POST as it went. */
export interface PushDelivery {
  readonly environment: string;
  readonly message: string;
  readonly table: string;
  readonly id: string;
  readonly attempt: number;
  readonly status: number | null;
  readonly cut: boolean;
}

const KEPT = 1000;

/** The address and headers by which an endpoint proves who sends. */
const proven = ({
  values,
}: Row): { readonly url: string; readonly headers: Readonly<Record<string, string>> } => {
  const url = new URL(String(values.url));
  const value = String(values.authvalue ?? '');
  if (values.authtype === 4) url.searchParams.append('code', value);
  const settings = [...value.matchAll(/<setting name="([^"]+)" value="([^"]*)"\s*\/>/g)];
  if (values.authtype === 6)
    for (const [, name = '', text = ''] of settings) url.searchParams.append(name, text);
  const headers =
    values.authtype === 5 ? Object.fromEntries(settings.map(([, name, text]) => [name, text])) : {};
  return { url: url.href, headers };
};

/** System jobs that push what happened to the endpoints registered for it. */
export const createPushes = (deps: { readonly scheduler: Scheduler; readonly random: () => number }) => {
  const { scheduler } = deps;
  const switches = createPushSwitches(deps);
  const outgoing = createOutgoing({ connectMs: TIMEOUT_MS, responseMs: TIMEOUT_MS });
  const deliveries: PushDelivery[] = [];
  let underWay = 0;

  const post = async (
    environment: Environment,
    change: RowChange,
    to: ConcernedStep,
    ids: PushedOperation,
  ) => {
    const { body, cut } = executionContext(environment, change, ids);
    const { url, headers } = proven(to.endpoint);
    const outcome = await outgoing.post(url, body, {
      'user-agent': 'CRM',
      'x-request-id': randomUUID(),
      'x-ms-dynamics-organization': environment.name,
      'x-ms-dynamics-entity-name': change.table,
      'x-ms-dynamics-request-name': change.message,
      'x-ms-correlation-request-id': ids.correlationId,
      ...(cut && { 'x-ms-dynamics-msg-size-exceeded': 'true' }),
      ...headers,
    });
    return { status: outcome.ok ? outcome.status : null, cut };
  };

  const attempt = async (
    environment: Environment,
    change: RowChange,
    to: ConcernedStep,
    ids: PushedOperation,
    number: number,
  ): Promise<void> => {
    const { status, cut } = await post(environment, change, to, ids);
    const { message, table, id } = change;
    deliveries.push({ environment: environment.name, message, table, id, attempt: number, status, cut });
    if (deliveries.length > KEPT) deliveries.shift();
    if (status !== null && status >= 200 && status < 300) return succeed(environment, to, change);
    if (number === 1 && status !== null && RETRIED.has(status)) {
      await new Promise<void>((resolve) => scheduler.after(RETRY_MS, resolve));
      return attempt(environment, change, to, ids, 2);
    }
    fail(environment, change, to, status);
  };

  const job = (environment: Environment, change: RowChange, to: ConcernedStep): void => {
    const ids = { operationId: randomUUID(), correlationId: randomUUID(), stepId: to.step.id };
    switches.pass(() => {
      underWay++;
      scheduler.after(JOB_MS, () => {
        void attempt(environment, change, to, ids, 1).finally(() => void underWay--);
      });
    });
  };

  return {
    changed: (environment: Environment, changes: readonly RowChange[]): void => {
      for (const change of changes)
        for (const to of stepsFor(environment, change)) job(environment, change, to);
    },
    switches,
    deliveries: (): readonly PushDelivery[] => deliveries,
    /** Nothing held or under way. */
    idle: (): boolean => underWay === 0 && switches.held() === 0,
    close: (): Promise<void> => {
      switches.close();
      return outgoing.close();
    },
  };
};

const store = (
  environment: Environment,
  change: RowChange,
  { step }: ConcernedStep,
  statuscode: number,
  message: string | null,
): void => {
  const at = instant(environment.now());
  const id = environment.newId();
  rowsOf(environment, 'asyncoperation').set(id, {
    id,
    version: ++environment.version,
    values: {
      name: String(step.values.name ?? ''),
      message,
      errorcode: statuscode === 31 ? -2147220891 : null,
      messagename: change.message,
      completedon: at,
      createdon: at,
      modifiedon: at,
      owningextensionid: { table: 'sdkmessageprocessingstep', id: step.id },
      regardingobjectid: { table: change.table, id: change.id },
      statecode: 3,
      statuscode,
    },
  });
};

/** A job that went well stays, unless its step deletes those. */
const succeed = (environment: Environment, to: ConcernedStep, change: RowChange): void => {
  if (to.step.values.asyncautodelete !== true) store(environment, change, to, 30, null);
};

const fail = (environment: Environment, change: RowChange, to: ConcernedStep, status: number | null): void =>
  store(
    environment,
    change,
    to,
    31,
    status === null
      ? 'The webhook call failed because of http request timeout at client side.'
      : `The webhook call failed because the http request failed with http status code ${status}.`,
  );
