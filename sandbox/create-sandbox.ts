import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { createCards } from './cards/create-cards.ts';
import { createDesk } from './desk/create-desk.ts';
import type { SeedEnvironment } from './dynamics/company.ts';
import { createDynamicsControl } from './dynamics/control-routes.ts';
import { createDynamics, type DynamicsSandbox } from './dynamics/create-dynamics.ts';
import { keepDynamicsSaved } from './dynamics/saved-state.ts';
import type { SeedAccount } from './hubspot/company.ts';
import { createHubSpotControl } from './hubspot/control-routes.ts';
import { createHubSpot, type HubSpotSandbox } from './hubspot/create-hubspot.ts';
import type { LimitSettings } from './hubspot/rate-limits.ts';
import { keepHubSpotSaved } from './hubspot/saved-state.ts';
import { indexPage } from './index-page.ts';
import { createPeople, type People } from './people/create-people.ts';
import type { LeadWords } from './people/lead-generator.ts';
import type { SeedOrg } from './salesforce/company.ts';
import { createSalesforceControl } from './salesforce/control-routes.ts';
import { createSalesforce, type SalesforceSandbox } from './salesforce/create-salesforce.ts';
import { keepSalesforceSaved } from './salesforce/saved-state.ts';
import { createSavedFiles } from './saved-files.ts';
import { createScheduler, type Scheduler } from './scheduler.ts';
import {
  createSlackSandbox,
  type SlackSandbox,
  type SlackSandboxOptions,
} from './slack/create-slack-sandbox.ts';
import type { SlackState } from './slack/model.ts';
import { type CrmSync, createCrmSync } from './sync/create-crm-sync.ts';
import { createSyncControl } from './sync/sync-control.ts';

export interface SandboxOptions {
  /** 0 takes a free port. */
  readonly port: number;
  readonly host?: string;
  /** Where Fairlead listens. May be set later with `pointAt`. */
  readonly fairleadUrl?: string;
  /** The address signatures cover; unset: `fairleadUrl`. */
  readonly fairleadPublicUrl?: string;
  readonly hubspotClientId?: string;
  readonly hubspotClientSecret?: string;
  readonly salesforceClientId?: string;
  readonly salesforceClientSecret?: string;
  readonly dynamicsClientId?: string;
  readonly dynamicsClientSecret?: string;
  readonly slackSigningSecret?: string;
  readonly slack?: Partial<
    Pick<SlackSandboxOptions, 'credentials' | 'install' | 'users' | 'channels' | 'eventRetries' | 'limited'>
  >;
  /** HubSpot accounts there from the start; unset: one empty account, 4711001. */
  readonly accounts?: readonly SeedAccount[];
  /** Salesforce orgs there from the start; unset: none. */
  readonly orgs?: readonly SeedOrg[];
  /** Dataverse environments there from the start; unset: none. */
  readonly environments?: readonly SeedEnvironment[];
  readonly limits?: Partial<LimitSettings>;
  /** The clock and the timers: a compressed one shortens retries, a manual one stands still. */
  readonly scheduler?: Scheduler;
  readonly random?: () => number;
  /** A folder to keep the state in; unset: nothing is kept. */
  readonly dataDir?: string;
  /** What the website's visitors write; unset: nobody arrives. */
  readonly words?: LeadWords;
}

export interface Sandbox {
  readonly url: string;
  readonly hubspot: HubSpotSandbox;
  readonly salesforce: SalesforceSandbox;
  readonly dynamics: DynamicsSandbox;
  readonly slack: SlackSandbox;
  readonly people: People;
  /** HubSpot's own sync with Salesforce; off until started. */
  readonly sync: CrmSync;
  /** Sends webhooks, actions and interactions there from now on. */
  readonly pointAt: (url: string, publicUrl?: string) => void;
  readonly close: () => Promise<void>;
}

const APP_ID = 9_000_001;
const CARDS = '/cards';
const EMPTY_ACCOUNT: SeedAccount = {
  portalId: 4_711_001,
  name: 'Empty account',
  timezone: 'America/New_York',
  people: [],
  workflows: [],
};

