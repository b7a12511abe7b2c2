/** What an operation costs of the company's daily tokens. */
export type CostKind = 'single' | 'list' | 'archived' | 'search' | 'write' | 'delete' | 'free';

/** Version 2 costs about half. */
const COSTS: Readonly<Record<'v1' | 'v2', Readonly<Record<CostKind, number>>>> = {
  v1: { single: 2, list: 20, archived: 40, search: 40, write: 10, delete: 6, free: 0 },
  v2: { single: 1, list: 10, archived: 20, search: 20, write: 5, delete: 3, free: 0 },
};

export const costOf = (version: 'v1' | 'v2', kind: CostKind): number => COSTS[version][kind];
