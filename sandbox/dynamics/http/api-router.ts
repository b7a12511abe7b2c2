import express, { type ErrorRequestHandler, type Request, type Response, Router } from 'express';
import { rowsOf } from '../environment.ts';
import { DynamicsError, notAMember } from '../errors.ts';
import type { Entra } from '../oauth/create-entra.ts';
import type { Actor } from '../types.ts';
import { runBatch } from './batch-endpoint.ts';
import { API_PATH, type EnvironmentApi, type Operation } from './operation.ts';
import { kindOf, runOperation } from './run-operation.ts';

export interface ApiContext {
  readonly entra: Entra;
  readonly apiNamed: (name: string) => EnvironmentApi | undefined;
}

const unauthorized = (api: EnvironmentApi): DynamicsError =>
  new DynamicsError(401, '', '', {
    'WWW-Authenticate': `Bearer authorization_uri=https://login.microsoftonline.com/${api.environment.tenantId}/oauth2/authorize, resource_id=${api.url()}/`,
  });

/** Who calls: the application user of the token's app, or the person it was granted by. Throws DynamicsError. */
const actorOf = (req: Request, api: EnvironmentApi, { entra }: ApiContext): Actor => {
  const token = /^Bearer (\S+)$/.exec(req.headers.authorization ?? '')?.[1] ?? '';
  const held = entra.holderOf(token);
  if (!held || held.resource !== api.url()) throw unauthorized(api);
  const user = [...rowsOf(api.environment, 'systemuser').values()].find(({ id, values }) =>
    held.userId === null ? values.applicationid === held.clientId : id === held.userId,
  );
  if (!user || user.values.isdisabled === true) throw notAMember();
  return { userId: user.id, tag: typeof req.query.tag === 'string' ? req.query.tag : null };
};

const toOperation = (req: Request, api: EnvironmentApi, actor: Actor): Operation => {
  const url = new URL(req.originalUrl, 'http://sandbox');
  const at = url.pathname.indexOf(`${API_PATH}/`);
  return {
    method: req.method,
    path: decodeURIComponent(url.pathname.slice(at + API_PATH.length + 1)),
    search: url.searchParams,
    header: (name) => req.get(name) ?? '',
    body: typeof req.body === 'string' ? req.body : '',
    actor,
    api,
  };
};

const checkVersions = (req: Request): void => {
  for (const name of ['odata-version', 'odata-maxversion']) {
    const given = req.get(name);
    if (given !== undefined && given !== '4.0')
      throw new DynamicsError(400, '0x80060888', `The ${name} header must be 4.0.`);
  }
};

const LONGEST_ADDRESS = 32_768;

/** In flight from here until it is answered. */
const enter = (req: Request, res: Response, api: EnvironmentApi, context: ApiContext): Actor => {
  const actor = actorOf(req, api, context);
  checkVersions(req);
  if (req.originalUrl.length > LONGEST_ADDRESS) throw new DynamicsError(414, '', 'URI Too Long');
  res.once('close', api.limits.enter(actor.userId));
  return actor;
};

const answer = (req: Request, res: Response, api: EnvironmentApi, actor: Actor): void => {
  const began = performance.now();
  const operation = toOperation(req, api, actor);
  const kind = operation.path === '$batch' ? 'POST $batch' : kindOf(operation);
  res.once('finish', () => api.stats.count(kind, res.statusCode, performance.now() - began));
  const left = api.limits.left(actor.userId);
  res.setHeader('OData-Version', '4.0');
  res.setHeader('x-ms-ratelimit-burst-remaining-xrm-requests', String(left.requests));
  res.setHeader('x-ms-ratelimit-time-remaining-xrm-requests', (left.executionMs / 1000).toFixed(2));
  if (operation.path === '$batch') {
    const { contentType, text } = runBatch(operation);
    return void res.status(200).setHeader('Content-Type', contentType).send(text);
  }
  const reply = runOperation(operation);
  for (const [name, value] of Object.entries(reply.headers ?? {})) res.setHeader(name, value);
  if (reply.body === undefined) return void res.status(reply.status).end();
  res
    .status(reply.status)
    .setHeader('Content-Type', 'application/json; odata.metadata=minimal')
    .send(JSON.stringify(reply.body));
};

/** The environments' Web APIs, each under its own name. */
export const createApiRouter = (context: ApiContext): Router => {
  const router = Router();
  // Where the app opens for people, and a record in it: here that is the desk.
  router.get('/:name', (_req, res) => res.redirect(302, '/desk/dynamics'));
  router.get('/:name/main.aspx', (req, res) =>
    res.redirect(302, `/desk/dynamics/${String(req.query.id ?? '')}`),
  );
  router.use(express.text({ type: () => true, limit: '20mb' }));
  router.use(`/:name${API_PATH}`, (req, res, next) => {
    const api = context.apiNamed(String(req.params.name));
    if (!api) return void res.status(404).end();
    const onError: ErrorRequestHandler = (error, _req, _res, proceed) => {
      if (!(error instanceof DynamicsError)) return proceed(error);
      if (error.status === 429) api.stats.countLimited();
      api.stats.count(`${req.method} refused`, error.status);
      for (const [name, value] of Object.entries(error.headers)) res.setHeader(name, value);
      if (error.status === 401) return void res.status(401).end();
      res.status(error.status).json(error.body);
    };
    const attempt = (work: () => void): void => {
      try {
        work();
      } catch (error) {
        onError(error, req, res, next);
      }
    };
    attempt(() => {
      const actor = enter(req, res, api, context);
      api.faults.middleware(req, res, (fault?: unknown) =>
        attempt(() => {
          if (fault !== undefined && fault !== null) throw fault;
          answer(req, res, api, actor);
        }),
      );
    });
  });
  return router;
};
