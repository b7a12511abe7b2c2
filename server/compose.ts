import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Express } from 'express';
import type { Logger } from 'pino';
import { mountSlack } from '../slack/mount-slack.ts';
import { createSlackSender } from '../slack/sender.ts';
import { createAvailabilities, createOfferEnds } from './assignments/availabilities.ts';
import { createUseCases } from './assignments/create-use-cases.ts';
import type { Jobs } from './assignments/ports.ts';
import { publishPolicy } from './assignments/publish-policy.ts';
import { putReps } from './assignments/put-reps.ts';
import { setMode, setPaused } from './assignments/set-mode.ts';
import type { UseCases } from './assignments/use-cases.ts';
import { type Clock, systemClock } from './base/clock.ts';
import { createLog } from './base/create-log.ts';
import { bootstrap } from './compose/bootstrap.ts';
import { connectVendors } from './compose/connect-vendors.ts';
import { createAccess } from './compose/create-access.ts';
import { createDocuments } from './compose/documents.ts';
import { observeUseCases } from './compose/observe-use-cases.ts';
import { createPayloadSnapshot } from './compose/payload-snapshot.ts';
import { readBacklog } from './compose/read-backlog.ts';
import { type ReconcileParts, reconcile, recount } from './compose/reconcile.ts';
import { createSlackConnections } from './compose/slack-connections.ts';
import { createStores } from './compose/stores.ts';
import type { Config } from './config.ts';
import { createDelivery } from './crm/delivery/create-delivery.ts';
import { createReasonFields } from './crm/hubspot/reason-fields.ts';
import { createHubspotSender } from './crm/hubspot/sender.ts';
import { createHolidayDates } from './holidays/holiday-dates.ts';
import { createApp } from './http/app.ts';
import { createLiveFeed } from './http/live-feed.ts';
import { createMetrics } from './http/metrics.ts';
import { createInbox } from './inbox/create-inbox.ts';
import { createJobs } from './jobs/create-jobs.ts';
import { openStorage } from './storage/open-storage.ts';
import { createQueries } from './storage/queries/create-queries.ts';
import type { Storage } from './storage/storage.ts';

/** What tests and `main` may bring along. */
export interface Overrides {
  /** An open database, which stays open after `stop`. */
  readonly storage?: Storage;
  /** Stands for every clock, the database's too. */
  readonly clock?: Clock;
  readonly log?: Logger;
  /** The origin outsiders reach, where it is known only after listening. */
  readonly publicBaseUrl?: () => string;
}

/** The whole service but for the socket. */
export interface Service {
  readonly app: Express;
  /** Begins to work on what is due by itself. */
  readonly start: () => Promise<void>;
  /** From now on it is unready, and streams end. */
  readonly drain: () => void;
  /** Finishes what is in hand, sends nothing more, and closes the database. */
  readonly stop: () => Promise<void>;
}

