import { Router } from 'express';
import { createPushSwitches } from '../push-switches.ts';
import type { Scheduler } from '../scheduler.ts';
import { type Account, createAccount, type FieldOwner } from './account.ts';
import { type Automation, runAutomation } from './automation.ts';
import type { SeedCompany } from './company.ts';
import { notFound } from './errors.ts';
import { createPipedriveFaults, type PipedriveFault } from './faults.ts';
import { type CompanyApi, createApiRouter } from './http/api-router.ts';
import { createOAuthRouter } from './http/oauth-router.ts';
import { createLimits } from './limits/create-limits.ts';
import { APP_SCOPES, type AppRegistration, createOAuth, type OAuthSettings } from './oauth/create-oauth.ts';
import { createOwnerJournal } from './owner-journal.ts';
import { askPanel, type PanelAsk } from './panel.ts';
import { createPeopleWrites } from './people-writes.ts';
import { installingUser, seedCompany, userNamed } from './seed.ts';
import { createStats, type StatsView } from './stats.ts';
import type { Change } from './types.ts';
import { dropWebhooks, tellUninstalled } from './uninstall.ts';
import { createPushes } from './webhooks/create-pushes.ts';

export interface PipedriveOptions {
  readonly app: Omit<AppRegistration, 'scopes'> & { readonly scopes?: readonly string[] };
  /** Where this is mounted. */
  readonly baseUrl: () => string;
  readonly scheduler: Scheduler;
  readonly random: () => number;
  /** Where Fairlead listens, and the address it is known by. */
  readonly target: { readonly url: string; readonly publicUrl: string };
}

/** What an app holds after an installation. */
export interface PipedriveInstallation {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Where the company is called. */
  readonly apiDomain: string;
  readonly companyId: number;
  readonly userId: number;
}

const FIRST_COMPANY = 7_001;
/** A job of conversion takes so long. Milliseconds. */
const CONVERT_MS = 50;

