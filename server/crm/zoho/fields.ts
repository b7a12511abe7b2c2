import { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import type { CallZoho, Org } from './client.ts';
import { KEY_FIELD, PATHS, REASON_FIELDS } from './facts.ts';
import { readBody } from './failures.ts';

const described = z.object({
  fields: z.array(
    z.object({
      api_name: z.string(),
      data_type: z.string(),
      unique: z.record(z.string(), z.unknown()).nullish(),
    }),
  ),
});

export interface FieldInfo {
  readonly type: string;
  /** No two records may have the same value. */
  readonly unique: boolean;
}

/** What fields the modules of an org have, asked once an hour per process. */
export interface FieldCatalog {
  readonly of: (org: Org, module: string, until?: number) => Promise<ReadonlyMap<string, FieldInfo>>;
  /** A field was not there after all: look again next time. */
  readonly forget: (org: Org) => void;
}

const ASK_AGAIN_MS = 3_600_000;

export const createFieldCatalog = (call: CallZoho, clock: Clock): FieldCatalog => {
  const known = new Map<
    string,
    { readonly fields: ReadonlyMap<string, FieldInfo>; readonly until: number }
  >();
  return {
    of: async (org, module, until) => {
      const key = `${org.id} ${module}`;
      const before = known.get(key);
      if (before !== undefined && clock.now() < before.until) return before.fields;
      const reply = await call(org, {
        method: 'GET',
        path: PATHS.fields,
        query: { module },
        purpose: 'delivery',
        ...(until !== undefined && { until }),
      });
      const told = readBody(described, reply)?.fields ?? [];
      const fields = new Map(
        told.map(({ api_name, data_type, unique }) => [
          api_name,
          { type: data_type, unique: Object.keys(unique ?? {}).length > 0 },
        ]),
      );
      known.set(key, { fields, until: clock.now() + ASK_AGAIN_MS });
      return fields;
    },
    forget: (org) => {
      for (const key of known.keys()) if (key.startsWith(`${org.id} `)) known.delete(key);
    },
  };
};

export const hasReasonFields = (fields: ReadonlyMap<string, FieldInfo>): boolean =>
  Object.values(REASON_FIELDS).every((name) => fields.has(name));

/** Whether the key of entries has a field of its own that lets no two records have the same. */
export const hasKeyField = (fields: ReadonlyMap<string, FieldInfo>): boolean =>
  fields.get(KEY_FIELD)?.unique === true;
