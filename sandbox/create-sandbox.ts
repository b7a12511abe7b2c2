import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { createCards } from './cards/create-cards.ts';
import { createDesk } from './desk/create-desk.ts';
import type { SeedEnvironment } from './dynamics/company.ts';
import type { DynamicsSandbox } from './dynamics/create-dynamics.ts';
import { openDynamics } from './dynamics/stand-in.ts';
import type { SeedAccount } from './hubspot/company.ts';
import type { HubSpotSandbox } from './hubspot/create-hubspot.ts';
import type { LimitSettings } from './hubspot/rate-limits.ts';
import { openHubSpot } from './hubspot/stand-in.ts';
import { indexPage } from './index-page.ts';
import { NOWHERE } from './open-id/return-addresses.ts';
import { createPeople, type People } from './people/create-people.ts';
import type { LeadWords } from './people/lead-generator.ts';
import type { SeedCompany } from './pipedrive/company.ts';
import type { PipedriveSandbox } from './pipedrive/create-pipedrive.ts';
import { openPipedrive } from './pipedrive/stand-in.ts';
import type { SeedOrg } from './salesforce/company.ts';
import type { SalesforceSandbox } from './salesforce/create-salesforce.ts';
import { openSalesforce } from './salesforce/stand-in.ts';
import { createSavedFiles } from './saved-files.ts';
import { createScheduler, type Scheduler } from './scheduler.ts';
import type { SlackSandbox, SlackSandboxOptions } from './slack/create-slack-sandbox.ts';
import { openSlack } from './slack/stand-in.ts';
import type { StandIn, StandInDeps } from './stand-in.ts';
import { type CrmSync, createCrmSync } from './sync/create-crm-sync.ts';
import { createSyncControl } from './sync/sync-control.ts';
import type { SeedZohoOrg } from './zoho/company.ts';
import type { ZohoSandbox } from './zoho/create-zoho.ts';
import { openZoho } from './zoho/stand-in.ts';

export interface SandboxOptions {
  /** 0 takes a free port. */
  readonly port: number;
  readonly host?: string;
  /** The origin by which people and Fairlead know it, and its addresses begin; unset: 127.0.0.1 with its port. */
  readonly publicUrl?: string;
  /** Where Fairlead listens. May be set later with `pointAt`. */
  readonly fairleadUrl?: string;
  /** The address signatures cover; unset: `fairleadUrl`. */
  readonly fairleadPublicUrl?: string;
  readonly hubspotClientId?: string;
  readonly hubspotClientSecret?: string;
  readonly salesforceClientId?: string;
  readonly salesforceClientSecret?: string;
  readonly zohoClientId?: string;
  readonly zohoClientSecret?: string;
  readonly pipedriveClientId?: string;
  readonly pipedriveClientSecret?: string;
  /** The port of Salesforce's Pub/Sub API; unset: a free one. */
  readonly salesforcePubSubPort?: number;
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
  /** Orgs of Zoho CRM there from the start; unset: none. */
  readonly zohoOrgs?: readonly SeedZohoOrg[];
  /** Pipedrive companies there from the start; unset: none. */
  readonly companies?: readonly SeedCompany[];
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
  readonly zoho: ZohoSandbox;
  readonly pipedrive: PipedriveSandbox;
  readonly dynamics: DynamicsSandbox;
  readonly slack: SlackSandbox;
  readonly people: People;
  /** HubSpot's own sync with Salesforce; off until started. */
  readonly sync: CrmSync;
  /** Sends webhooks, actions and interactions there from now on. */
  readonly pointAt: (url: string, publicUrl?: string) => void;
  readonly close: () => Promise<void>;
}

const CARDS = '/cards';
const EMPTY_ACCOUNT: SeedAccount = {
  portalId: 4_711_001,
  name: 'Empty account',
  timezone: 'America/New_York',
  people: [],
  workflows: [],
};

