import express, { type ErrorRequestHandler, type Request, Router } from 'express';
import { CONTROL_BODIES, parseBody } from './control-bodies.ts';
import type { HubSpotSandbox } from './create-hubspot.ts';
import { HubSpotError, notFound } from './errors.ts';
import { recordView } from './http/views.ts';
import { objectTypeOf } from './object-types.ts';

const onError: ErrorRequestHandler = (error, _req, res, next) => {
  if (!(error instanceof HubSpotError)) return next(error);
  res.status(error.status).json(error.body);
};

const where = (req: Request) => ({
  objectType: String(req.query.objectType ?? 'contacts'),
  id: String(req.query.id ?? ''),
  ...(req.query.portalId === undefined ? {} : { portalId: Number(req.query.portalId) }),
});

/** What people do in the CRM: create, change, give away, delete, merge. */
const peopleRoutes = (router: Router, hubspot: HubSpotSandbox): void => {
  router.post('/records', (req, res) => {
    const record = hubspot.create(parseBody(CONTROL_BODIES.record, req));
    res.status(201).json({ id: record.id, properties: record.properties });
  });
  router.post('/update', (req, res) =>
    res.json({ changed: hubspot.update(parseBody(CONTROL_BODIES.update, req)) }),
  );
  router.post('/owner', (req, res) =>
    res.json({ changed: hubspot.changeOwner(parseBody(CONTROL_BODIES.owner, req)) }),
  );
  router.post('/archive', (req, res) => {
    hubspot.remove(parseBody(CONTROL_BODIES.where, req));
    res.json({});
  });
  router.post('/restore', (req, res) => {
    hubspot.restore(parseBody(CONTROL_BODIES.where, req));
    res.json({});
  });
  router.post('/convert', (req, res) =>
    res.json({ id: hubspot.convert(parseBody(CONTROL_BODIES.where, req)).id }),
  );
  router.post('/merge', (req, res) =>
    res.json({ id: hubspot.merge(parseBody(CONTROL_BODIES.merge, req)).id }),
  );
  router.post('/privacy-delete', (req, res) => {
    hubspot.privacyDelete(parseBody(CONTROL_BODIES.where, req));
    res.json({});
  });
  router.get('/record', (req, res) => {
    const portal = hubspot.portal(where(req).portalId);
    const type = objectTypeOf(where(req).objectType);
    if (!type) throw notFound(`There is no object type ${where(req).objectType}`);
    const names = [...portal.properties[type].keys()];
    res.json(recordView(portal, type, hubspot.record(where(req)), { properties: names, history: names }));
  });
};

const workflowRoutes = (router: Router, hubspot: HubSpotSandbox): void => {
  router.post('/workflow-run', (req, res) => {
    const { portalId, workflowId, id, inputFields } = parseBody(CONTROL_BODIES.workflowRun, req);
    const portal = hubspot.portal(portalId);
    const workflow = workflowId ?? hubspot.workflows.defined(portal.id)[0]?.id ?? 0;
    const run = hubspot.workflows.enrol(portal.id, workflow, id, inputFields);
    if (!run) throw notFound(`There is no workflow ${workflow} in account ${portal.id}`);
    res.status(201).json(run);
  });
  router.put('/workflows', (req, res) => {
    const { portalId, workflows } = parseBody(CONTROL_BODIES.workflows, req);
    hubspot.workflows.define(hubspot.portal(portalId).id, workflows);
    res.json({});
  });
  router.get('/workflow-history', (req, res) => {
    res.json({ runs: hubspot.workflows.history(hubspot.portal(where(req).portalId).id, where(req).id) });
  });
};

const accountRoutes = (router: Router, hubspot: HubSpotSandbox): void => {
  router.put('/accounts', (req, res) =>
    res.json({ portalId: hubspot.addAccount(parseBody(CONTROL_BODIES.account, req)).id }),
  );
  router.post('/install', (req, res) => {
    const { portalId, scopes } = parseBody(CONTROL_BODIES.portal, req);
    res.json(hubspot.install(portalId, scopes));
  });
  router.post('/revoke', (req, res) => {
    hubspot.tokens.uninstall(hubspot.portal(parseBody(CONTROL_BODIES.portal, req).portalId).id);
    res.json({});
  });
  router.post('/expire-tokens', (_req, res) => {
    hubspot.tokens.expireAll();
    res.json({});
  });
};

const switchRoutes = (router: Router, hubspot: HubSpotSandbox): void => {
  router.get('/stats', (_req, res) => res.json(hubspot.stats()));
  router.post('/stats/reset', (_req, res) => {
    hubspot.resetStats();
    res.json({});
  });
  router.post('/faults', (req, res) => {
    hubspot.setFaults(parseBody(CONTROL_BODIES.faults, req).faults);
    res.json({});
  });
  router.post('/settings', (req, res) => {
    const wanted = parseBody(CONTROL_BODIES.settings, req);
    const { limits, webhooks, pushes, workflows, subscriptions, searchLagMs } = wanted;
    if (limits) hubspot.limits.set(limits);
    if (webhooks) hubspot.webhooks.set(webhooks);
    if (pushes) hubspot.webhooks.switches.set(pushes);
    if (workflows) hubspot.workflows.set(workflows);
    if (subscriptions) hubspot.webhooks.subscribe(subscriptions);
    if (searchLagMs !== undefined) hubspot.setSearchLag(searchLagMs);
    res.json({});
  });
  router.get('/webhooks', (req, res) => {
    const deliveries = hubspot.webhooks.deliveries().slice(-Number(req.query.limit ?? 100));
    const { idle, switches } = hubspot.webhooks;
    res.json({ deliveries, idle: idle(), counts: switches.counts() });
  });
};

/** The strings of the stand-in over HTTP: for tests in other processes, the start script and people with curl. */
export const createHubSpotControl = (hubspot: HubSpotSandbox): Router => {
  const router = Router();
  router.use(express.json({ limit: '5mb' }));
  peopleRoutes(router, hubspot);
  workflowRoutes(router, hubspot);
  accountRoutes(router, hubspot);
  switchRoutes(router, hubspot);
  router.use(onError);
  return router;
};
