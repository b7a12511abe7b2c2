import { parseSource } from '../sources.ts';
import type { Org } from './client.ts';
import { OBJECTS } from './facts.ts';
import type { FieldCatalog } from './fields.ts';

/**
 * Those of the sources that the org has no field for: Zoho passes over an unknown one on reading, so that a field that
 * is gone looks like an empty one. One call per module. Throws AppError `crm_read_failed`.
 */
export const missingSources = async (
  fields: FieldCatalog,
  org: Org,
  sources: readonly string[],
): Promise<readonly string[]> => {
  // A field made since the last look counts.
  fields.forget(org);
  const missing: string[] = [];
  for (const source of sources) if (!(await isThere(fields, org, source))) missing.push(source);
  return missing;
};

/** `Leads.Country` is as good as `Lead.Country`. */
const isThere = async (fields: FieldCatalog, org: Org, source: string): Promise<boolean> => {
  const parsed = parseSource(source);
  const object = parsed && (OBJECTS[parsed.objectType] ?? OBJECTS[parsed.objectType.replace(/s$/, '')]);
  return object ? (await fields.of(org, object.module)).has(parsed.property) : false;
};
