import { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import { parseSource } from '../sources.ts';
import type { CallPipedrive, Company } from './client.ts';
import { CUSTOM_KEY, PAGE, PATHS } from './facts.ts';
import { readBody } from './failures.ts';
import { page } from './shapes.ts';

/** Where each kind of record has its custom fields: a lead has those of deals [doc]. */
const FIELD_PATHS: Readonly<Record<string, string>> = {
  lead: PATHS.dealFields,
  deal: PATHS.dealFields,
  person: PATHS.personFields,
  organization: PATHS.organizationFields,
};

const fieldPage = page(z.object({ field_code: z.string() }));

/** A list of fields costs ten tokens of the company's day. Milliseconds. */
const KEPT_MS = 3_600_000;

/**
 * Those of the sources that the company has no field for: Pipedrive leaves out the values of a custom field that was
 * deleted, so that it looks like an empty one. Fields that every company has cannot be deleted and are not asked for.
 */
export const createMissingSources = (call: CallPipedrive, clock: Clock) => {
  const known = new Map<string, { readonly keys: ReadonlySet<string>; readonly until: number }>();
  /** Custom fields of a kind. Where one of the wanted is missing they are asked for anew: it may have been made since. */
  const keysOf = async (company: Company, path: string, wanted: readonly string[]) => {
    const kept = known.get(`${company.id} ${path}`);
    if (kept && clock.now() < kept.until && wanted.every((key) => kept.keys.has(key))) return kept.keys;
    const keys = await readKeys(call, company, path);
    known.set(`${company.id} ${path}`, { keys, until: clock.now() + KEPT_MS });
    return keys;
  };
  return async (company: Company, sources: readonly string[]): Promise<readonly string[]> => {
    const kinds = Map.groupBy(
      sources,
      (source) => FIELD_PATHS[parseSource(source)?.objectType ?? ''] ?? null,
    );
    const missing = new Set(kinds.get(null));
    for (const [path, all] of kinds) {
      const custom = all.filter((source) => path !== null && CUSTOM_KEY.test(keyIn(source)));
      if (path === null || custom.length === 0) continue;
      const keys = await keysOf(company, path, custom.map(keyIn));
      for (const source of custom) if (!keys.has(keyIn(source))) missing.add(source);
    }
    return sources.filter((source) => missing.has(source));
  };
};

const keyIn = (source: string): string => parseSource(source)?.property ?? '';

const readKeys = async (
  call: CallPipedrive,
  company: Company,
  path: string,
): Promise<ReadonlySet<string>> => {
  const keys = new Set<string>();
  let cursor: string | null | undefined;
  do {
    const query = { limit: String(PAGE), ...(cursor && { cursor }) };
    const reply = await call(company, { method: 'GET', path, query, purpose: 'background' });
    const { data, additional_data: more } = readBody(fieldPage, reply);
    for (const { field_code } of data ?? []) keys.add(field_code);
    cursor = more?.next_cursor;
  } while (cursor);
  return keys;
};