/** The one place that knows every part. */
export const composeService = async (config: Config, overrides: Overrides = {}): Promise<Service> => {
  const log = overrides.log ?? createLog(config.logLevel);
  const clock = overrides.clock ?? systemClock;
  const onError = (error: unknown, what: string) => log.error({ err: error }, what);
  const storage = overrides.storage ?? (await open(config, onError));
  const stores = createStores(storage, overrides.clock);
  const vendors = connectVendors(config, stores, { clock, log });
  const live = createLiveFeed();
  const metrics = createMetrics(() => readBacklog(storage));
  const holidays = createHolidayDates();
  const availabilities = createAvailabilities(holidays);
  const queries = createQueries({ storage, clock, availabilities });
  const payload = createPayloadSnapshot(stores.policies, config.hubspot.appUrl, clock);

  // The use cases wake jobs and senders, which call use cases: each is asked for only once all are there.
  const jobs: Jobs = {
    wakeTenant: (tenantId, at) => runner.wakeTenant(tenantId, at),
    wakeSender: (connectionId) => delivery.wake(connectionId),
  };
  const lane = createUseCases({
    store: stores.lane,
    reader: vendors.reader,
    jobs,
    hours: { availabilities, offerEnds: createOfferEnds(holidays) },
    observer: {
      committed: ({ tenantId, items }) => {
        metrics.laneGroup(items);
        live.notify(tenantId);
      },
      failed: ({ tenantId, code, error }) =>
        log.error({ tenantId, code, err: error }, 'the lane had a failure'),
    },
    newId: stores.newId,
    newSalt: () => randomBytes(16).toString('base64url'),
  });
  const admin = {
    jobs,
    now: clock.now,
    policies: stores.policies,
    reps: stores.reps,
    settings: stores.laneSettings,
  };
  const all: UseCases = {
    ...lane.useCases,
    setMode: setMode(admin),
    setPaused: setPaused(admin),
    publishPolicy: (command) => publishPolicy(admin)(command).finally(() => payload.forget(command.tenantId)),
    putReps: putReps(admin),
  };
  const useCases = observeUseCases(all, { live, metrics });
  const compared: ReconcileParts = { storage, stores, vendors, useCases, clock, onError };
  const delivery = createDelivery({
    store: stores.deliveries,
    leases: stores.leases,
    connection: vendors.connections.byId,
    senders: [
      createHubspotSender({
        call: vendors.call,
        reasonFields: createReasonFields(vendors.call),
        decision: queries.decision,
        clock,
      }),
      createSlackSender({ clients: vendors.slackClients, messages: stores.cards, queries }, clock),
    ],
    events: lane.deliveryEvents,
    clock,
    random: Math.random,
    log,
    metrics,
  });
  const runner = createJobs({
    storage,
    sweep: useCases.sweep,
    tenantIds: async () => (await stores.tenants.list()).map(({ id }) => id),
    reconcile: () => reconcile(compared),
    wakeSender: jobs.wakeSender,
    clock,
    onError,
  });
  const inbox = createInbox({
    store: stores.inbox,
    alerts: stores.alerts,
    useCases,
    importPeople: async (tenantId, connectionId) => {
      await vendors.connections.sync(tenantId, connectionId);
    },
    random: Math.random,
    onResult: metrics.inboxDone,
    onError,
  });
  const localTenant = await bootstrap(config, stores);
  const draining = new AbortController();
  const publicBaseUrl =
    overrides.publicBaseUrl ?? (() => config.publicBaseUrl ?? `http://localhost:${config.port}`);
  const app = createApp({
    useCases,
    queries,
    access: createAccess(stores.apiKeys, stores.sessions, clock, () => localTenant),
    connections: {
      ...vendors.connections,
      sync: async (tenantId, connectionId) => {
        const synced = await vendors.connections.sync(tenantId, connectionId);
        const connection = await vendors.connections.byId(connectionId);
        // One search per owner, four a second: nobody is kept waiting for it.
        if (connection)
          recount(connection, compared).catch((error: unknown) =>
            onError(error, 'open work could not be counted'),
          );
        return synced;
      },
    },
    documents: createDocuments(stores.policies, stores.reps),
    hubspot: { clientSecret: config.hubspot.clientSecret, publicBaseUrl, snapshot: payload.snapshot },
    inbox,
    readiness: { draining: draining.signal, checkDatabase: storage.ping },
    live,
    metrics,
    clock,
    log,
    mountSlack: (express) => mountSlackIfSet(express, config, log, clock),
    localSignIn: config.localSignIn,
    consoleDir: join(fileURLToPath(new URL('..', import.meta.url)), 'console', 'dist'),
  });

  function mountSlackIfSet(
    express: Parameters<typeof mountSlack>[0]['app'],
    { slack }: Config,
    logTo: Logger,
    by: Clock,
  ) {
    if (slack.signingSecret === null) return;
    mountSlack({
      app: express,
      useCases,
      queries,
      messages: stores.cards,
      connections: createSlackConnections({
        storage,
        connections: vendors.connections,
        store: stores.connections,
        vault: vendors.vault,
      }),
      clients: vendors.slackClients,
      settings: { signingSecret: slack.signingSecret, apiUrl: slack.apiUrl },
      log: logTo,
      clock: by,
    });
  }

  return {
    app,
    start: async () => {
      inbox.start();
      delivery.start();
      await runner.start();
    },
    drain: () => draining.abort(),
    stop: async () => {
      draining.abort();
      await inbox.stop();
      await runner.stop();
      await delivery.stop();
      if (overrides.storage === undefined) await storage.close();
    },
  };
};

const open = (config: Config, onError: (error: unknown, what: string) => void): Promise<Storage> =>
  openStorage({
    ...(config.databaseUrl === null ? { dataDir: config.dataDir } : { databaseUrl: config.databaseUrl }),
    onError: (error) => onError(error, 'a database connection was lost'),
  });
