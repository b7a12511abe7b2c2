import express, { type ErrorRequestHandler, type Request, Router } from 'express';
import { z } from 'zod';
import { faultsBody } from '../faults.ts';
import { PUSH_CHANGE } from '../push-switches.ts';
import type { Automation } from './automation.ts';
import type { SeedUser } from './company.ts';
import type { PipedriveSandbox } from './create-pipedrive.ts';
import { badRequest, PipedriveError } from './errors.ts';
import { PIPEDRIVE_FAULTS } from './faults.ts';
import type { LimitSettings } from './limits/create-limits.ts';
import type { OAuthSettings } from './oauth/create-oauth.ts';

const domain = z.string().exactOptional();
const by = z.string().exactOptional();
const id = z.union([z.string(), z.number()]);
const where = z.object({ domain, objectType: z.string().default('lead'), id, by });
const values = z.record(z.string(), z.unknown());

/** Bodies of the control endpoints. A wrong one is answered with 400 and the field at fault. */
const BODIES = {
  record: z.object({ domain, objectType: z.string().default('lead'), values, by }),
  where,
  update: where.extend({ values }),
  owner: where.extend({ ownerId: id }),
  merge: where.extend({ mergeId: id }),
  company: z.object({
    domain: z.string().regex(/^[a-z][a-z0-9-]*$/),
    name: z.string(),
    users: z.array(z.custom<SeedUser>()).default([]),
    plan: z.enum(['lite', 'growth', 'premium', 'ultimate']).exactOptional(),
    seats: z.int().min(1).exactOptional(),
  }),
  install: z.object({ domain, by }),
  faults: faultsBody(PIPEDRIVE_FAULTS),
  settings: z.object({
    domain,
    automation: z.custom<Partial<Automation>>().optional(),
    oauth: z.custom<Partial<OAuthSettings>>().optional(),
    limits: z.custom<Partial<LimitSettings>>().optional(),
    pushes: PUSH_CHANGE.optional(),
  }),
  panel: z.object({
    domain,
    by,
    resource: z.enum(['deal', 'person', 'organization']),
    selectedIds: z.string(),
    isShared: z.boolean().exactOptional(),
  }),
} as const;

const bodyOf = <T>(schema: z.ZodType<T>, req: Request): T => {
  const parsed = schema.safeParse(req.body ?? {});
  if (parsed.success) return parsed.data;
  throw badRequest(
    parsed.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`).join('; '),
  );
};

const onError: ErrorRequestHandler = (error, _req, res, next) => {
  if (!(error instanceof PipedriveError)) return next(error);
  res.status(error.status).json({ error: error.message });
};

/** What people do in the company: create, change, give away, delete, merge, convert. */
const peopleRoutes = (router: Router, pipedrive: PipedriveSandbox): void => {
  router.post('/records', (req, res) => res.status(201).json(pipedrive.create(bodyOf(BODIES.record, req))));
  router.post('/update', (req, res) => {
    pipedrive.update(bodyOf(BODIES.update, req));
    res.json({});
  });
  router.post('/owner', (req, res) => {
    pipedrive.changeOwner(bodyOf(BODIES.owner, req));
    res.json({});
  });
  router.post('/merge', (req, res) => {
    pipedrive.merge(bodyOf(BODIES.merge, req));
    res.json({});
  });
  router.post('/remove', (req, res) => {
    pipedrive.remove(bodyOf(BODIES.where, req));
    res.json({});
  });
  router.post('/convert', (req, res) => res.json(pipedrive.convert(bodyOf(BODIES.where, req))));
  router.get('/record', (req, res) => {
    const { domain: named, objectType, id: recordId } = req.query;
    res.json({
      record: pipedrive.record({
        ...(typeof named === 'string' && { domain: named }),
        objectType: String(objectType ?? 'lead'),
        id: String(recordId ?? ''),
      }),
    });
  });
};

const companyRoutes = (router: Router, pipedrive: PipedriveSandbox): void => {
  router.put('/companies', (req, res) => {
    const account = pipedrive.addCompany(bodyOf(BODIES.company, req));
    res.json({ id: account.id, domain: account.domain, apiDomain: pipedrive.apiUrl(account.domain) });
  });
  router.get('/companies', (_req, res) =>
    res.json({
      companies: pipedrive.accounts().map((account) => ({
        id: account.id,
        domain: account.domain,
        name: account.name,
        plan: account.plan,
        automation: account.automation,
        apiDomain: pipedrive.apiUrl(account.domain),
      })),
    }),
  );
  router.post('/install', (req, res) => {
    const { domain: named, by: whom } = bodyOf(BODIES.install, req);
    res.json(pipedrive.install(named, whom));
  });
  router.post('/revoke', (req, res) => {
    const { domain: named, by: whom } = bodyOf(BODIES.install, req);
    pipedrive.revoke(named, whom);
    res.json({});
  });
  router.post('/uninstall', async (req, res) => {
    const { domain: named, by: whom } = bodyOf(BODIES.install, req);
    res.json({ answered: await pipedrive.uninstall(named, whom) });
  });
  router.post('/expire-sessions', (_req, res) => {
    pipedrive.oauth.expireAll();
    res.json({});
  });
  router.post('/panel', async (req, res) => res.json(await pipedrive.askPanel(bodyOf(BODIES.panel, req))));
};

const switchRoutes = (router: Router, pipedrive: PipedriveSandbox): void => {
  router.get('/stats', (_req, res) => res.json(pipedrive.stats()));
  router.post('/stats/reset', (_req, res) => {
    pipedrive.resetStats();
    res.json({});
  });
  router.post('/faults', (req, res) => {
    pipedrive.setFaults(bodyOf(BODIES.faults, req).faults);
    res.json({});
  });
  router.get('/pushes', (_req, res) => {
    const { history, idle, switches } = pipedrive.pushes;
    res.json({ pushes: history().slice(-200), idle: idle(), counts: switches.counts() });
  });
  router.post('/settings', (req, res) => {
    const wanted = bodyOf(BODIES.settings, req);
    if (wanted.automation) pipedrive.setAutomation(wanted.automation, wanted.domain);
    if (wanted.oauth) pipedrive.setOAuth(wanted.oauth);
    if (wanted.limits) pipedrive.limits(wanted.domain).set(wanted.limits);
    if (wanted.pushes) pipedrive.pushes.switches.set(wanted.pushes);
    res.json({});
  });
};

/** The strings of the stand-in over HTTP: for tests in other processes, the start script and people with curl. */
export const createPipedriveControl = (pipedrive: PipedriveSandbox): Router => {
  const router = Router();
  router.use(express.json({ limit: '5mb' }));
  peopleRoutes(router, pipedrive);
  companyRoutes(router, pipedrive);
  switchRoutes(router, pipedrive);
  router.use(onError);
  return router;
};
