import express, { type ErrorRequestHandler, type Request, Router } from 'express';
import type { SeedZohoOrg } from './company.ts';
import { CONTROL_BODIES, parseBody } from './control-bodies.ts';
import type { ZohoSandbox } from './create-zoho.ts';
import { accountsUrl, apiUrl } from './data-centres.ts';
import { ZohoError } from './errors.ts';

const onError: ErrorRequestHandler = (error, _req, res, next) => {
  if (!(error instanceof ZohoError)) return next(error);
  res.status(error.status).json(error.body);
};

const text = (value: unknown): string | undefined => (value === undefined ? undefined : String(value));

/** What people do in the org: create, change, give away, delete, merge, convert, call. */
const peopleRoutes = (router: Router, zoho: ZohoSandbox): void => {
  router.post('/records', (req, res) =>
    res.status(201).json(zoho.create(parseBody(CONTROL_BODIES.record, req))),
  );
  const done = (path: string, work: (req: Request) => void): void => {
    router.post(path, (req, res) => {
      work(req);
      res.json({});
    });
  };
  done('/update', (req) => zoho.update(parseBody(CONTROL_BODIES.update, req)));
  done('/owner', (req) => zoho.changeOwner(parseBody(CONTROL_BODIES.owner, req)));
  done('/merge', (req) => zoho.merge(parseBody(CONTROL_BODIES.merge, req)));
  done('/remove', (req) => zoho.remove(parseBody(CONTROL_BODIES.where, req)));
  done('/convert', (req) => zoho.convert(parseBody(CONTROL_BODIES.where, req)));
  done('/lock', (req) => zoho.lock(parseBody(CONTROL_BODIES.lock, req)));
  done('/activity', (req) => zoho.recordActivity(parseBody(CONTROL_BODIES.activity, req)));
  router.get('/record', (req, res) => {
    const domain = text(req.query.domain);
    const record = zoho.record({
      ...(domain !== undefined && { domain }),
      objectType: text(req.query.objectType) ?? 'Leads',
      id: String(req.query.id ?? ''),
    });
    res.json({ record });
  });
};

const orgRoutes = (router: Router, zoho: ZohoSandbox, baseUrl: () => string): void => {
  const view = ({ id, domain, name, dc, edition }: ReturnType<ZohoSandbox['org']>) => ({
    id,
    domain,
    name,
    edition,
    accountsServer: accountsUrl(baseUrl(), dc),
    apiDomain: apiUrl(baseUrl(), dc),
  });
  router.put('/orgs', (req, res) => {
    res.json(view(zoho.addOrg(parseBody(CONTROL_BODIES.org, req) as SeedZohoOrg)));
  });
  router.get('/orgs', (_req, res) => res.json({ orgs: zoho.orgs().map(view) }));
  router.post('/install', (req, res) => {
    const { domain, by } = parseBody(CONTROL_BODIES.install, req);
    res.json(zoho.install(domain, by));
  });
  router.post('/revoke', (req, res) => {
    zoho.revoke(parseBody(CONTROL_BODIES.install, req).domain);
    res.json({});
  });
  router.post('/expire-tokens', (_req, res) => {
    zoho.oauth.expireAll();
    res.json({});
  });
  router.post('/user-status', (req, res) => {
    const { email, status, domain } = parseBody(CONTROL_BODIES.userStatus, req);
    zoho.setUserStatus(email, status, domain);
    res.json({});
  });
};

const switchRoutes = (router: Router, zoho: ZohoSandbox): void => {
  router.get('/stats', (_req, res) => res.json(zoho.stats()));
  router.post('/stats/reset', (_req, res) => {
    zoho.resetStats();
    res.json({});
  });
  router.post('/faults', (req, res) => {
    zoho.setFaults(parseBody(CONTROL_BODIES.faults, req).faults);
    res.json({});
  });
  router.post('/settings', (req, res) => {
    const { domain, automation, limits, pushes, timing, fairleadFields } = parseBody(
      CONTROL_BODIES.settings,
      req,
    );
    if (automation) zoho.setAutomation(automation, domain);
    if (limits) zoho.limits(domain).set(limits);
    if (pushes) zoho.pushes.switches.set(pushes);
    if (timing) zoho.pushes.set(timing);
    if (fairleadFields !== undefined) zoho.org(domain).fairleadFields = fairleadFields;
    res.json({});
  });
  router.post('/new-day', (req, res) => {
    zoho.limits(parseBody(CONTROL_BODIES.install, req).domain).reset();
    res.json({});
  });
  router.get('/channels', (req, res) =>
    res.json({ channels: zoho.channels.alive(zoho.org(text(req.query.domain))) }),
  );
  router.post('/expire-channels', (req, res) => {
    zoho.channels.expire(zoho.org(parseBody(CONTROL_BODIES.install, req).domain));
    res.json({});
  });
  router.get('/pushes', (req, res) =>
    res.json({
      deliveries: zoho.pushes.deliveries().slice(-Number(req.query.limit ?? 100)),
      idle: zoho.pushes.idle(),
      counts: zoho.pushes.switches.counts(),
    }),
  );
};

/** The strings of the stand-in over HTTP: for tests in other processes, the start script and people with curl. */
export const createZohoControl = (zoho: ZohoSandbox, baseUrl: () => string): Router => {
  const router = Router();
  router.use(express.json({ limit: '5mb' }));
  peopleRoutes(router, zoho);
  orgRoutes(router, zoho, baseUrl);
  switchRoutes(router, zoho);
  router.use(onError);
  return router;
};