/** The CRMs and Slack, as strict as we know them to be, on one port of this machine. */
export const createSandbox = async (options: SandboxOptions): Promise<Sandbox> => {
  const scheduler = options.scheduler ?? createScheduler();
  const random = options.random ?? Math.random;
  const files = createSavedFiles(options.dataDir ?? null);
  const fairleadUrl = options.fairleadUrl ?? NOWHERE;
  const target = { url: fairleadUrl, publicUrl: options.fairleadPublicUrl ?? fairleadUrl };
  let baseUrl = '';
  const depsOf = (slug: string): StandInDeps => ({
    scheduler,
    random,
    target,
    files,
    baseUrl: () => `${baseUrl}/${slug}`,
  });

  const { hubspot, ...forHubSpot } = await openHubSpot(depsOf('hubspot'), {
    clientId: options.hubspotClientId ?? 'sandbox-hubspot-client',
    clientSecret: options.hubspotClientSecret ?? 'sandbox-hubspot-secret',
    accounts: options.accounts ?? [EMPTY_ACCOUNT],
    limits: options.limits ?? {},
  });
  const { salesforce, ...forSalesforce } = await openSalesforce(depsOf('salesforce'), {
    clientId: options.salesforceClientId ?? 'sandbox-salesforce-client',
    clientSecret: options.salesforceClientSecret ?? 'sandbox-salesforce-secret',
    orgs: options.orgs ?? [],
    arrive: () => people.arriveIn('salesforce'),
    cardUrl: (id, as) => cards.urlOf({ crm: 'salesforce', objectType: 'Lead', id, as }),
  });
  const { zoho, ...forZoho } = await openZoho(depsOf('zoho'), {
    clientId: options.zohoClientId ?? 'sandbox-zoho-client',
    clientSecret: options.zohoClientSecret ?? 'sandbox-zoho-secret',
    orgs: options.zohoOrgs ?? [],
    arrive: () => people.arriveIn('zoho'),
    cardUrl: (id, as) => cards.urlOf({ crm: 'zoho', objectType: 'Leads', id, as }),
  });
  const { pipedrive, ...forPipedrive } = await openPipedrive(depsOf('pipedrive'), {
    clientId: options.pipedriveClientId ?? 'sandbox-pipedrive-client',
    clientSecret: options.pipedriveClientSecret ?? 'sandbox-pipedrive-secret',
    companies: options.companies ?? [],
    arrive: () => people.arriveIn('pipedrive'),
  });
  const { dynamics, ...forDynamics } = await openDynamics(depsOf('dynamics'), {
    clientId: options.dynamicsClientId ?? 'sandbox-dynamics-client',
    clientSecret: options.dynamicsClientSecret ?? 'sandbox-dynamics-secret',
    environments: options.environments ?? [],
    arrive: () => people.arriveIn('dynamics'),
    cardUrl: (id, as) => cards.urlOf({ crm: 'dynamics', objectType: 'lead', id, as }),
  });
  // Every CRM there is: a further one is opened above and stands here.
  const standIns: readonly StandIn[] = [
    forHubSpot.standIn,
    forSalesforce.standIn,
    forDynamics.standIn,
    forZoho.standIn,
    forPipedrive.standIn,
  ];

  const { slack, standIn: slackStandIn } = await openSlack(depsOf('slack'), {
    signingSecret: options.slackSigningSecret ?? 'sandbox-slack-secret',
    ...options.slack,
  });

  const sync = createCrmSync({ hubspot, salesforce, scheduler });
  const people = createPeople({
    hubspot,
    salesforce,
    dynamics,
    zoho,
    pipedrive,
    slackState: () => slack.state,
    baseUrl: () => baseUrl,
    scheduler,
    random,
    words: options.words ?? null,
  });
  const cards = createCards({ hubspot, salesforce, dynamics, zoho, target, now: scheduler.now, path: CARDS });
  const desk = createDesk({
    hubspot,
    standIns,
    slack: slackStandIn,
    cardUrl: cards.urlOf,
    fairleadUrl: () => target.publicUrl,
  });
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.get('/healthz', (_req, res) => res.json({ ok: true }));
  app.get('/', (_req, res) =>
    res.send(indexPage({ name: hubspot.portal().name, fairleadUrl: target.publicUrl, standIns })),
  );
  for (const { slug, router, control } of [...standIns, slackStandIn]) {
    app.use(`/${slug}`, router);
    app.use(`/control/${slug}`, control);
  }
  app.use('/desk', desk.router);
  app.use(CARDS, cards.router);
  app.use('/control/people', people.control);
  app.use('/control/sync', createSyncControl(sync));

  const server = createServer({ keepAliveTimeout: 65_000, maxHeaderSize: 32_768 }, app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host ?? '127.0.0.1', resolve);
  });
  await salesforce.pubsub.listen(options.salesforcePubSubPort ?? 0);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  baseUrl = options.publicUrl ?? url;

  return {
    url,
    hubspot,
    salesforce,
    zoho,
    pipedrive,
    dynamics,
    slack,
    people,
    sync,
    pointAt: (url, publicUrl = url) => {
      target.url = url;
      target.publicUrl = publicUrl;
    },
    close: async () => {
      people.stop();
      sync.stop();
      desk.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await Promise.all([...standIns.map((one) => one.close()), slackStandIn.close(), cards.close()]);
      await files.flush();
    },
  };
};
