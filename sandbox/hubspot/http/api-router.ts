import express, { type ErrorRequestHandler, Router } from 'express';
import { HubSpotError, notFound, validationError } from '../errors.ts';
import type { HubSpotFaults } from '../faults.ts';
import { accountRoutes } from './account-routes.ts';
import { associationsRoutes } from './associations-routes.ts';
import { authenticate, limitRate } from './authenticate.ts';
import { batchRoutes } from './batch-routes.ts';
import { callbacksRoutes } from './callbacks-routes.ts';
import { consentRoutes } from './consent-routes.ts';
import type { ApiContext } from './context.ts';
import { oauthRoutes } from './oauth-routes.ts';
import { objectsRoutes } from './objects-routes.ts';
import { ownersRoutes } from './owners-routes.ts';
import { pipelinesRoutes } from './pipelines-routes.ts';
import { propertiesRoutes } from './properties-routes.ts';
import { searchRoutes } from './search-routes.ts';

/** Record ids and callback ids out of a path, so that figures gather per endpoint. */
const routeName = (method: string, path: string): string =>
  `${method} ${path.replace(/\/(ap-[^/]+|\d{5,})(?=\/|$)/g, '/:id')}`;

const isBodyError = (error: unknown): error is { type: string; message: string } =>
  typeof error === 'object' &&
  error !== null &&
  'type' in error &&
  String((error as { type: unknown }).type).startsWith('entity.');

const asHubSpotError = (error: unknown): HubSpotError => {
  if (error instanceof HubSpotError) return error;
  if (isBodyError(error)) return validationError(`Invalid input JSON on line 1, column 1: ${error.message}`);
  console.error(error);
  return new HubSpotError(500, { message: 'internal error', category: 'INTERNAL_ERROR' });
};

const onError: ErrorRequestHandler = (error, _req, res, _next) => {
  const known = asHubSpotError(error);
  for (const [name, value] of Object.entries(known.headers)) res.setHeader(name, value);
  res.status(known.status).json(known.body);
};

/** api.hubapi.com: tokens first, then limits, scopes, the endpoint; every failure in HubSpot's own shape. */
export const createApiRouter = (context: ApiContext, faults: HubSpotFaults): Router => {
  const router = Router();
  router.use((req, res, next) => {
    const path = req.path;
    let startedAt = performance.now();
    req.on('resume-after-fault', () => {
      startedAt = performance.now();
    });
    let counted = false;
    const count = () => {
      if (!counted)
        context.stats.count(routeName(req.method, path), res.statusCode, performance.now() - startedAt);
      counted = true;
    };
    // Counted before whoever asked can ask for the figures; a reply that breaks off only ever closes.
    res.on('finish', count).on('close', count);
    next();
  });
  router.use((req, res, next) =>
    faults.middleware(req, res, (error) => {
      req.emit('resume-after-fault');
      next(error);
    }),
  );
  router.use(express.json({ limit: '3mb' }), express.urlencoded({ extended: false }));
  oauthRoutes(router, context);
  consentRoutes(router, context);
  router.use(authenticate(context), limitRate(context));
  searchRoutes(router, context);
  batchRoutes(router, context);
  associationsRoutes(router, context);
  objectsRoutes(router);
  ownersRoutes(router);
  propertiesRoutes(router);
  pipelinesRoutes(router);
  callbacksRoutes(router, context);
  accountRoutes(router, context);
  router.use(() => {
    throw notFound('resource not found');
  });
  router.use(onError);
  return router;
};
