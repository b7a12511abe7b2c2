import { z } from 'zod';
import type { Report } from '../conditions/report.ts';
import type { LeadValues } from '../lead.ts';
import type { Fields } from './fields.ts';
import { readDatetimeJson } from './read-moments.ts';
import { readValues } from './read-values.ts';
import { Refusal } from './refusal.ts';
import { oneOf, strictObject } from './strict-object.ts';

const OUTCOMES = ['assigned', 'offered', 'waiting', 'in_queue', 'not_routed'] as const;

/** What a policy says of itself: this lead, at that moment, ends so. `check` decides it and compares. */
export interface PolicyTest {
  readonly lead: LeadValues;
  /** Epoch milliseconds; null: when it is checked. */
  readonly at: number | null;
  readonly expect: Expected;
}

/** What is left out may be anything. `rule` is an id, or `fallback` where none matches. */
export interface Expected {
  readonly rule?: string | undefined;
  readonly pool?: string | undefined;
  /** A rep's id or e-mail, as written. */
  readonly rep?: string | undefined;
  readonly queue?: string | undefined;
  readonly outcome?: (typeof OUTCOMES)[number] | undefined;
}

const instant = z.unknown().transform((given, ctx): number => {
  const read = readDatetimeJson(given);
  if (!(read instanceof Refusal)) return read;
  ctx.addIssue({ code: 'custom', message: read.message, input: given });
  return z.NEVER;
});

const expected = strictObject({
  rule: z.string().optional(),
  pool: z.string().optional(),
  rep: z.string().optional(),
  queue: z.string().optional(),
  outcome: oneOf(OUTCOMES).optional(),
}).refine((given) => Object.keys(given).length > 0, 'is empty; say at least which rule');

/** One entry of `tests:`. */
export const policyTest = strictObject({
  lead: z.record(z.string(), z.unknown(), { error: 'write the lead by its fields, such as {country: US}' }),
  at: instant.optional(),
  expect: expected,
});

type Ids = readonly { readonly id: string }[];

/** The parts of a policy that its tests name. */
interface Named {
  readonly fields?: Fields | undefined;
  readonly rules?: Ids | undefined;
  readonly pools?: Ids | undefined;
  readonly queues?: Ids | undefined;
}

/** Gives the leads of tests the types of their fields; what does not fit or does not exist is reported. */
export const bindTests = (
  tests: readonly z.output<typeof policyTest>[],
  named: Named,
  report: Report,
): readonly PolicyTest[] =>
  tests.map(({ lead, at, expect }, i) => {
    const { values, problems } = readValues(named.fields ?? {}, lead, 'json');
    for (const { field, message } of problems) report(['tests', i, 'lead', field], message);
    const there = (key: 'rule' | 'pool' | 'queue', list: Ids = []): void => {
      const id = expect[key];
      if (id !== undefined && !list.some((one) => one.id === id))
        report(['tests', i, 'expect', key], `${id} is no ${key} of this policy; name one there is`);
    };
    there('rule', [...(named.rules ?? []), { id: 'fallback' }]);
    there('pool', named.pools);
    there('queue', named.queues);
    return { lead: values, at: at ?? null, expect };
  });
