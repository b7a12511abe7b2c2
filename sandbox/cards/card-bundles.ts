import { Worker } from 'node:worker_threads';

export type CardKind = 'hubspot' | 'salesforce';

/** A card with all it stands on, as text. */
export interface CardBundle {
  readonly script: string;
  readonly style: string;
}

/** How far a bundle is. */
export type BundleState =
  | { readonly state: 'building' }
  | { readonly state: 'ready'; readonly bundle: CardBundle }
  | { readonly state: 'failed'; readonly why: string };

/** The bundles of both cards: each is built when it is first wanted, once, and kept. */
export const createCardBundles = () => {
  const states = new Map<CardKind, BundleState>();
  const workers = new Map<CardKind, Worker>();
  const waiting = new Map<CardKind, Set<() => void>>();

  const settle = (kind: CardKind, state: BundleState): void => {
    if (states.get(kind)?.state !== 'building') return;
    states.set(kind, state);
    workers.delete(kind);
    for (const wake of waiting.get(kind) ?? []) wake();
    waiting.delete(kind);
  };

  const build = (kind: CardKind): BundleState => {
    const state: BundleState = { state: 'building' };
    states.set(kind, state);
    const worker = new Worker(new URL('bundle-worker.ts', import.meta.url), { workerData: kind });
    workers.set(kind, worker);
    worker.once('message', (bundle: CardBundle) => settle(kind, { state: 'ready', bundle }));
    worker.once('error', (error) => settle(kind, { state: 'failed', why: (error as Error).message }));
    worker.once('exit', () => settle(kind, { state: 'failed', why: 'it was stopped' }));
    return state;
  };

  return {
    /** The bundle, or how far it is; asking starts building it. */
    of: (kind: CardKind): BundleState => states.get(kind) ?? build(kind),
    /** Resolves once a bundle that is being built is ready or has failed. */
    settled: (kind: CardKind): Promise<void> =>
      states.get(kind)?.state === 'building'
        ? new Promise((resolve) => waiting.set(kind, (waiting.get(kind) ?? new Set()).add(resolve)))
        : Promise.resolve(),
    close: async (): Promise<void> => {
      await Promise.all([...workers.values()].map((worker) => worker.terminate()));
    },
  };
};
