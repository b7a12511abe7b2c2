import { Router } from 'express';
import type { Scheduler } from '../scheduler.ts';
import type { Automation } from './automation.ts';
import type { SeedZohoOrg } from './company.ts';
import { accountsUrl, apiUrl } from './data-centres.ts';
import { ZohoError } from './errors.ts';
import { createZohoFaults, type ZohoFault } from './faults.ts';
import { createAccountsRouter } from './http/accounts-router.ts';
import { createApiRouter } from './http/api-router.ts';
import { createJobs } from './http/jobs.ts';
import { createLimits, type Limits } from './limits.ts';
import { createChannels } from './notifications/channels.ts';
import { createPushes } from './notifications/pushes.ts';
import { type AppRegistration, createOAuth } from './oauth/create-oauth.ts';
import { USUAL_SCOPES } from './oauth/scopes.ts';
import { createOrg, type Org, type ZohoUser } from './org.ts';
import { createPeopleWrites, storedRow } from './people-writes.ts';
import { installingUser, seedOrg } from './seed.ts';
import { createStats, type StatsView } from './stats.ts';
import type { Row, RowChange } from './types.ts';

export interface ZohoOptions {
  readonly app: AppRegistration;
  /** Where this is mounted. */
  readonly baseUrl: () => string;
  readonly scheduler: Scheduler;
  readonly random: () => number;
}

/** What an app holds after an installation. */
export interface ZohoInstallation {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly accountsServer: string;
  readonly apiDomain: string;
  readonly orgId: string;
  readonly userId: string;
}

const FIRST_ORG = 6_756_839;

interface OrgParts {
  readonly org: Org;
  readonly limits: Limits;
}

/** The stand-in for Zoho CRM: accounts servers and APIs as a router, and the strings that tests, pages and people pull. */
export const createZoho = ({ app, baseUrl, scheduler, random }: ZohoOptions) => {
  const { now } = scheduler;
  const orgs = new Map<string, OrgParts>();
  const listeners = new Set<(org: Org, changes: readonly RowChange[]) => void>();
  const oauth = createOAuth(app, now);
  const stats = createStats(oauth.mints);
  const faults = createZohoFaults((ms, task) => void setTimeout(task, ms));
  const channels = createChannels();
  const pushes = createPushes({ channels, scheduler, random, baseUrl });
  const jobs = createJobs(scheduler);

  const partsOf = (domain?: string): OrgParts => {
    const found = domain === undefined ? [...orgs.values()][0] : orgs.get(domain);
    if (!found) throw new ZohoError('INVALID_DATA', `There is no org ${domain ?? ''}: make one with addOrg`);
    return found;
  };
  const orgNamed = (domain?: string): Org => partsOf(domain).org;

  const emit = (org: Org, changes: readonly RowChange[]): void => {
    pushes.changed(org, changes);
    for (const listener of listeners) listener(org, changes);
  };

  const makeOrg = ({
    domain,
    name,
    timezone,
    dc = 'com',
    edition = 'enterprise',
    automation,
  }: SeedZohoOrg): OrgParts => {
    const org: Org = createOrg({
      number: FIRST_ORG + orgs.size,
      domain,
      dc,
      edition,
      name,
      timezone,
      now,
      emit: (changes) => emit(org, changes),
    });
    org.automation = { ...org.automation, ...automation };
    return { org, limits: createLimits(now, { edition, users: () => org.users.size }) };
  };

  const router = Router();
  router.use(
    '/accounts.:dc',
    createAccountsRouter({
      oauth,
      faults,
      baseUrl,
      orgOf: (domain) => (domain === undefined ? [...orgs.values()][0]?.org : orgs.get(domain)?.org),
    }),
  );
  // Where a record opens for people.
  router.get('/api.:dc/crm/:org/tab/:module/:id', (req, res) =>
    res.redirect(302, `/desk/zoho/${encodeURIComponent(String(req.params.id))}`),
  );
  router.use(
    '/api.:dc',
    createApiRouter({
      oauth,
      faults,
      stats,
      channels,
      jobs,
      baseUrl,
      orgWithId: (id) => [...orgs.values()].find(({ org }) => org.id === id),
    }),
  );

  return {
    router,
    app,
    oauth,
    /** Makes an org, or adds people to one that is there. */
    addOrg: (seed: SeedZohoOrg): Org => {
      const made = orgs.get(seed.domain) ?? makeOrg(seed);
      orgs.set(seed.domain, made);
      if (seed.fairleadFields !== undefined) made.org.fairleadFields = seed.fairleadFields;
      seedOrg(made.org, seed);
      return made.org;
    },
    org: orgNamed,
    orgs: (): readonly Org[] => [...orgs.values()].map(({ org }) => org),
    ...createPeopleWrites(orgNamed),
    /** A record as it is stored. Throws ZohoError. */
    record: (where: { readonly domain?: string; readonly objectType?: string; readonly id: string }): Row =>
      storedRow(orgNamed(where.domain), where.objectType ?? 'Leads', where.id),
    /** Installs the app without the consent page, for the person `by` (an e-mail) or the first one. */
    install: (domain?: string, by?: string, scopes: readonly string[] = USUAL_SCOPES): ZohoInstallation => {
      const org = orgNamed(domain);
      const user = installingUser(org, by);
      const session = oauth.install({ dc: org.dc, orgId: org.id, userId: user.id, scopes });
      return {
        accessToken: session.token,
        refreshToken: session.refreshToken ?? '',
        accountsServer: accountsUrl(baseUrl(), org.dc),
        apiDomain: apiUrl(baseUrl(), org.dc),
        orgId: org.id,
        userId: user.id,
      };
    },
    /** The app is taken out of an org: tokens and channels die. */
    revoke: (domain?: string): void => {
      const { id } = orgNamed(domain);
      oauth.uninstall(id);
      channels.forget(id);
    },
    /** A person leaves, or comes back. */
    setUserStatus: (email: string, status: ZohoUser['status'], domain?: string): void => {
      const org = orgNamed(domain);
      const user = [...org.users.values()].find((one) => one.email === email);
      if (!user) throw new ZohoError('INVALID_DATA', `There is no user ${email}`);
      org.users.set(user.id, { ...user, status });
    },
    /** Takes a module (`Leads`) out of what the API knows, or deletes a field (`Leads.Language`); or gives it back. */
    hide: (name: string, hidden = true, domain?: string): void => {
      if (hidden) orgNamed(domain).hidden.add(name);
      else orgNamed(domain).hidden.delete(name);
    },
    setAutomation: (change: Partial<Automation>, domain?: string): void => {
      const org = orgNamed(domain);
      org.automation = { ...org.automation, ...change };
    },
    setFaults: (wanted: readonly ZohoFault[]): void => faults.set(wanted),
    faults,
    limits: (domain?: string): Limits => partsOf(domain).limits,
    stats: (): StatsView => stats.view(),
    resetStats: (): void => stats.reset(),
    channels,
    pushes,
    dropPushes: (share: number): void => pushes.switches.set({ drop: share }),
    duplicatePushes: (share: number): void => pushes.switches.set({ duplicate: share }),
    reorderPushes: (on: boolean): void => pushes.switches.set({ reorder: on }),
    /** Hears what each write changed; the returned function stops it. */
    onChange: (listener: (org: Org, changes: readonly RowChange[]) => void): (() => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: (): Promise<void> => pushes.close(),
  };
};

export type ZohoSandbox = ReturnType<typeof createZoho>;
