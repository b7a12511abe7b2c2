import { fileURLToPath } from 'node:url';
import type { Express } from 'express';
import type { Logger } from 'pino';
import { mountSlack } from '../slack/mount-slack.ts';
import { createAvailabilities } from './assignments/availabilities.ts';
import { createEndWorkspace } from './assignments/lifecycle/end-workspace.ts';
import type { Jobs } from './assignments/ports.ts';
import { type Clock, systemClock } from './base/clock.ts';
import { createLog } from './base/create-log.ts';
import { bootstrap } from './compose/bootstrap.ts';
import { connectVendors } from './compose/connect-vendors.ts';
import { createAccess } from './compose/create-access.ts';
import { createFirstSteps } from './compose/create-first-steps.ts';
import { createInstallEdge } from './compose/create-install-edge.ts';
import { createKeys } from './compose/create-keys.ts';
import { createLeaving } from './compose/create-leaving.ts';
import { createPast } from './compose/create-past.ts';
import { createSignInEdge } from './compose/create-sign-in-edge.ts';
import { createDocuments } from './compose/documents.ts';
import { createImportPeople } from './compose/import-people.ts';
import { joinDelivery } from './compose/join-delivery.ts';
import { joinRounds } from './compose/join-rounds.ts';
import { joinUseCases } from './compose/join-use-cases.ts';
import { keepRetentionOfAll } from './compose/keep-retention-of-all.ts';
import { createLeaveAll } from './compose/leave-all.ts';
import { openVault } from './compose/open-vault.ts';
import { createOrgAccess, createOrgConnections } from './compose/org-connections.ts';
import { createPayloadSnapshots } from './compose/payload-snapshot.ts';
import { createPipedriveEdge } from './compose/pipedrive-edge.ts';
import { readBacklog } from './compose/read-backlog.ts';
import { importPeopleAgain, reconcile, recount } from './compose/reconcile.ts';
import { createSlackConnections } from './compose/slack-connections.ts';
import { createStores } from './compose/stores.ts';
import { missingIn } from './compose/vendor-scopes.ts';
import { warmOverviews } from './compose/warm-overviews.ts';
import type { Config } from './config.ts';
import { createHolidayDates } from './holidays/holiday-dates.ts';
import { createApp } from './http/app.ts';
import { createLimits } from './http/limits/create-limits.ts';
import { createLiveFeed } from './http/live-feed.ts';
import { createMetrics } from './http/metrics.ts';
import type { Connections, HttpParts } from './http/ports.ts';
import { createInbox } from './inbox/create-inbox.ts';
import { createJobs } from './jobs/create-jobs.ts';
import { createExports } from './storage/lifecycle/export/create-exports.ts';
import { openStorage } from './storage/open-storage.ts';
import { createQueries } from './storage/queries/create-queries.ts';
import type { Storage } from './storage/storage.ts';
import { createThreads } from './threads/create-threads.ts';

const CONSOLE_DIR = fileURLToPath(new URL('../console/dist', import.meta.url));

/** What tests and `main` may bring along. */
export interface Overrides {
  /** An open database, which stays open after `stop`. */
  readonly storage?: Storage;
  /** Stands for every clock, the database's too. */
  readonly clock?: Clock;
  readonly log?: Logger;
  /** How often the rounds see what is due. Milliseconds. */
  readonly roundTickMs?: number;
  /** The origin outsiders reach, where it is known only after listening. */
  readonly publicBaseUrl?: () => string;
}

/** The whole service but for the socket. */
export interface Service {
  readonly app: Express;
  /** Where the first owner signs in, while nobody can; null: somebody can. */
  readonly firstLink: () => Promise<string | null>;
  /** Begins to work on what is due by itself. */
  readonly start: () => Promise<void>;
  /** From now on it is unready, and streams end. */
  readonly drain: () => void;
  /** Finishes what is in hand, sends nothing more, and closes the database. */
  readonly stop: () => Promise<void>;
}

