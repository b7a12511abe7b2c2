import type { Router } from 'express';
import { createIdTokens } from '../open-id/id-tokens.ts';
import type { Scheduler } from '../scheduler.ts';
import { createApiLimits, type LimitSettings } from './api-limits.ts';
import type { Automation } from './automation.ts';
import { createBulkJobs } from './bulk/create-bulk-jobs.ts';
import type { SeedOrg } from './company.ts';
import { notFound } from './errors.ts';
import { createSalesforceFaults, type SalesforceFault } from './faults.ts';
import { createFlow } from './flow/create-flow.ts';
import type { OrgApi } from './http/api-call.ts';
import { createSalesforceRouter } from './http/salesforce-router.ts';
import { createJournal } from './journal.ts';
import { type AppRegistration, type OAuthSettings, USUAL_SCOPES } from './oauth/app.ts';
import { createOAuth } from './oauth/create-oauth.ts';
import { createOrg, type Org } from './org.ts';
import { createPeopleWrites, storedRow } from './people-writes.ts';
import { createPubSub } from './pubsub/create-pubsub.ts';
import { installingUser, seedOrg } from './seed.ts';
import { createCursors } from './soql/cursors.ts';
import { createStats, type StatsView } from './stats.ts';
import type { Row, RowChange } from './types.ts';

export interface SalesforceOptions {
  readonly app: AppRegistration;
  /** Where this is mounted: the login host's address. */
  readonly baseUrl: () => string;
  readonly scheduler: Scheduler;
  /** Where Fairlead listens. */
  readonly target: { readonly url: string };
  readonly limits?: Partial<LimitSettings>;
  /** For pushes that go astray. */
  readonly random?: () => number;
}

/** What an app holds after an installation. */
export interface Installation {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly instanceUrl: string;
  readonly loginUrl: string;
  /** 18 characters. */
  readonly orgId: string;
  readonly userId: string;
}

/** How long an ID token holds unless the app says otherwise. Seconds. Source: Salesforce help, "Configure ID token". */
const ID_TOKEN_S = 120;
const FIRST_ORG = 4_711_001;