/** HubSpot and Slack, as strict as we know them to be, on one port of this machine. */
export const createSandbox = async (options: SandboxOptions): Promise<Sandbox> => {
  const scheduler = options.scheduler ?? createScheduler();
  const files = createSavedFiles(options.dataDir ?? null);
  const fairleadUrl = options.fairleadUrl ?? 'http://127.0.0.1:9';
  const target = { url: fairleadUrl, publicUrl: options.fairleadPublicUrl ?? fairleadUrl };
  const hubspot = createHubSpot({
    app: {
      appId: APP_ID,
      clientId: options.hubspotClientId ?? 'sandbox-hubspot-client',
      clientSecret: options.hubspotClientSecret ?? 'sandbox-hubspot-secret',
    },
    target,
    scheduler,
    random: options.random ?? Math.random,
    ...(options.limits ? { limits: options.limits } : {}),
  });
  const accounts = options.accounts ?? [EMPTY_ACCOUNT];
  for (const account of accounts) hubspot.addAccount({ ...account, people: [] });
  await keepHubSpotSaved(hubspot, files);
  for (const account of accounts) hubspot.addAccount(account);

  let baseUrl = '';
  const salesforce = createSalesforce({
    app: {
      clientId: options.salesforceClientId ?? 'sandbox-salesforce-client',
      clientSecret: options.salesforceClientSecret ?? 'sandbox-salesforce-secret',
    },
    baseUrl: () => `${baseUrl}/salesforce`,
    scheduler,
    target,
  });
  const orgs = options.orgs ?? [];
  for (const org of orgs) salesforce.addOrg({ ...org, users: [], queues: [] });
  await keepSalesforceSaved(salesforce, files);
  for (const org of orgs) salesforce.addOrg(org);

  const dynamics = createDynamics({
    app: {
      clientId: options.dynamicsClientId ?? 'sandbox-dynamics-client',
      clientSecret: options.dynamicsClientSecret ?? 'sandbox-dynamics-secret',
    },
    baseUrl: () => `${baseUrl}/dynamics`,
    scheduler,
    random: options.random ?? Math.random,
  });
  const environments = options.environments ?? [];
  for (const environment of environments) dynamics.addEnvironment({ ...environment, users: [], teams: [] });
  await keepDynamicsSaved(dynamics, files);
  for (const environment of environments) dynamics.addEnvironment(environment);

  const savedSlack = (await files.load('slack')) as SlackState | null;
  const slack = createSlackSandbox({
    appUrl: () => target.url,
    baseUrl: () => `${baseUrl}/slack`,
    signingSecret: options.slackSigningSecret ?? 'sandbox-slack-secret',
    now: scheduler.now,
    ...options.slack,
    ...(savedSlack ? { saved: savedSlack } : {}),
    onChange: () => files.touched({ name: 'slack', dump: () => slack.state }),
  });

  const sync = createCrmSync({ hubspot, salesforce, scheduler });
  const people = createPeople({
    hubspot,
    salesforce,
    slackState: () => slack.state,
    baseUrl: () => baseUrl,
    scheduler,
    random: options.random ?? Math.random,
    words: options.words ?? null,
  });
  const cards = createCards({ hubspot, salesforce, target, now: scheduler.now, path: CARDS });
  const desk = createDesk({
    hubspot,
    salesforce,
    arriveInSalesforce: () => people.arriveInSalesforce(),
    cardUrl: cards.urlOf,
    fairleadUrl: () => target.publicUrl,
  });
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.get('/healthz', (_req, res) => res.json({ ok: true }));
  app.get('/', (_req, res) =>
    res.send(indexPage(hubspot.portal().name, target.publicUrl, salesforce.orgs().length > 0)),
  );
  app.use('/hubspot', hubspot.router);
  app.use('/salesforce', salesforce.router);
  app.use('/dynamics', dynamics.router);
  app.use('/desk', desk.router);
  app.use(CARDS, cards.router);
  app.use('/control/hubspot', createHubSpotControl(hubspot));
  app.use('/control/salesforce', createSalesforceControl(salesforce));
  app.use('/control/dynamics', createDynamicsControl(dynamics));
  app.use('/control/people', people.control);
  app.use('/control/sync', createSyncControl(sync));
  app.use('/slack', slack.router);
  app.use('/control/slack', slack.control);

  const server = createServer({ keepAliveTimeout: 65_000, maxHeaderSize: 32_768 }, app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host ?? '127.0.0.1', resolve);
  });
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url: baseUrl,
    hubspot,
    salesforce,
    dynamics,
    slack,
    people,
    sync,
    pointAt: (url, publicUrl = url) => {
      target.url = url;
      target.publicUrl = publicUrl;
    },
    close: async () => {
      people.set({ arrivalsPerMinute: 0, salesforcePerMinute: 0, present: false });
      sync.stop();
      desk.close();
      slack.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await Promise.all([hubspot.close(), salesforce.close(), dynamics.close(), cards.close()]);
      await files.flush();
    },
  };
};
