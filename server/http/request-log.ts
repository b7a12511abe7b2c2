import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';

/** Names a request in its log line and in the problem it is answered with. */
export const requestIdOf = (request: IncomingMessage): string => {
  request.id ??= randomUUID();
  return String(request.id);
};

const callers = new WeakMap<IncomingMessage, { readonly tenant: string; readonly who: string }>();

/** Who a request turned out to be of, for its log line. */
export const noteCaller = (
  request: IncomingMessage,
  { tenantId, subject }: { readonly tenantId: string; readonly subject: string },
): void => void callers.set(request, { tenant: tenantId, who: subject });

/** One line per request: who asked for what and how it ended. Never headers, query values or bodies. */
export const requestLog = (log: Logger): RequestHandler =>
  pinoHttp({
    logger: log,
    genReqId: requestIdOf,
    serializers: {
      req: (request: { id: string; method: string; url: string }) => ({
        id: request.id,
        method: request.method,
        path: request.url.split('?')[0],
      }),
      res: (response: { statusCode: number }) => ({ status: response.statusCode }),
    },
    customLogLevel: levelOf,
    customSuccessObject: (request, _response, given: object) => ({ ...given, ...callers.get(request) }),
    // What failed is logged where it is turned into a problem; here only that it did.
    customErrorObject: (request, _response, _error, given: { err?: unknown }) => ({
      ...given,
      ...callers.get(request),
      err: undefined,
    }),
  });

const levelOf = (request: IncomingMessage, response: ServerResponse) => {
  if (response.statusCode >= 500) return 'warn';
  return request.method === 'GET' ? 'debug' : 'info';
};
