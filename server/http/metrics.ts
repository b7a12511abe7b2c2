import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What operators see of the process. Labels are closed sets: no tenant, no person. */
export interface Metrics {
  /** A decision asked for, and how long the answer took in seconds. */
  readonly decided: (source: string, outcome: string, seconds: number) => void;
  /** How many writes one transaction of the lane took together. */
  readonly laneGroup: (size: number) => void;
  readonly delivered: (kind: string, result: string) => void;
  readonly signatureRefused: (code: string) => void;
  readonly pushed: (fate: 'stored' | 'ignored', events: number) => void;
  readonly inboxDone: (kind: string, result: 'done' | 'retried' | 'parked') => void;
  /** The text Prometheus reads. */
  readonly text: () => Promise<string>;
  readonly contentType: string;
}

/** What is read from the database when metrics are asked for. */
export interface Backlog {
  /** Seconds the oldest due row of the inbox has waited. */
  readonly inboxLag: number;
  readonly deliveriesPending: number;
  readonly alertsOpen: number;
  /** By vendor, how much of its limit on calls the connection nearest to it has used: 0 to 1. */
  readonly limitUsed: Readonly<Record<string, number>>;
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** Metrics in a registry of their own, so that two services in one process do not meet. */
export const createMetrics = (backlog: () => Promise<Backlog>): Metrics => {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Counter({ name, help, labelNames, registers });
  const decisions = counter('fairlead_decisions_total', 'Decisions, by what they said.', [
    'source',
    'outcome',
  ]);
  const latency = new Histogram({
    name: 'fairlead_decision_seconds',
    help: 'From a decision asked for to its durable answer.',
    buckets: SECONDS,
    registers,
  });
  const groups = new Histogram({
    name: 'fairlead_lane_group_size',
    help: 'Writes that went into one transaction together.',
    buckets: [1, 2, 5, 10, 20, 35, 50],
    registers,
  });
  const deliveries = counter('fairlead_deliveries_total', 'Writes to CRMs and Slack, by how they ended.', [
    'kind',
    'result',
  ]);
  const refused = counter('fairlead_signatures_refused_total', 'Requests that did not prove who sent them.', [
    'code',
  ]);
  const pushes = counter('fairlead_pushed_events_total', 'Events pushed by CRMs.', ['fate']);
  const inbox = counter('fairlead_inbox_total', 'Rows of the inbox worked on.', ['kind', 'result']);
  registerBacklog(registry, backlog);
  return {
    decided: (source, outcome, seconds) => {
      decisions.inc({ source, outcome });
      latency.observe(seconds);
    },
    laneGroup: (size) => groups.observe(size),
    delivered: (kind, result) => deliveries.inc({ kind, result }),
    signatureRefused: (code) => refused.inc({ code }),
    pushed: (fate, events) => pushes.inc({ fate }, events),
    inboxDone: (kind, result) => inbox.inc({ kind, result }),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
};

/** All gauges of one scrape share one look at the database. */
const registerBacklog = (registry: Registry, backlog: () => Promise<Backlog>): void => {
  let looking: Promise<Backlog> | null = null;
  const look = (): Promise<Backlog> => {
    looking ??= backlog().finally(() => {
      looking = null;
    });
    return looking;
  };
  const gauge = (name: string, help: string, read: (found: Backlog) => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        this.set(read(await look()));
      },
    });
  gauge(
    'fairlead_inbox_lag_seconds',
    'How long the oldest due row of the inbox has waited.',
    ({ inboxLag }) => inboxLag,
  );
  gauge(
    'fairlead_deliveries_pending',
    'Writes to CRMs and Slack still to be sent.',
    ({ deliveriesPending }) => deliveriesPending,
  );
  gauge('fairlead_alerts_open', 'Alerts that need a person.', ({ alertsOpen }) => alertsOpen);
  new Gauge({
    name: 'fairlead_crm_limit_used_ratio',
    help: "How much of its vendor's limit on calls the connection nearest to it has used, as this process knows.",
    labelNames: ['vendor'],
    registers: [registry],
    async collect() {
      const { limitUsed } = await look();
      for (const [vendor, ratio] of Object.entries(limitUsed)) this.set({ vendor }, ratio);
    },
  });
};