/** The stand-in for Pipedrive: its OAuth host and APIs as a router, and the strings that tests, pages and people pull. */
export const createPipedrive = (options: PipedriveOptions) => {
  const { baseUrl, scheduler, target } = options;
  const now = scheduler.now;
  const app: AppRegistration = { scopes: APP_SCOPES, ...options.app };
  const companies = new Map<string, CompanyApi>();
  const listeners = new Set<(account: Account, change: Change) => void>();
  let wrote = (): void => undefined;
  const journal = createOwnerJournal();
  const stats = createStats();
  const faults = createPipedriveFaults((ms, task) => void setTimeout(task, ms));
  const oauth = createOAuth(app, now);
  const apiUrl = ({ domain }: Pick<Account, 'domain'>): string => `${baseUrl()}/${domain}`;

  const apiOf = (domain?: string): CompanyApi | undefined =>
    domain === undefined ? [...companies.values()][0] : companies.get(domain);

  const account = (domain?: string): Account => {
    const found = apiOf(domain)?.account;
    if (!found) throw notFound(`Company ${domain ?? ''}`);
    return found;
  };

  const accountWithId = (id: number): Account | undefined =>
    [...companies.values()].find((one) => one.account.id === id)?.account;

  const pushes = createPushes({
    scheduler,
    switches: createPushSwitches({ random: options.random, scheduler }),
    reach: (url) =>
      url.startsWith(target.publicUrl) ? target.url + url.slice(target.publicUrl.length) : url,
    host: ({ domain }) => `${domain}.pipedrive.com`,
  });

  const emit = (changed: Account, change: Change): void => {
    pushes.changed(changed, change);
    journal.note(changed, change);
    for (const listener of listeners) listener(changed, change);
    runAutomation(changed, change, scheduler.after);
  };

  const makeCompany = ({ domain, name }: SeedCompany): CompanyApi => {
    const made: Account = createAccount({
      id: FIRST_COMPANY + companies.size,
      domain,
      name,
      now,
      emit: (change) => emit(made, change),
    });
    return { account: made, limits: createLimits(made) };
  };

  const router = Router();
  router.use(
    createOAuthRouter({
      oauth,
      accountOf: (domain) => apiOf(domain)?.account,
      accountWithId,
      apiUrl,
      ended: dropWebhooks,
    }),
  );
  router.use(
    createApiRouter({
      apiOf,
      apiUrl,
      oauth,
      faults,
      stats,
      later: (task) => void scheduler.after(CONVERT_MS, task),
      wrote: () => wrote(),
    }),
  );

  const limitsOf = (domain?: string) => {
    const found = apiOf(domain);
    if (!found) throw notFound(`Company ${domain ?? ''}`);
    return found.limits;
  };

  return {
    router,
    app,
    oauth,
    /** Makes a company, or adds people to one that is there. */
    addCompany: (seed: SeedCompany): Account => {
      const made = companies.get(seed.domain) ?? makeCompany(seed);
      companies.set(seed.domain, made);
      seedCompany(made.account, seed);
      return made.account;
    },
    account,
    accounts: (): readonly Account[] => [...companies.values()].map((one) => one.account),
    apiUrl: (domain?: string): string => apiUrl(account(domain)),
    ...createPeopleWrites(account),
    /** The id of the person with that e-mail. */
    userId: (email: string, domain?: string): number => Number(userNamed(account(domain), email).id),
    /** Installs the app without the consent page, for the person `by` (an e-mail) or the first admin. */
    install: (domain?: string, by?: string): PipedriveInstallation => {
      const found = account(domain);
      const userId = Number(installingUser(found, by).id);
      const session = oauth.install({ companyId: found.id, userId });
      return {
        accessToken: session.token,
        refreshToken: session.refreshToken,
        apiDomain: apiUrl(found),
        companyId: found.id,
        userId,
      };
    },
    /** Ends the app's tokens in a company without a word: of one person (an e-mail), or of everybody. */
    revoke: (domain?: string, by?: string): void => {
      const found = account(domain);
      const userId = by === undefined ? undefined : Number(userNamed(found, by).id);
      for (const grant of oauth.uninstall(found.id, userId)) dropWebhooks(found, grant.userId);
    },
    /** A person removes the app, of which Fairlead is told. Returns the status it answered. */
    uninstall: async (domain?: string, by?: string): Promise<number | null> => {
      const found = account(domain);
      const userId = Number(installingUser(found, by).id);
      oauth.uninstall(found.id, userId);
      dropWebhooks(found, userId);
      const whose = { companyId: found.id, userId, at: now() };
      return tellUninstalled(`${target.url}/oauth/pipedrive/callback`, app, whose);
    },
    /** Gives things of a kind a custom field, by its key of 40 hexadecimal digits; leads have those of deals. */
    addField: (object: FieldOwner, key: string, label: string, domain?: string): void =>
      void account(domain).fields[object].set(key, label),
    /** Deletes a custom field. */
    removeField: (object: FieldOwner, key: string, domain?: string): void =>
      void account(domain).fields[object].delete(key),
    setAutomation: (change: Partial<Automation>, domain?: string): void => {
      const found = account(domain);
      found.automation = { ...found.automation, ...change };
    },
    setOAuth: (change: Partial<OAuthSettings>): void => oauth.set(change),
    /** Who was given which lead. */
    journal,
    faults,
    setFaults: (wanted: readonly PipedriveFault[]): void => faults.set(wanted),
    pushes,
    /** The share of pushes that never arrive. */
    dropPushes: (share: number): void => pushes.switches.set({ drop: share }),
    /** The share of pushes that arrive twice. */
    duplicatePushes: (share: number): void => pushes.switches.set({ duplicate: share }),
    reorderPushes: (on: boolean): void => pushes.switches.set({ reorder: on }),
    limits: limitsOf,
    /** Asks Fairlead's panel about a record, as the person `by` would see it. */
    askPanel: (
      ask: Pick<PanelAsk, 'resource' | 'selectedIds'> & { domain?: string; by?: string; isShared?: boolean },
    ) => {
      const found = account(ask.domain);
      const wanted = {
        resource: ask.resource,
        selectedIds: ask.selectedIds,
        companyId: found.id,
        userId: Number(installingUser(found, ask.by).id),
        isShared: ask.isShared ?? false,
      };
      return askPanel(`${target.url}/pipedrive/panel`, app, wanted, now());
    },
    stats: (): StatsView => stats.view(),
    resetStats: (): void => stats.reset(),
    /** Hears every change; the returned function stops it. */
    onChange: (listener: (account: Account, change: Change) => void): (() => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Hears that the API wrote something, registrations too. */
    onWrite: (listener: () => void): void => {
      wrote = listener;
    },
    close: (): Promise<void> => pushes.close(),
  };
};

export type PipedriveSandbox = ReturnType<typeof createPipedrive>;