/** The stand-in for Salesforce: its login hosts and APIs as a router, and the strings that tests, pages and people pull. */
export const createSalesforce = (options: SalesforceOptions) => {
  const { app, baseUrl, scheduler, target } = options;
  const now = scheduler.now;
  const orgs = new Map<string, OrgApi>();
  const listeners = new Set<(org: Org, changes: readonly RowChange[]) => void>();
  const stats = createStats();
  const faults = createSalesforceFaults((ms, task) => void setTimeout(task, ms));
  const oauth = createOAuth(app, now);
  const idTokens = createIdTokens({ now, lastsS: ID_TOKEN_S });
  const journal = createJournal();

  const apiOf = (domain?: string): OrgApi | undefined =>
    domain === undefined ? [...orgs.values()][0] : orgs.get(domain);

  const api = (domain?: string): OrgApi => {
    const found = apiOf(domain);
    if (!found) throw notFound(`There is no org ${domain ?? ''}: make one with addOrg`);
    return found;
  };

  const emit = (domain: string, changes: readonly RowChange[]): void => {
    const changed = api(domain).org;
    journal.note(changed, changes);
    flow.changed(changed, changes);
    pubsub.changed(changed, changes);
    for (const listener of listeners) listener(changed, changes);
  };

  const org = (domain?: string): Org => api(domain).org;
  const flow = createFlow({ orgNamed: org, target, scheduler, rowFault: faults.row });

  const makeApi = ({ domain, name, timezone, automation }: SeedOrg): OrgApi => {
    const number = FIRST_ORG + orgs.size;
    const made = createOrg({
      number,
      domain,
      name,
      timezone,
      now,
      emit: (changes) => emit(domain, changes),
    });
    made.automation = { ...made.automation, ...automation };
    return {
      org: made,
      limits: createApiLimits(now, options.limits),
      cursors: createCursors(now),
      stats,
      bulk: createBulkJobs(made, scheduler, faults.row),
      rowFault: faults.row,
      loginUrl: baseUrl,
    };
  };

  const instanceUrl = ({ domain }: Org): string => `${baseUrl()}/${domain}`;

  const orgWithId = (id: string): Org | undefined => [...orgs.values()].find((one) => one.org.id === id)?.org;

  const pubsub = createPubSub({
    scheduler,
    random: options.random ?? Math.random,
    session: oauth.session,
    orgWithId,
    instanceUrl,
  });

  const router: Router = createSalesforceRouter({
    oauth,
    idTokens,
    faults,
    now,
    orgs: () => [...orgs.values()].map((one) => one.org),
    apiOf,
    orgWithId,
    loginUrl: baseUrl,
    instanceUrl,
  });

  return {
    router,
    app,
    oauth,
    /** Who people are said to be. */
    idTokens,
    /** Makes an org, or adds people and queues to one that is there. */
    addOrg: (seed: SeedOrg): Org => {
      const made = orgs.get(seed.domain) ?? makeApi(seed);
      orgs.set(seed.domain, made);
      if (seed.packageInstalled !== undefined) made.org.packageInstalled = seed.packageInstalled;
      if (seed.fairleadCredential !== undefined) made.org.fairleadCredential = seed.fairleadCredential;
      seedOrg(made.org, seed);
      return made.org;
    },
    org,
    orgs: (): readonly Org[] => [...orgs.values()].map((one) => one.org),
    instanceUrl: (domain?: string): string => instanceUrl(org(domain)),
    ...createPeopleWrites(org),
    /** A record as it is stored. Throws SalesforceError NOT_FOUND. */
    record: (
      what: string | { readonly domain?: string; readonly objectType?: string; readonly id: string },
    ): Row => {
      const where = typeof what === 'string' ? { id: what } : what;
      return storedRow(org(where.domain), where.objectType ?? 'Lead', where.id);
    },
    /** Installs the app without the consent page, for the person `by` (an e-mail) or the first one. */
    install: (domain?: string, by?: string, scopes = USUAL_SCOPES): Installation => {
      const found = org(domain);
      const user = installingUser(found, by);
      const issued = oauth.install({ orgId: found.id, userId: user.Id, scopes });
      return {
        accessToken: issued.session.token,
        refreshToken: issued.refreshToken ?? '',
        instanceUrl: instanceUrl(found),
        loginUrl: baseUrl(),
        orgId: found.id,
        userId: user.Id,
      };
    },
    /** The customer removes the app: its tokens are void. */
    revoke: (domain?: string): void => oauth.uninstall(org(domain).id),
    /** Change Data Capture: on, off for leads, or none in the org's edition. */
    setChangeData: (state: Org['changeData'], domain?: string): void => {
      org(domain).changeData = state;
    },
    /** Takes an object (`Lead`) or a field (`Lead.Language__c`) out of what the app sees, or gives it back. */
    hide: (name: string, hidden = true, domain?: string): void => {
      if (hidden) org(domain).hidden.add(name);
      else org(domain).hidden.delete(name);
    },
    /** The Pub/Sub API. */
    pubsub,
    /** The share of change events that never comes: 0 to 1. */
    dropPushes: (share = 1): void => pubsub.pushes.set({ drop: share }),
    duplicatePushes: (share = 1): void => pubsub.pushes.set({ duplicate: share }),
    reorderPushes: (reorder = true): void => pubsub.pushes.set({ reorder }),
    setAutomation: (change: Partial<Automation>, domain?: string): void => {
      const found = org(domain);
      found.automation = { ...found.automation, ...change };
    },
    /** Whether the user with that e-mail address has confirmed it. */
    setConfirmed: (email: string, confirmed: boolean, domain?: string): void => {
      const { Id } = installingUser(org(domain), email);
      if (confirmed) org(domain).unconfirmed.delete(Id);
      else org(domain).unconfirmed.add(Id);
    },
    setPackageInstalled: (installed: boolean, domain?: string): void => {
      org(domain).packageInstalled = installed;
    },
    setOAuth: (change: Partial<OAuthSettings>): void => oauth.set(change),
    faults,
    setFaults: (wanted: readonly SalesforceFault[]): void => faults.set(wanted),
    limits: (domain?: string) => api(domain).limits,
    /** Jobs of the Bulk API. */
    bulk: (domain?: string) => api(domain).bulk,
    stats: (): StatsView => stats.view(),
    resetStats: (): void => stats.reset(),
    journal,
    /** The org's own Flow and trigger that call Fairlead. */
    flow,
    /** Hears what each committed transaction changed; the returned function stops it. */
    onChange: (listener: (org: Org, changes: readonly RowChange[]) => void): (() => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async (): Promise<void> => {
      pubsub.close();
      await flow.close();
    },
  };
};

export type SalesforceSandbox = ReturnType<typeof createSalesforce>;
