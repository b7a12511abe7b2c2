import express, { type Request, type Response } from 'express';
import { invalidSession, SalesforceError } from '../errors.ts';
import type { SalesforceFaults } from '../faults.ts';
import type { Session } from '../oauth/app.ts';
import { createTransaction } from '../rows/transaction.ts';
import type { ApiRequest, Endpoint, OrgApi } from './api-call.ts';
import { errorReply, sendReply } from './api-reply.ts';
import { checkVersion } from './api-versions.ts';
import { compositeEndpoint } from './composite-endpoint.ts';
import { callOf, ENDPOINTS, matchEndpoint, runEndpoint } from './dispatch.ts';
import { clientOf } from './request-options.ts';

const ALL: readonly Endpoint[] = [compositeEndpoint, ...ENDPOINTS];

/** With neither of them a token opens no API. */
const API_SCOPES = ['api', 'full'];

/** The longest address the servers take. */
const MOST_URL = 16_384;

const headersOf = (req: Request): ApiRequest['headers'] =>
  Object.fromEntries(
    Object.entries(req.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(',') : (value ?? ''),
    ]),
  );

const requestOf = (req: Request, path: string): ApiRequest => ({
  method: req.method,
  path,
  query: new URL(req.originalUrl, 'http://org').searchParams,
  headers: headersOf(req),
  body: req.body,
});

const checkForm = (req: Request): void => {
  if (req.originalUrl.length > MOST_URL) throw new SalesforceError('URI_TOO_LONG', 'URI Too Long');
  // A bulk job takes its rows as CSV; its own endpoint says so where they are none.
  if (req.method === 'PUT' && req.is('text/csv')) return;
  if (['POST', 'PATCH', 'PUT'].includes(req.method) && !req.is('application/json'))
    throw new SalesforceError('UNSUPPORTED_MEDIA_TYPE', 'The content type must be application/json');
};

interface HandlerDeps {
  readonly session: (token: string) => Session | undefined;
  readonly faults: SalesforceFaults;
}

/** Answers an org's REST API: the session, the limits, failures on purpose, the endpoint, the commit, the counts. */
export const createApiHandler = ({ session, faults }: HandlerDeps) => {
  const parseJson = express.json({ limit: '6mb' });
  /** Source: 150 MB for a bulk job's upload. */
  const parseCsv = express.text({ type: 'text/csv', limit: '150mb' });

  const authenticate = (req: Request, api: OrgApi): Session => {
    const token = /^(?:Bearer|OAuth) (.+)$/.exec(req.headers.authorization ?? '')?.[1];
    const found = token === undefined ? undefined : session(token);
    if (!found || found.orgId !== api.org.id) throw invalidSession();
    if (!found.scopes.some((scope) => API_SCOPES.includes(scope)))
      throw new SalesforceError('INVALID_SESSION_ID', 'This session is not valid for use with the REST API');
    return found;
  };

  return (req: Request, res: Response, api: OrgApi, versionText: string, path: string): void => {
    let kind = 'refused';
    let startedAt = performance.now();
    let caller: Session;
    const fail = (error: unknown): void => {
      if (error instanceof SalesforceError && error.code === 'REQUEST_LIMIT_EXCEEDED')
        api.stats.countRefused();
      sendReply(res, api, errorReply(error));
    };

    const answer = (): void => {
      const request = requestOf(req, path);
      const version = checkVersion(versionText);
      const matched = matchEndpoint(ALL, request);
      kind = matched.endpoint.kind;
      checkForm(req);
      const tx = createTransaction(api.org);
      const reply = runEndpoint(matched, callOf(api, caller, version, tx, request));
      tx.commit();
      sendReply(res, api, reply);
    };

    const attempt = (step: () => void): void => {
      try {
        step();
      } catch (error) {
        fail(error);
      }
    };

    attempt(() => {
      caller = authenticate(req, api);
      const leave = api.limits.enter();
      res.on('close', () => {
        leave();
        const client = clientOf(headersOf(req)) ?? 'unnamed';
        api.stats.count({ kind, status: res.statusCode, ms: performance.now() - startedAt, client });
      });
      faults.middleware(req, res, (fault) => {
        startedAt = performance.now();
        if (fault) fail(fault);
        else {
          const parseBody = req.is('text/csv') ? parseCsv : parseJson;
          parseBody(req, res, (error) => attempt(error ? () => fail(error) : answer));
        }
      });
    });
  };
};
