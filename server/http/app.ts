import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import { AppError } from '../base/app-error.ts';
import { decisionStream, decisionStreamDocument } from './api/decision-stream.ts';
import { consolePages } from './console-pages.ts';
import { CSV_DOWNLOADS, serveCsv } from './csv-downloads.ts';
import { serve } from './endpoint.ts';
import { ENDPOINTS } from './endpoints.ts';
import { exportDocument, exportDownload } from './export-download.ts';
import { healthz, metricsPage, readyz } from './health.ts';
import { addressOf } from './limits/address-of.ts';
import type { HttpParts } from './ports.ts';
import { problem, sendProblem } from './problem.ts';
import { replyHeaders } from './reply-headers.ts';
import { requestIdOf, requestLog } from './request-log.ts';
import { VENDOR_ROUTES } from './vendor-routes.ts';

/**
 * The Express app. What vendors call comes first and passes no more middleware than it needs; Slack's receiver reads
 * the raw stream itself, so it stands before anything that reads bodies.
 */
export const createApp = (parts: HttpParts): Express => {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  // An address is written in one way: a proxy that keeps `/metrics` from strangers keeps all of it.
  app.enable('case sensitive routing');
  app.enable('strict routing');
  app.set('trust proxy', parts.trustedProxies === 0 ? false : parts.trustedProxies);
  const overTls = parts.hubspot.publicBaseUrl().startsWith('https://');
  app.use(replyHeaders(overTls));
  for (const route of VENDOR_ROUTES) app[route.method](toPattern(route.path), route.handler(parts));
  parts.mountSlack?.(app);
  app.get('/healthz', healthz);
  app.get('/readyz', readyz(parts));
  app.get('/metrics', metricsPage(parts));
  app.use(requestLog(parts.log), securityHeaders(overTls));
  app.get(decisionStreamDocument.path, decisionStream(parts));
  app.get(exportDocument.path, exportDownload(parts));
  for (const table of CSV_DOWNLOADS) app.get(toPattern(table.path), serveCsv(table, parts));
  for (const endpoint of ENDPOINTS) app[endpoint.method](toPattern(endpoint.path), serve(endpoint, parts));
  app.use(wrongMethod);
  app.use(consolePages(parts));
  app.use((request) => {
    throw problem(
      'not_found',
      `There is no ${request.method} ${request.path}: docs/api.md lists the addresses.`,
    );
  });
  app.use(toProblemReply(parts));
  return app;
};

/** `/a/{id}` of the document as Express writes it: `/a/:id`. */
const toPattern = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1');

const securityHeaders = (overTls: boolean): RequestHandler =>
  helmet({
    strictTransportSecurity: overTls,
    // No page of ours stands in another: vendors show what their own code asks us for.
    xFrameOptions: { action: 'deny' },
    contentSecurityPolicy: {
      directives: {
        'base-uri': ["'none'"],
        'font-src': ["'self'"],
        'frame-ancestors': ["'none'"],
        // Mantine sets styles on elements; scripts come from files alone.
        'style-src': ["'self'", "'unsafe-inline'"],
        'upgrade-insecure-requests': overTls ? [] : null,
      },
    },
  });

const KNOWN_PATHS = [
  ...ENDPOINTS,
  ...VENDOR_ROUTES,
  ...CSV_DOWNLOADS,
  decisionStreamDocument,
  exportDocument,
].map(({ method, path }) => ({
  method: method.toUpperCase(),
  pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
}));

const wrongMethod: RequestHandler = (request, response, next) => {
  const allowed = KNOWN_PATHS.filter(({ pattern }) => pattern.test(request.path)).map(({ method }) => method);
  if (allowed.length === 0) return next();
  response.setHeader('allow', allowed.join(', '));
  throw problem('method_not_allowed', `Use ${allowed.join(' or ')}.`);
};

/** Who is unknown, may not, or asks too often: somebody may be trying. */
const REFUSALS: ReadonlySet<number> = new Set([401, 403, 429]);

const toProblemReply =
  (parts: HttpParts): ErrorRequestHandler =>
  (thrown: unknown, request, response, _next) => {
    const error = asProblem(thrown);
    const id = requestIdOf(request);
    const about = { requestId: id, method: request.method, path: request.path };
    if (!(error instanceof AppError))
      parts.log.error({ ...about, err: error }, 'a request failed unexpectedly');
    else if (error.status >= 500)
      parts.log.warn({ ...about, code: error.code, err: error.cause }, error.message);
    else if (REFUSALS.has(error.status))
      parts.log.info({ ...about, code: error.code, address: addressOf(request) }, 'refused');
    sendProblem(response, error, id);
  };

/** Express itself throws on an address it cannot decode. */
const asProblem = (thrown: unknown): unknown =>
  thrown instanceof URIError
    ? problem('invalid_request', 'Correct the percent-encoding of the address.')
    : thrown;
