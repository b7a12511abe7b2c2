/** An event as it lies on the bus. */
export interface BusEvent {
  readonly id: string;
  /** Rises with every event, not by one. */
  readonly replayId: bigint;
  readonly schemaId: string;
  readonly payload: Buffer;
  readonly at: number;
}

/** Source: event message durability. */
const RETENTION_MS = 72 * 3_600_000;
const FIRST = 8_000_000n;

export const toReplayBytes = (replayId: bigint): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(replayId);
  return bytes;
};

/** One topic's events of the last 72 hours. */
export const createEventBus = (now: () => number) => {
  let events: BusEvent[] = [];
  let latest = FIRST;
  let purged = FIRST - 1n;
  const listeners = new Set<() => void>();

  const purge = (): void => {
    const kept = events.findIndex(({ at }) => at > now() - RETENTION_MS);
    const gone = kept === -1 ? events : events.slice(0, kept);
    purged = gone.at(-1)?.replayId ?? purged;
    events = kept === -1 ? [] : events.slice(kept);
  };

  return {
    publish: (event: Omit<BusEvent, 'replayId' | 'at'>): void => {
      latest += 3n;
      events.push({ ...event, replayId: latest, at: now() });
      for (const listener of [...listeners]) listener();
    },
    latest: (): bigint => latest,
    earliest: (): bigint => {
      purge();
      return purged;
    },
    /** The place a replay id names; null: none of this bus, or older than is kept. */
    placeOf: (bytes: Buffer): bigint | null => {
      purge();
      if (bytes.length !== 8) return null;
      const replayId = bytes.readBigInt64BE();
      return replayId > purged && replayId <= latest ? replayId : null;
    },
    after: (replayId: bigint, most: number): readonly BusEvent[] => {
      purge();
      return events.filter((event) => event.replayId > replayId).slice(0, most);
    },
    onPublish: (listener: () => void): (() => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};

export type EventBus = ReturnType<typeof createEventBus>;
