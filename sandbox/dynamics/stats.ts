/** What the environments were asked. */
export interface StatsView {
  readonly requests: number;
  /** Such as `GET leads`, `PATCH leads`, `POST $batch`. */
  readonly byKind: Readonly<Record<string, number>>;
  /** Requests inside batches, by kind. */
  readonly parts: Readonly<Record<string, number>>;
  readonly byStatus: Readonly<Record<string, number>>;
  /** 429s given by the limits (not by a fault). */
  readonly rateLimited: number;
  readonly tokens: number;
}

const add = (counts: Record<string, number>, key: string): void => {
  counts[key] = (counts[key] ?? 0) + 1;
};

const empty = () => ({
  requests: 0,
  byKind: {} as Record<string, number>,
  parts: {} as Record<string, number>,
  byStatus: {} as Record<string, number>,
  rateLimited: 0,
  tokens: 0,
});

export const createStats = () => {
  let counts = empty();
  return {
    count: (kind: string, status: number): void => {
      counts.requests++;
      add(counts.byKind, kind);
      add(counts.byStatus, String(status));
    },
    countPart: (kind: string): void => add(counts.parts, kind),
    countLimited: (): void => void counts.rateLimited++,
    countToken: (): void => void counts.tokens++,
    view: (): StatsView => structuredClone(counts),
    reset: (): void => {
      counts = empty();
    },
  };
};

export type Stats = ReturnType<typeof createStats>;
