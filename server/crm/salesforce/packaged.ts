import { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import type { CallSalesforce, Org } from './client.ts';
import { DECISION_OBJECT, PATHS, REASON_FIELDS } from './facts.ts';
import { readBody } from './query.ts';

/** What an org has of Fairlead's package, asked once an hour per process. */
export interface Packaged {
  /** Whether records of the type have every field for the reason. */
  readonly reasonFields: (org: Org, api: string, until: number) => Promise<boolean>;
  /** The fields of the object that keeps decisions; null: it is not installed. */
  readonly decisionFields: (org: Org, until: number) => Promise<ReadonlySet<string> | null>;
  /** What may be written into each field of an object; null: the org has no such object. */
  readonly writable: (org: Org, api: string, until: number) => Promise<Writable | null>;
  /** A field was not there after all: look again next time. */
  readonly forget: (org: Org) => void;
}

/** By field; `length`: of texts, 0 for others. */
export type Writable = ReadonlyMap<string, { readonly length: number; readonly createable: boolean }>;

const ASK_AGAIN_MS = 3_600_000;

const described = z.object({
  fields: z.array(
    z.object({ name: z.string(), length: z.number().default(0), createable: z.boolean().default(true) }),
  ),
});

interface Known {
  readonly fields: Writable | null;
  readonly until: number;
}

export const createPackaged = (call: CallSalesforce, clock: Clock): Packaged => {
  const known = new Map<string, Known>();
  const fieldsOf = async (org: Org, api: string, until: number): Promise<Writable | null> => {
    const key = `${org.id} ${api}`;
    const before = known.get(key);
    if (before !== undefined && clock.now() < before.until) return before.fields;
    const reply = await call(org, { method: 'GET', path: PATHS.describe(api), purpose: 'delivery', until });
    const fields =
      reply.status === 404
        ? null
        : new Map(readBody(described, reply).fields.map(({ name, ...rest }) => [name, rest] as const));
    known.set(key, { fields, until: clock.now() + ASK_AGAIN_MS });
    return fields;
  };
  return {
    reasonFields: async (org, api, until) => {
      const fields = await fieldsOf(org, api, until);
      return Object.values(REASON_FIELDS).every((name) => fields?.has(name) ?? false);
    },
    decisionFields: async (org, until) => {
      const fields = await fieldsOf(org, DECISION_OBJECT.api, until);
      return fields && new Set(fields.keys());
    },
    writable: fieldsOf,
    forget: (org) => {
      for (const key of known.keys()) if (key.startsWith(`${org.id} `)) known.delete(key);
    },
  };
};
