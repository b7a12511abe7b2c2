import type { Storage } from '../storage.ts';
import { createDecisionMinutes } from './decision-counts.ts';
import { keepWhileMany } from './keep-while-many.ts';
import { readOpenCounts } from './overview-rows.ts';
import { readSlaNumbers } from './read-slas.ts';

/** The numbers of the live page, at a cost that does not grow with the leads that are kept: one for all who ask. */
export const createOverviewCounts = (storage: Storage) => ({
  decisions: createDecisionMinutes(storage),
  open: keepWhileMany(readOpenCounts),
  slas: keepWhileMany(readSlaNumbers),
});

export type OverviewCounts = ReturnType<typeof createOverviewCounts>;
