import type { Routed } from './create-routing.ts';

/** What became of a file's leads, counted as they are routed. */
export interface Summary {
  leads: number;
  given: number;
  waiting: number;
  notRouted: number;
  /** Held back before any rule was asked. */
  held: number;
  /** Decided for the log only. */
  logged: number;
  readonly pools: Map<string, number>;
  readonly reps: Map<string, number>;
  readonly queues: Map<string, number>;
  /** Leads by the rule that matched; null: none did. */
  readonly rules: Map<string | null, number>;
  /** First and last arrival, epoch milliseconds. */
  from: number;
  to: number;
  /** Leads that arrived before one above them in the file. */
  backwards: number;
}

export const newSummary = (): Summary => ({
  leads: 0,
  given: 0,
  waiting: 0,
  notRouted: 0,
  held: 0,
  logged: 0,
  pools: new Map(),
  reps: new Map(),
  queues: new Map(),
  rules: new Map(),
  from: Number.POSITIVE_INFINITY,
  to: Number.NEGATIVE_INFINITY,
  backwards: 0,
});

/** Counts one more lead. */
export const count = (summary: Summary, { row, decided, taker }: Routed): void => {
  summary.leads++;
  if (row.arrivedAt < summary.to) summary.backwards++;
  summary.from = Math.min(summary.from, row.arrivedAt);
  summary.to = Math.max(summary.to, row.arrivedAt);
  const { outcome, pool, rule, logOnly } = decided;
  if (logOnly) summary.logged++;
  else if (pool !== null) add(summary.pools, pool);
  if (outcome.kind === 'not_routed') summary.notRouted++;
  else if (outcome.kind === 'waiting' && outcome.because === 'held') summary.held++;
  else add(summary.rules, rule);
  if (logOnly) return;
  if (outcome.kind === 'waiting' && outcome.because === undefined) summary.waiting++;
  if (outcome.kind === 'in_queue') add(summary.queues, outcome.queue);
  if (taker === null) return;
  summary.given++;
  add(summary.reps, taker);
};

const add = <Key>(counts: Map<Key, number>, key: Key): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};
