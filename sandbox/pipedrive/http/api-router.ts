import express, { type Request, type Response, Router } from 'express';
import type { Account } from '../account.ts';
import { BLOCKED_PAGE, BlockedError, errorBody, notFound, PipedriveError } from '../errors.ts';
import type { PipedriveFaults } from '../faults.ts';
import { costOf } from '../limits/costs.ts';
import type { Limits } from '../limits/create-limits.ts';
import type { OAuth, Session } from '../oauth/create-oauth.ts';
import type { Stats } from '../stats.ts';
import type { Endpoint } from './endpoint.ts';
import { ENDPOINTS } from './endpoints.ts';

/** A company and its limits. */
export interface CompanyApi {
  readonly account: Account;
  readonly limits: Limits;
}

export interface ApiDeps {
  readonly apiOf: (domain: string) => CompanyApi | undefined;
  readonly apiUrl: (account: Account) => string;
  readonly oauth: OAuth;
  readonly faults: PipedriveFaults;
  readonly stats: Stats;
  readonly later: (task: () => void) => void;
  /** Something was written. */
  readonly wrote: () => void;
}

const fail = (req: Request, res: Response, error: unknown): void => {
  if (error instanceof BlockedError) return void res.status(403).type('html').send(BLOCKED_PAGE);
  if (!(error instanceof PipedriveError)) throw error;
  res.status(error.status).set(error.headers).json(errorBody(error, req.originalUrl));
};

const signedIn = (req: Request, { account }: CompanyApi, { oauth }: ApiDeps): Session => {
  const token = /^Bearer (.+)$/.exec(req.headers.authorization ?? '')?.[1];
  const session = token === undefined ? undefined : oauth.session(token);
  if (session?.companyId === account.id) return session;
  throw new PipedriveError(401, 'Invalid token: access token is invalid');
};

const allowed = ({ scopes }: Endpoint, { oauth }: ApiDeps): void => {
  if (scopes.some((scope) => oauth.app.scopes.includes(scope))) return;
  throw new PipedriveError(403, 'Scope and URL mismatch');
};

const queryOf = (req: Request): Readonly<Record<string, string>> =>
  Object.fromEntries(new URL(req.originalUrl, 'http://company').searchParams);

const checkForm = (req: Request): void => {
  if (req.method === 'GET' || req.method === 'DELETE' || req.is('application/json')) return;
  throw new PipedriveError(415, 'The content type must be application/json');
};

/** Answers one operation: the token, the scope, failures on purpose, the limits, the work, the counts. */
const handler = (endpoint: Endpoint, deps: ApiDeps) => {
  const parseJson = express.json({ limit: '2mb' });
  const kind = `${endpoint.method} ${endpoint.version}${endpoint.path}`;
  const cost = costOf(endpoint.version, endpoint.cost);

  const answer = (req: Request, res: Response, api: CompanyApi, { userId, token }: Session): void => {
    res.set(api.limits.take(token, cost, endpoint.cost === 'search'));
    checkForm(req);
    const reply = endpoint.run({
      account: api.account,
      by: { userId, via: 'api' },
      params: req.params as Readonly<Record<string, string>>,
      query: queryOf(req),
      body: req.body,
      apiUrl: deps.apiUrl(api.account),
      later: deps.later,
    });
    if (endpoint.method !== 'GET') deps.wrote();
    res.status(reply.status).json(reply.body);
  };

  return (req: Request, res: Response): void => {
    let startedAt = performance.now();
    const attempt = (step: () => void): void => {
      try {
        step();
      } catch (error) {
        fail(req, res, error);
      }
    };
    attempt(() => {
      const api = deps.apiOf(String(req.params.domain));
      if (!api) throw notFound('Company');
      const session = signedIn(req, api, deps);
      allowed(endpoint, deps);
      res.on('close', () => {
        const taken = res.statusCode === 429 || res.statusCode === 403 ? 0 : cost;
        const ms = performance.now() - startedAt;
        deps.stats.count({ kind, status: res.statusCode, ms, tokens: taken });
      });
      deps.faults.middleware(req, res, (fault?: unknown) => {
        startedAt = performance.now();
        if (fault) return attempt(() => fail(req, res, fault));
        parseJson(req, res, (error?: unknown) =>
          attempt(() => {
            if (error) throw new PipedriveError(400, 'Bad request: the body is no JSON');
            answer(req, res, api, session);
          }),
        );
      });
    });
  };
};

/** Every operation of every company, below its address. */
export const createApiRouter = (deps: ApiDeps): Router => {
  const router = Router();
  for (const endpoint of ENDPOINTS) {
    const path = endpoint.path.replace(/\{(\w+)\}/g, ':$1');
    const paths =
      endpoint.version === 'v1'
        ? [`/:domain/v1${path}`, `/:domain/api/v1${path}`]
        : [`/:domain/api/v2${path}`];
    const method = endpoint.method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
    router[method](paths, handler(endpoint, deps));
  }
  // Where a lead opens for people: here that is the desk.
  router.get('/:domain/leads/inbox/:id', (req, res) =>
    res.redirect(302, `/desk/pipedrive/${encodeURIComponent(String(req.params.id))}`),
  );
  router.use('/:domain/{*rest}', (req, res) => {
    deps.stats.count({ kind: `unknown ${req.method}`, status: 404, ms: 0, tokens: 0 });
    res.status(404).json({ success: false, error: `Unknown method: ${req.method} ${req.path}` });
  });
  return router;
};
