import { parseSource } from '../sources.ts';
import type { Environment } from './client.ts';
import type { Columns } from './columns.ts';
import { TABLES } from './facts.ts';
import { propertyOf } from './to-snapshot.ts';

/**
 * Those of the sources that the environment has no column for: Dataverse refuses every reading that names one. One call
 * per table. Throws AppError `crm_read_failed`.
 */
export const missingSources = async (
  columns: Columns,
  environment: Environment,
  sources: readonly string[],
): Promise<readonly string[]> => {
  // A column made since the last look counts.
  columns.forget(environment);
  const missing: string[] = [];
  for (const source of sources) if (!(await isThere(columns, environment, source))) missing.push(source);
  return missing;
};

const isThere = async (columns: Columns, environment: Environment, source: string): Promise<boolean> => {
  const objectType = parseSource(source)?.objectType ?? '';
  const property = propertyOf(objectType, source);
  if (property === null || TABLES[objectType] === undefined) return false;
  const known = await columns.of(environment, objectType);
  return known.has(property) || known.has(LOOKUP.exec(property)?.[1] ?? '');
};

/** How a column that points at another record is read: `_campaignid_value`. */
const LOOKUP = /^_(\w+)_value$/;
