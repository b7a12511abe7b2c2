import express, { type ErrorRequestHandler, type Request, Router } from 'express';
import { CONTROL_BODIES, parseBody } from './control-bodies.ts';
import type { SalesforceSandbox } from './create-salesforce.ts';
import { SalesforceError } from './errors.ts';
import { leadHistory } from './lead-facts.ts';

const onError: ErrorRequestHandler = (error, _req, res, next) => {
  if (!(error instanceof SalesforceError)) return next(error);
  res.status(error.status).json(error.body);
};

const text = (value: unknown): string | undefined => (value === undefined ? undefined : String(value));

const domainIn = (req: Request): { readonly domain?: string } => {
  const domain = text(req.query.domain);
  return domain === undefined ? {} : { domain };
};

/** What people do in the org: create, change, give away, delete, merge, convert. */
const peopleRoutes = (router: Router, salesforce: SalesforceSandbox): void => {
  router.post('/records', (req, res) =>
    res.status(201).json(salesforce.create(parseBody(CONTROL_BODIES.record, req))),
  );
  router.post('/update', (req, res) => {
    salesforce.update(parseBody(CONTROL_BODIES.update, req));
    res.json({});
  });
  router.post('/owner', (req, res) => {
    salesforce.changeOwner(parseBody(CONTROL_BODIES.owner, req));
    res.json({});
  });
  router.post('/merge', (req, res) => {
    salesforce.merge(parseBody(CONTROL_BODIES.merge, req));
    res.json({});
  });
  for (const verb of ['remove', 'undelete', 'convert'] as const) {
    router.post(`/${verb}`, (req, res) => {
      salesforce[verb](parseBody(CONTROL_BODIES.where, req));
      res.json({});
    });
  }
  router.get('/record', (req, res) => {
    const where = {
      ...domainIn(req),
      objectType: text(req.query.objectType) ?? 'Lead',
      id: String(req.query.id ?? ''),
    };
    const record = salesforce.record(where);
    const org = salesforce.org(where.domain);
    res.json({
      record,
      history: leadHistory(org, record.Id),
      journal: salesforce.journal.entries(record.Id),
      flowRuns: salesforce.flow.runs(record.Id),
    });
  });
};

const flowRoutes = (router: Router, salesforce: SalesforceSandbox): void => {
  router.post('/flow', async (req, res) => {
    res.json(await salesforce.flow.ask(parseBody(CONTROL_BODIES.flow, req)));
  });
  router.get('/flow-runs', (req, res) =>
    res.json({ runs: salesforce.flow.runs(text(req.query.id)).slice(-Number(req.query.limit ?? 100)) }),
  );
};

const orgRoutes = (router: Router, salesforce: SalesforceSandbox): void => {
  router.put('/orgs', (req, res) => {
    const org = salesforce.addOrg(parseBody(CONTROL_BODIES.org, req));
    res.json({ id: org.id, domain: org.domain, instanceUrl: salesforce.instanceUrl(org.domain) });
  });
  router.get('/orgs', (_req, res) =>
    res.json({
      orgs: salesforce.orgs().map(({ id, domain, name, packageInstalled, automation }) => ({
        id,
        domain,
        name,
        packageInstalled,
        automation,
        instanceUrl: salesforce.instanceUrl(domain),
      })),
    }),
  );
  router.post('/install', (req, res) => {
    const { domain, by } = parseBody(CONTROL_BODIES.install, req);
    res.json(salesforce.install(domain, by));
  });
  router.post('/revoke', (req, res) => {
    salesforce.revoke(parseBody(CONTROL_BODIES.install, req).domain);
    res.json({});
  });
  router.post('/expire-sessions', (_req, res) => {
    salesforce.oauth.expireAll();
    res.json({});
  });
};

const switchRoutes = (router: Router, salesforce: SalesforceSandbox): void => {
  router.get('/stats', (_req, res) => res.json({ ...salesforce.stats(), pubsub: salesforce.pubsub.stats() }));
  router.post('/stats/reset', (_req, res) => {
    salesforce.resetStats();
    res.json({});
  });
  router.post('/faults', (req, res) => {
    salesforce.setFaults(parseBody(CONTROL_BODIES.faults, req).faults);
    res.json({});
  });
  router.post('/settings', (req, res) => {
    const wanted = parseBody(CONTROL_BODIES.settings, req);
    const { domain } = wanted;
    if (wanted.automation) salesforce.setAutomation(wanted.automation, domain);
    if (wanted.oauth) salesforce.setOAuth(wanted.oauth);
    if (wanted.limits) salesforce.limits(domain).set(wanted.limits);
    if (wanted.flow) salesforce.flow.set(wanted.flow);
    if (wanted.pushes) salesforce.pubsub.pushes.set(wanted.pushes);
    if (wanted.changeData) salesforce.setChangeData(wanted.changeData, domain);
    if (wanted.packageInstalled !== undefined)
      salesforce.setPackageInstalled(wanted.packageInstalled, domain);
    if (wanted.fairleadCredential !== undefined)
      salesforce.org(domain).fairleadCredential = wanted.fairleadCredential;
    res.json({});
  });
  router.post('/break-streams', (_req, res) => {
    salesforce.pubsub.breakStreams();
    res.json({});
  });
  router.post('/new-day', (req, res) => {
    salesforce.limits(parseBody(CONTROL_BODIES.install, req).domain).reset();
    res.json({});
  });
  router.get('/journal', (req, res) =>
    res.json({
      entries: salesforce.journal.entries(text(req.query.id)).slice(-Number(req.query.limit ?? 200)),
    }),
  );
};

/** The strings of the stand-in over HTTP: for tests in other processes, the start script and people with curl. */
export const createSalesforceControl = (salesforce: SalesforceSandbox): Router => {
  const router = Router();
  router.use(express.json({ limit: '5mb' }));
  peopleRoutes(router, salesforce);
  flowRoutes(router, salesforce);
  orgRoutes(router, salesforce);
  switchRoutes(router, salesforce);
  router.use(onError);
  return router;
};