/** The one place that knows every part. Opens the database and makes the first tenant; nothing runs before `start`. */
export const composeService = async (config: Config, overrides: Overrides = {}): Promise<Service> => {
  const log = overrides.log ?? createLog(config.logLevel);
  const clock = overrides.clock ?? systemClock;
  const onError = (error: unknown, what: string) => log.error({ err: error }, what);
  const storage = overrides.storage ?? (await open(config, onError));
  const stores = createStores(storage, overrides.clock);
  const origin = overrides.publicBaseUrl ?? (() => config.publicBaseUrl ?? `http://localhost:${config.port}`);
  const sealing = await openVault(config, stores.sealed);
  const vendors = connectVendors(config, stores, { ...sealing, clock, log, origin });
  const live = createLiveFeed();
  const metrics = createMetrics(() => readBacklog({ storage, tenants: stores.tenants, vendors }));
  const holidays = createHolidayDates();
  const queries = createQueries({ storage, clock, availabilities: createAvailabilities(holidays) });
  const payload = createPayloadSnapshots(stores.policies, config.hubspot.appUrl, clock);

  // Use cases wake jobs and senders, which call use cases: each is only called once all are there.
  const jobs: Jobs = {
    wakeTenant: (tenantId, at) => runner.wakeTenant(tenantId, at),
    wakeSender: (connectionId) => delivery.wake(connectionId),
  };
  const threads = createThreads();
  const past = createPast(storage, stores, threads.run, clock);
  const around = { stores, vendors, clock, log, metrics };
  const { useCases, deliveryEvents } = joinUseCases({
    ...around,
    jobs,
    holidays,
    run: threads.run,
    simulate: past.simulate,
    live,
    onPublished: payload.forget,
  });
  const delivery = joinDelivery({ ...around, queries, events: deliveryEvents });
  const importPeople = createImportPeople({ vendors, useCases, jobs, clock });
  const compared = { storage, stores, vendors, useCases, importPeople, onError };
  const runner = createJobs({
    storage,
    sweep: useCases.sweep,
    tenantIds: async () => (await stores.tenants.listStaying()).map(({ id }) => id),
    reconcile: () => reconcile(compared),
    importPeople: () => importPeopleAgain(compared),
    keepRetention: () => keepRetentionOfAll(compared),
    endWorkspaces: () => ending.round(),
    wakeSender: jobs.wakeSender,
    clock,
    onError,
  });
  const orgAccess = createOrgAccess(stores.orgCredentials, clock);
  const leaving = createLeaving({
    config,
    stores,
    vendors,
    useCases,
    wakeSender: jobs.wakeSender,
    onChanged: live.notify,
    clock,
    ...(overrides.roundTickMs !== undefined && { tickMs: overrides.roundTickMs }),
    onError,
  });
  const ending = createEndWorkspace({
    workspaces: stores.workspaces,
    departures: createLeaveAll(stores, leaving),
    forget: (tenantId) => runner.forgetTenant(tenantId),
    wakeTenant: (tenantId) => runner.wakeTenant(tenantId, clock.now()),
    graceMs: config.deletionGraceMs,
    onError,
  });
  const connections: Connections = {
    ...vendors.connections,
    ...createOrgConnections(vendors, stores.orgCredentials, orgAccess.forget, leaving.connected),
    leave: leaving.leave,
    left: leaving.left,
    missingScopes: missingIn,
    usage: (connection) => vendors.connectorOf(connection)?.usage?.(connection) ?? null,
    sync: async (tenantId, connectionId) => {
      const synced = await importPeople(tenantId, connectionId);
      // One search per owner, four a second: nobody is kept waiting for it.
      recount(connectionId, compared).catch((error: unknown) =>
        onError(error, 'open work could not be counted'),
      );
      return synced;
    },
  };
  const inbox = createInbox({
    store: stores.inbox,
    alerts: stores.alerts,
    useCases,
    importPeople: async (tenantId, connectionId) => {
      await importPeople(tenantId, connectionId);
    },
    random: Math.random,
    onResult: metrics.inboxDone,
    onError,
  });

  const rounds = joinRounds({
    storage,
    stores,
    vendors,
    useCases,
    inbox,
    clock,
    ...(overrides.roundTickMs !== undefined && { tickMs: overrides.roundTickMs }),
    onError,
  });

  const localTenant = await bootstrap(config, stores);
  const staying = async () =>
    localTenant !== null && (await stores.tenants.find(localTenant)) !== null ? localTenant : null;
  const access = createAccess(stores.apiKeys, stores.sessions, clock, staying, origin);
  const draining = new AbortController();
  const { signingSecret, apiUrl } = config.slack;
  const signIns = createSignInEdge({ config, stores, vendors, clock, origin });
  const edge: HttpParts = {
    useCases,
    queries,
    access,
    keys: createKeys(stores.apiKeys, access.forgetKeys),
    audit: stores.audit,
    limits: createLimits(config.limits),
    connections,
    signIns,
    people: stores.people,
    installs: createInstallEdge({ config, stores, vendors, connections, clock, origin, onError }),
    lifecycle: { ...stores.kept, ...stores.workspaces, ...createExports(storage), ...ending },
    documents: createDocuments(stores.policies, stores.reps),
    past,
    firstSteps: createFirstSteps({ storage, stores, vendors, useCases, clock }),
    deliveries: {
      refused: stores.deliveries.deadLetters,
      retry: async (tenantId, deliveryId) => {
        const connectionId = await stores.deliveries.retryDead(tenantId, deliveryId, clock.now());
        if (connectionId !== null) jobs.wakeSender(connectionId);
        return connectionId !== null;
      },
    },
    hubspot: {
      clientSecret: config.hubspot.clientSecret,
      publicBaseUrl: origin,
      snapshot: payload.hubspot,
    },
    pipedrive: createPipedriveEdge({ config, vendors, uninstalled: leaving.uninstalled, onError }),
    pushes: { connection: vendors.connections.byId, holds: vendors.pushSecrets.holds },
    salesforce: { connectionOf: orgAccess.connectionOf, snapshot: payload.salesforce },
    inbox,
    readiness: { draining: draining.signal, checkDatabase: storage.ping },
    live,
    metrics,
    clock,
    log,
    mountSlack: (app) => {
      if (signingSecret === null) return;
      mountSlack({
        app,
        useCases,
        queries,
        messages: stores.cards,
        homes: stores.homes,
        connections: createSlackConnections({ storage, ...vendors, uninstalled: leaving.uninstalled }),
        clients: vendors.slackClients,
        settings: { signingSecret, apiUrl },
        log,
        clock,
      });
    },
    localSignIn: config.localSignIn,
    trustedProxies: config.trustedProxies,
    consoleDir: CONSOLE_DIR,
  };

  let warming: Promise<void> = Promise.resolve();
  return {
    app: createApp(edge),
    firstLink: async () => (config.localSignIn ? null : signIns.firstLink()),
    start: async () => {
      inbox.start();
      delivery.start();
      rounds.start();
      leaving.start();
      await runner.start();
      warming = warmOverviews(stores.tenants, queries, draining.signal).catch((error: unknown) =>
        onError(error, 'the numbers of the live page are counted when they are asked for'),
      );
    },
    drain: () => draining.abort(),
    stop: async () => {
      draining.abort();
      await warming;
      await leaving.stop();
      await rounds.stop();
      await inbox.stop();
      await runner.stop();
      await delivery.stop();
      await threads.close();
      if (overrides.storage === undefined) await storage.close();
    },
  };
};

const open = (config: Config, onError: (error: unknown, what: string) => void): Promise<Storage> =>
  openStorage({
    ...(config.databaseUrl === null ? { dataDir: config.dataDir } : { databaseUrl: config.databaseUrl }),
    onError: (error) => onError(error, 'a database connection was lost'),
  });
