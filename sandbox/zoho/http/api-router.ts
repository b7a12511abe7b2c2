import express, { type Request, type Response, Router } from 'express';
import { apiUrl } from '../data-centres.ts';
import { invalidModule, invalidToken, invalidUrl, scopeMismatch, ZohoError } from '../errors.ts';
import type { ZohoFaults } from '../faults.ts';
import type { Limits } from '../limits.ts';
import type { Channels } from '../notifications/channels.ts';
import type { OAuth, Session } from '../oauth/create-oauth.ts';
import { allows } from '../oauth/scopes.ts';
import type { Org } from '../org.ts';
import type { Stats } from '../stats.ts';
import { ACTION_ENDPOINTS } from './action-endpoints.ts';
import type { Call, Endpoint, Reply } from './call.ts';
import { coqlEndpoint } from './coql-endpoint.ts';
import type { Jobs } from './jobs.ts';
import { PEOPLE_ENDPOINTS } from './people-endpoints.ts';
import { READ_ENDPOINTS } from './read-endpoints.ts';
import { RELATED_ENDPOINTS } from './related-endpoints.ts';
import { SETTINGS_ENDPOINTS } from './settings-endpoints.ts';
import { WATCH_ENDPOINTS } from './watch-endpoints.ts';
import { WRITE_ENDPOINTS } from './write-endpoints.ts';

/** In the order they are matched: the particular before the general. */
const ENDPOINTS: readonly Endpoint[] = [
  coqlEndpoint,
  ...WATCH_ENDPOINTS,
  ...PEOPLE_ENDPOINTS,
  ...SETTINGS_ENDPOINTS,
  ...ACTION_ENDPOINTS,
  ...RELATED_ENDPOINTS,
  ...READ_ENDPOINTS,
  ...WRITE_ENDPOINTS,
];

export interface ApiDeps {
  readonly oauth: OAuth;
  readonly faults: ZohoFaults;
  readonly stats: Stats;
  readonly channels: Channels;
  readonly jobs: Jobs;
  readonly baseUrl: () => string;
  readonly orgWithId: (id: string) => { readonly org: Org; readonly limits: Limits } | undefined;
}

const send = (res: Response, { status, body }: Reply): void => {
  res.status(status);
  if (body === null) res.end();
  else res.json(body);
};

const replyOf = (error: unknown): Reply => {
  if (error instanceof ZohoError) return { status: error.status, body: error.body };
  if ((error as { type?: string }).type === 'entity.parse.failed')
    return {
      status: 400,
      body: new ZohoError('INVALID_DATA', 'body', { expected_data_type: 'jsonobject' }).body,
    };
  throw error;
};

/** Half of the credits must be used before the header says what is left. */
const CREDITS_HEADER = 'X-API-CREDITS-REMAINING';

const matchOf = (method: string, path: string): { endpoint: Endpoint; at: Record<string, string> } => {
  for (const endpoint of ENDPOINTS) {
    const found = endpoint.method === method ? endpoint.path.exec(path) : null;
    if (!found) continue;
    const at = Object.entries(found.groups ?? {}).filter(([, value]) => value !== undefined);
    return { endpoint, at: Object.fromEntries(at) as Record<string, string> };
  }
  if (ENDPOINTS.some(({ path: one }) => one.test(path)))
    throw new ZohoError('INVALID_REQUEST_METHOD', 'The http request method type is not a valid one');
  throw invalidUrl();
};

/** The module a call is about; empty: none. */
const moduleOf = ({ at, query, body }: Call): string =>
  at.module ?? query.get('module') ?? /\bfrom (\w+)/i.exec(String(body.select_query ?? ''))?.[1] ?? '';

/** The CRM API of all data centres: `/api.<dc>/crm/v8/…`. A token is of one org and one data centre. */
export const createApiRouter = (deps: ApiDeps): Router => {
  const { oauth, faults, stats, channels, jobs, baseUrl } = deps;
  const parseJson = express.json({ limit: '4mb' });
  const router = Router({ mergeParams: true });

  const sessionOf = (req: Request): Session => {
    const token = /^Zoho-oauthtoken (.+)$/.exec(req.headers.authorization ?? '')?.[1];
    if (token === undefined) throw new ZohoError('AUTHENTICATION_FAILURE', 'Authentication failed');
    const session = oauth.session(token);
    if (!session || session.dc !== (req.params as { dc?: string }).dc) throw invalidToken();
    return session;
  };

  const callOf = (req: Request, session: Session, at: Record<string, string>, org: Org): Call => ({
    org,
    session,
    at,
    query: new URL(req.originalUrl, 'http://zoho').searchParams,
    headers: req.headers as Record<string, string | undefined>,
    body: typeof req.body === 'object' && req.body !== null ? req.body : {},
    client: oauth.app.clientId,
    stats,
    channels,
    jobs,
    rowFault: faults.row,
    resourceUri: (module) => `${apiUrl(baseUrl(), org.dc)}/crm/v8/${module}`,
  });

  const answer = (req: Request, res: Response): void => {
    const session = sessionOf(req);
    const found = deps.orgWithId(session.orgId);
    if (!found) throw invalidToken();
    const { org, limits } = found;
    const { endpoint, at } = matchOf(req.method, req.path);
    const [part, verb] = endpoint.scope;
    if (!allows(session.scopes, part.replace('{module}', at.module ?? ''), verb)) throw scopeMismatch();
    if (endpoint.alsoReads && !allows(session.scopes, endpoint.alsoReads, 'READ')) throw scopeMismatch();
    const call = callOf(req, session, at, org);
    if (org.hidden.has(moduleOf(call))) throw invalidModule();
    const credits = endpoint.credits?.(call) ?? 1;
    const leave = limits.enter({ credits, heavy: endpoint.heavy?.(call) ?? false });
    let ms = 0;
    stats.began();
    res.on('close', () => {
      leave();
      stats.ended({ kind: endpoint.kind, status: res.statusCode, credits, ms });
    });
    const { used, max } = limits.usage();
    if (used * 2 >= max) res.setHeader(CREDITS_HEADER, String(max - used));
    faults.middleware(req, res, (fault) =>
      attempt(res, () => {
        if (fault) throw fault;
        const startedAt = performance.now();
        const reply = endpoint.run(call);
        ms = performance.now() - startedAt;
        send(res, reply);
      }),
    );
  };

  const attempt = (res: Response, work: () => void): void => {
    try {
      work();
    } catch (error) {
      const reply = replyOf(error);
      if (reply.status === 429) stats.countRefusal();
      send(res, reply);
    }
  };

  router.use('/crm/v8', (req, res) => {
    if (req.method !== 'GET' && req.headers['content-length'] !== undefined && !req.is('application/json'))
      return send(res, replyOf(new ZohoError('UNSUPPORTED_MEDIA_TYPE', 'unsupported media type')));
    parseJson(req, res, (error) =>
      attempt(res, () => {
        if (error) throw error;
        answer(req, res);
      }),
    );
  });
  router.use((_req, res) => send(res, replyOf(invalidUrl())));
  return router;
};
