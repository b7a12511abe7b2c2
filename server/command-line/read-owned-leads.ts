import {
  type CollectedLeads,
  collectOwnedLeads,
  type OwnerColumns,
} from '../routing/audit/collect-owned-leads.ts';
import { BadInput } from './bad-input.ts';
import { readCsv } from './read-csv.ts';

/** Reads who had each lead and when it came; other columns are passed over. Throws BadInput. */
export const readOwnedLeads = async (file: string, columns: OwnerColumns): Promise<CollectedLeads> => {
  const collecting = collectOwnedLeads(columns);
  for await (const record of readCsv(file)) if (!collecting.take(record)) break;
  const collected = collecting.end();
  if (collected.ok) return collected;
  throw new BadInput(
    collected.problems.map((problem) => ({ file, ...problem })),
    collected.count,
  );
};
