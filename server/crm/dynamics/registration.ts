import { createHash } from 'node:crypto';
import type { PushTarget } from '../connector.ts';
import { ReadFailed } from '../failures.ts';
import { type CallDynamics, type Environment, VENDOR } from './client.ts';
import { MESSAGES, PUSHED_COLUMNS, STEP, WEBHOOK } from './facts.ts';
import { toFailure } from './failures.ts';
import { queryRows, quoted, type Row } from './query.ts';

/** Names by which ours are known again among the customer's own. */
const ENDPOINT_NAME = 'Fairlead';
const stepName = (message: string): string => `Fairlead: lead ${message}`;
const PATH = '/dynamics/webhooks';

type Message = (typeof MESSAGES)[number];

/** What of ours is registered in environments. */
export interface Registration {
  /** Registers what is missing and mends what is another now. Throws AppError. */
  readonly keep: (environment: Environment) => Promise<void>;
  /** Takes the webhook back, and its steps with it. Throws AppError. */
  readonly drop: (environment: Environment) => Promise<void>;
  /** The steps that push here; empty: none is registered. Throws AppError `crm_read_failed`. */
  readonly stepIds: (environment: Environment) => Promise<readonly string[]>;
}

/** A webhook and its steps: one for each message, on leads. */
export const createRegistration = (call: CallDynamics, { origin, secretOf }: PushTarget): Registration => {
  const known = new Map<string, readonly string[]>();
  const ask = (environment: Environment, path: string, query: Readonly<Record<string, string>>) =>
    queryRows(call, environment, { path, query, purpose: 'background' });

  const readSteps = (environment: Environment, endpointId: string) =>
    ask(environment, 'sdkmessageprocessingsteps', {
      $select: 'sdkmessageprocessingstepid,name,statecode,filteringattributes',
      $filter: `_eventhandler_value eq ${endpointId}`,
    });

  const findEndpoint = async (environment: Environment): Promise<Row | undefined> => {
    const [found] = await ask(environment, 'serviceendpoints', {
      $select: 'serviceendpointid,url,description',
      $filter: `name eq ${quoted(ENDPOINT_NAME)}`,
    });
    return found;
  };

  /** The secret can be written and not be read: what it was made of stands in the description. */
  const keepEndpoint = async (environment: Environment): Promise<string> => {
    const secret = secretOf(environment.id);
    const url = `${origin()}${PATH}`;
    const description = markOf(url, secret);
    const found = await findEndpoint(environment);
    const values = { url, description, ...WEBHOOK, authvalue: secret };
    if (found === undefined)
      return create(call, environment, 'serviceendpoints', { name: ENDPOINT_NAME, ...values });
    const id = String(found.serviceendpointid);
    if (found.url !== url || found.description !== description)
      await change(call, environment, `serviceendpoints(${id})`, values);
    return id;
  };

  const keepStep = async (
    environment: Environment,
    message: Message,
    endpointId: string,
    steps: readonly Row[],
  ): Promise<string> => {
    const filteringattributes = message === 'Update' ? PUSHED_COLUMNS.join(',') : null;
    const found = steps.find(({ name }) => name === stepName(message));
    if (found === undefined) return makeStep(environment, message, endpointId, filteringattributes);
    const id = String(found.sdkmessageprocessingstepid);
    const stands =
      found.statecode === 0 && (message !== 'Update' || found.filteringattributes === filteringattributes);
    if (!stands)
      await change(call, environment, `sdkmessageprocessingsteps(${id})`, {
        statecode: 0,
        statuscode: 1,
        ...(filteringattributes !== null && { filteringattributes }),
      });
    return id;
  };

  const makeStep = async (
    environment: Environment,
    message: Message,
    endpointId: string,
    filteringattributes: string | null,
  ): Promise<string> => {
    const [about] = await ask(environment, 'sdkmessages', {
      $select: 'sdkmessageid',
      $filter: `name eq ${quoted(message)}`,
    });
    const messageId = String(about?.sdkmessageid);
    const [filter] = await ask(environment, 'sdkmessagefilters', {
      $select: 'sdkmessagefilterid',
      $filter: `primaryobjecttypecode eq 'lead' and _sdkmessageid_value eq ${messageId}`,
    });
    return create(call, environment, 'sdkmessageprocessingsteps', {
      name: stepName(message),
      ...STEP,
      'sdkmessageid@odata.bind': `/sdkmessages(${messageId})`,
      'sdkmessagefilterid@odata.bind': `/sdkmessagefilters(${String(filter?.sdkmessagefilterid)})`,
      'eventhandler_serviceendpoint@odata.bind': `/serviceendpoints(${endpointId})`,
      ...(filteringattributes !== null && { filteringattributes }),
    });
  };

  return {
    keep: async (environment) => {
      const endpointId = await keepEndpoint(environment);
      const steps = await readSteps(environment, endpointId);
      const ids: string[] = [];
      for (const message of MESSAGES) ids.push(await keepStep(environment, message, endpointId, steps));
      known.set(environment.id, ids);
    },
    drop: async (environment) => {
      const endpoint = await findEndpoint(environment);
      known.delete(environment.id);
      if (endpoint === undefined) return;
      const id = String(endpoint.serviceendpointid);
      for (const { sdkmessageprocessingstepid } of await readSteps(environment, id))
        await remove(call, environment, `sdkmessageprocessingsteps(${sdkmessageprocessingstepid})`);
      await remove(call, environment, `serviceendpoints(${id})`);
    },
    stepIds: async (environment) => {
      const before = known.get(environment.id);
      if (before !== undefined) return before;
      const endpoint = await findEndpoint(environment);
      if (endpoint === undefined) return [];
      const steps = await readSteps(environment, String(endpoint.serviceendpointid));
      const ids = steps.map(({ sdkmessageprocessingstepid }) => String(sdkmessageprocessingstepid));
      known.set(environment.id, ids);
      return ids;
    },
  };
};

/** Says whether address and secret are the present ones, without saying what the secret is. */
const markOf = (url: string, secret: string): string =>
  `Keeps Fairlead told (${createHash('sha256').update(`${url} ${secret}`).digest('hex').slice(0, 12)})`;

const refusedWith = (failure: ReturnType<typeof toFailure>): ReadFailed =>
  new ReadFailed(
    VENDOR,
    failure.kind === 'refused'
      ? { ...failure, remedy: `Webhooks cannot be registered: ${failure.remedy}` }
      : failure,
  );

const create = async (
  call: CallDynamics,
  environment: Environment,
  path: string,
  body: Readonly<Record<string, unknown>>,
): Promise<string> => {
  const reply = await call(environment, { method: 'POST', path, body, purpose: 'background' });
  const id = /\(([0-9a-f-]{36})\)$/i.exec(reply.headers.get('odata-entityid') ?? '')?.[1];
  if (reply.status < 300 && id !== undefined) return id;
  throw refusedWith(toFailure(reply));
};

const change = async (
  call: CallDynamics,
  environment: Environment,
  path: string,
  body: Readonly<Record<string, unknown>>,
): Promise<void> => {
  const headers = { 'if-match': '*' };
  const reply = await call(environment, { method: 'PATCH', path, body, headers, purpose: 'background' });
  if (reply.status >= 300) throw refusedWith(toFailure(reply));
};

/** What is not there is gone. */
const remove = async (call: CallDynamics, environment: Environment, path: string): Promise<void> => {
  const reply = await call(environment, { method: 'DELETE', path, purpose: 'background' });
  if (reply.status >= 300 && reply.status !== 404) throw refusedWith(toFailure(reply));
};
