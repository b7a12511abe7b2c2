import type { DecisionSummary } from '../../../server/assignments/queries.ts';
import { ApiError, getJson } from './client.ts';

export interface FeedState {
  readonly status: 'loading' | 'live' | 'reconnecting' | 'signed_out';
  /** Since when the feed has been down, in epoch milliseconds. */
  readonly downSince: number | null;
  /** Newest first. */
  readonly shown: readonly DecisionSummary[];
  /** Arrived while the reader was reading: shown when asked for. */
  readonly held: readonly DecisionSummary[];
  readonly older: string | null;
}

interface Page {
  readonly items: readonly DecisionSummary[];
  readonly next: string | null;
}

const KEEP = 1_000;
const FLUSH_MS = 150;
const RETRY_MS = 2_000;

const mergeNewest = (
  now: readonly DecisionSummary[],
  fresh: readonly DecisionSummary[],
): DecisionSummary[] => {
  const byId = new Map(now.map((item) => [item.id, item]));
  for (const item of fresh) byId.set(item.id, item);
  return [...byId.values()].sort((a, b) => b.seq - a.seq).slice(0, KEEP);
};

/**
 * The live list of decisions: a page at first, then the service's event stream, gathered so that a crowd of arrivals costs one
 * redraw. While `hold(true)`, new ones wait aside so that what is being read does not move.
 */
export class DecisionFeed {
  #state: FeedState = { status: 'loading', downSince: null, shown: [], held: [], older: null };
  readonly #listeners = new Set<() => void>();
  #incoming: DecisionSummary[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;
  #retry: ReturnType<typeof setTimeout> | null = null;
  #source: EventSource | null = null;
  #holding = false;

  readonly state = (): FeedState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) void this.#start();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#stop();
    };
  };

  readonly hold = (holding: boolean): void => {
    this.#holding = holding;
    if (!holding) this.showHeld();
  };

  readonly showHeld = (): void => {
    if (this.#state.held.length > 0)
      this.#set({ shown: mergeNewest(this.#state.shown, this.#state.held), held: [] });
  };

  readonly loadOlder = async (): Promise<void> => {
    if (this.#state.older === null) return;
    const page = await getJson<Page>(
      `/api/v1/decisions?limit=50&after=${encodeURIComponent(this.#state.older)}`,
    );
    this.#set({ shown: mergeNewest(this.#state.shown, page.items), older: page.next });
  };

  async #start(): Promise<void> {
    try {
      const page = await getJson<Page>('/api/v1/decisions?limit=50');
      this.#set({
        status: 'live',
        downSince: null,
        shown: mergeNewest(this.#state.shown, page.items),
        older: this.#state.older ?? page.next,
      });
      this.#listen();
    } catch (error) {
      if (error instanceof ApiError && (error.status === 401 || error.status === 403))
        this.#set({ status: 'signed_out' });
      else this.#down();
    }
  }

  #listen(): void {
    const source = new EventSource('/api/v1/decisions/stream');
    this.#source = source;
    // What arrived between the page and the stream is in neither: asked for once the stream holds.
    source.onopen = () => void this.#catchUp();
    source.addEventListener('decision', (event) => this.#arrived(JSON.parse(event.data) as DecisionSummary));
    source.onerror = () => {
      source.close();
      if (this.#source === source) this.#down();
    };
  }

  async #catchUp(): Promise<void> {
    const page = await getJson<Page>('/api/v1/decisions?limit=50').catch(() => null);
    // Behind what the stream said meanwhile, which is newer.
    if (page) this.#arrived(...page.items.filter(({ id }) => !this.#incoming.some((item) => item.id === id)));
  }

  #down(): void {
    this.#source = null;
    this.#set({ status: 'reconnecting', downSince: this.#state.downSince ?? Date.now() });
    this.#retry = setTimeout(() => void this.#start(), RETRY_MS);
  }

  #arrived(...items: readonly DecisionSummary[]): void {
    this.#incoming.push(...items);
    this.#timer ??= setTimeout(() => this.#flush(), FLUSH_MS);
  }

  #flush(): void {
    this.#timer = null;
    const fresh = this.#incoming;
    this.#incoming = [];
    if (!this.#holding) {
      this.#set({ shown: mergeNewest(this.#state.shown, fresh) });
      return;
    }
    const known = new Set(this.#state.shown.map(({ id }) => id));
    this.#set({
      shown: mergeNewest(
        this.#state.shown,
        fresh.filter(({ id }) => known.has(id)),
      ),
      held: mergeNewest(
        this.#state.held,
        fresh.filter(({ id }) => !known.has(id)),
      ),
    });
  }

  #stop(): void {
    this.#source?.close();
    this.#source = null;
    if (this.#timer) clearTimeout(this.#timer);
    if (this.#retry) clearTimeout(this.#retry);
    this.#timer = null;
  }

  #set(change: Partial<FeedState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
