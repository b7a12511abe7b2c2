import express, { type ErrorRequestHandler, type Request, type Response, Router } from 'express';
import { notFound } from '../errors.ts';
import type { SalesforceFaults } from '../faults.ts';
import type { Org } from '../org.ts';
import type { OrgApi } from './api-call.ts';
import { createApiHandler } from './api-handler.ts';
import { errorReply } from './api-reply.ts';
import { versionList } from './api-versions.ts';
import { authorizeRoutes } from './authorize-routes.ts';
import { identityRoutes } from './identity-routes.ts';
import type { LoginContext } from './login-context.ts';
import { openIdRoutes } from './open-id-routes.ts';
import { createSoapHandler } from './soap-handler.ts';
import { tokenRoutes } from './token-routes.ts';

interface RouterDeps extends Omit<LoginContext, 'orgOf' | 'orgsOf' | 'isMyDomain'> {
  readonly faults: SalesforceFaults;
  /** The API of the org with that domain; without one, the first. */
  readonly apiOf: (domain?: string) => OrgApi | undefined;
  readonly orgs: () => readonly Org[];
}

const onError: ErrorRequestHandler = (error, _req, res, _next) => {
  const { status, body } = errorReply(error);
  res.status(status).json(body);
};

const domainOf = (req: Request): string | undefined => (req.params as { domain?: string }).domain;

/** login.salesforce.com, and below it each org's own host: `/<domain>`. */
export const createSalesforceRouter = (deps: RouterDeps): Router => {
  const { oauth, faults, apiOf, orgs } = deps;
  const handle = createApiHandler({ session: oauth.session, faults });
  const soap = createSoapHandler({ session: oauth.session, faults });
  const router = Router();

  const loginHost = (): Router => {
    const host = Router({ mergeParams: true });
    const context: LoginContext = {
      ...deps,
      orgOf: (req) => {
        const asked = domainOf(req) ?? (req.query.org === undefined ? undefined : String(req.query.org));
        return apiOf(asked)?.org;
      },
      orgsOf: (req) => {
        const domain = domainOf(req);
        return domain === undefined ? orgs() : orgs().filter((org) => org.domain === domain);
      },
      isMyDomain: (req) => domainOf(req) !== undefined,
    };
    host.use('/services/oauth2', faults.middleware, express.urlencoded({ extended: false }));
    authorizeRoutes(host, context);
    tokenRoutes(host, context);
    openIdRoutes(host, context);
    identityRoutes(host, context);
    return host;
  };

  const notThere = (res: Response): void => {
    const { status, body } = errorReply(notFound());
    res.status(status).json(body);
  };

  router.use(loginHost());
  router.get('/:domain/services/data', (_req, res) => res.json(versionList()));
  router.all(/^\/(?<domain>[^/]+)\/services\/data\/v(?<version>\d+\.\d+)(?<rest>\/.*)?$/, (req, res) => {
    const { domain, version = '', rest = '' } = req.params as Record<string, string | undefined>;
    const api = apiOf(domain);
    if (api) handle(req, res, api, version, rest);
    else notThere(res);
  });
  router.post('/:domain/services/Soap/u/:version', (req, res) => {
    const api = apiOf(req.params.domain);
    if (api) soap(req, res, api, req.params.version);
    else notThere(res);
  });
  router.use('/:domain', loginHost());
  router.get(['/:domain/lightning/r/:object/:id/view', '/:domain/:id'], (req, res) =>
    res.redirect(302, `/desk/salesforce/${encodeURIComponent(String(req.params.id))}`),
  );
  router.use((_req, res) => notThere(res));
  router.use(onError);
  return router;
};
