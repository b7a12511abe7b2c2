import express, { type ErrorRequestHandler, Router } from 'express';
import { CONTROL_BODIES, parseBody } from './control-bodies.ts';
import type { DynamicsSandbox } from './create-dynamics.ts';
import { DynamicsError } from './errors.ts';

const onError: ErrorRequestHandler = (error, _req, res, next) => {
  if (!(error instanceof DynamicsError)) return next(error);
  res.status(error.status).json(error.body);
};

const text = (value: unknown): string | undefined => (value === undefined ? undefined : String(value));

/** What people do in the environment: create, change, give away, delete, merge, qualify. */
const peopleRoutes = (router: Router, dynamics: DynamicsSandbox): void => {
  router.post('/records', (req, res) =>
    res.status(201).json(dynamics.create(parseBody(CONTROL_BODIES.record, req))),
  );
  router.post('/update', (req, res) => {
    dynamics.update(parseBody(CONTROL_BODIES.update, req));
    res.json({});
  });
  router.post('/owner', (req, res) => {
    dynamics.changeOwner(parseBody(CONTROL_BODIES.owner, req));
    res.json({});
  });
  router.post('/merge', (req, res) => {
    dynamics.merge(parseBody(CONTROL_BODIES.merge, req));
    res.json({});
  });
  for (const verb of ['remove', 'convert', 'disqualify'] as const) {
    router.post(`/${verb}`, (req, res) => {
      dynamics[verb](parseBody(CONTROL_BODIES.where, req));
      res.json({});
    });
  }
  router.get('/record', (req, res) => {
    const name = text(req.query.name);
    const where = { table: text(req.query.table) ?? 'lead', id: String(req.query.id ?? '') };
    res.json({ record: dynamics.record({ ...where, ...(name !== undefined && { name }) }) });
  });
};

const environmentRoutes = (router: Router, dynamics: DynamicsSandbox): void => {
  router.put('/environments', (req, res) => {
    const { id, name } = dynamics.addEnvironment(parseBody(CONTROL_BODIES.environment, req));
    res.json({ id, name, url: dynamics.url(name) });
  });
  router.get('/environments', (_req, res) =>
    res.json({
      environments: dynamics.environments().map(({ id, name, friendlyName, tenantId, installed }) => ({
        id,
        name,
        friendlyName,
        tenantId,
        installed,
        url: dynamics.url(name),
      })),
    }),
  );
  router.post('/install', (req, res) =>
    res.json(dynamics.install(parseBody(CONTROL_BODIES.named, req).name)),
  );
  router.post('/revoke', (req, res) => {
    const { name, how } = parseBody(CONTROL_BODIES.revoke, req);
    dynamics.revoke(name, how);
    res.json({});
  });
  router.post('/expire-tokens', (_req, res) => {
    dynamics.entra.expireAll();
    res.json({});
  });
};

const switchRoutes = (router: Router, dynamics: DynamicsSandbox): void => {
  router.get('/stats', (_req, res) => res.json(dynamics.stats()));
  router.post('/stats/reset', (_req, res) => {
    dynamics.resetStats();
    res.json({});
  });
  router.post('/faults', (req, res) => {
    dynamics.setFaults(parseBody(CONTROL_BODIES.faults, req).faults);
    res.json({});
  });
  router.get('/faults', (_req, res) => res.json({ faults: dynamics.faults.list() }));
  router.post('/settings', (req, res) => {
    const { name, automation, installed, limits, pushes, tokenMs } = parseBody(CONTROL_BODIES.settings, req);
    if (automation) dynamics.setAutomation(automation, name);
    if (installed) dynamics.setInstalled(installed, name);
    if (limits) dynamics.limits(name).set(limits);
    if (pushes) dynamics.setPushes(pushes);
    if (tokenMs !== undefined) dynamics.entra.setTokenMs(tokenMs);
    res.json({});
  });
  router.post('/new-window', (req, res) => {
    dynamics.limits(parseBody(CONTROL_BODIES.named, req).name).reset();
    res.json({});
  });
  router.get('/pushes', (req, res) =>
    res.json({
      deliveries: dynamics.pushes.deliveries().slice(-Number(req.query.limit ?? 100)),
      idle: dynamics.pushes.idle(),
      counts: dynamics.pushes.switches.counts(),
    }),
  );
};

/** The strings of the stand-in over HTTP: for tests in other processes, the start script and people with curl. */
export const createDynamicsControl = (dynamics: DynamicsSandbox): Router => {
  const router = Router();
  router.use(express.json({ limit: '5mb' }));
  peopleRoutes(router, dynamics);
  environmentRoutes(router, dynamics);
  switchRoutes(router, dynamics);
  router.use(onError);
  return router;
};
