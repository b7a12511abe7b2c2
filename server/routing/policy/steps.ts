import { z } from 'zod';
import type { Meanwhile } from '../decision.ts';
import { duration } from './scalars.ts';
import { oneOf, strictObject } from './strict-object.ts';

/** What to try with a lead: steps are tried in order until one takes it. */
export type Step =
  | ({ readonly kind: 'pool'; readonly pool: string; readonly give: Give } & Conversion)
  | ({ readonly kind: 'rep'; readonly rep: string } & Conversion)
  | OwnerStep
  | { readonly kind: 'queue'; readonly queue: string }
  /** Wait at most so many milliseconds for an earlier step to take the lead, then go on. */
  | { readonly kind: 'wait'; readonly milliseconds: number; readonly meanwhile: Meanwhile | null };

/** To a rep who is looked up: who owns the account, had the person before, or is named in a field of the lead. */
export type OwnerStep = Conversion &
  (
    | { readonly kind: 'owner'; readonly of: 'account' | 'sticky' | 'duplicate' }
    | { readonly kind: 'owner'; readonly of: 'field'; readonly field: string }
  );

/** Whether the record is converted in its CRM once a rep has the lead. */
interface Conversion {
  readonly convert?: true;
}

/** How a pool's lead reaches the rep: at once, held out to one until they claim it, or to all at once. */
export type Give =
  | { readonly mode: 'assign' }
  | {
      readonly mode: 'offer' | 'broadcast';
      /** Milliseconds. */
      readonly claimWithin: number;
      /** Whether the time counts only while the rep works, or always. */
      readonly clock: 'working' | 'elapsed';
      /** Offers made by this step before the next step is tried. */
      readonly attempts: number;
      readonly meanwhile: Meanwhile | null;
    };

/** Who holds a record: a queue or a rep. */
export const meanwhile = strictObject({ queue: z.string().optional(), rep: z.string().optional() }).transform(
  (given, ctx): Meanwhile => {
    if (given.queue !== undefined && given.rep === undefined) return { queue: given.queue };
    if (given.rep !== undefined && given.queue === undefined) return { rep: given.rep };
    ctx.addIssue({ code: 'custom', message: 'write either a queue or a rep', input: given });
    return z.NEVER;
  },
);

const owner = z.union([oneOf(['account', 'sticky', 'duplicate']), strictObject({ field: z.string() })], {
  error: 'write account, sticky, duplicate or {field: <name>}',
});

const stepDocument = strictObject(
  {
    pool: z.string().optional(),
    rep: z.string().optional(),
    owner: owner.optional(),
    queue: z.string().optional(),
    wait: duration.optional(),
    give: oneOf(['assign', 'offer', 'broadcast']).optional(),
    claimWithin: duration.optional(),
    clock: oneOf(['working', 'elapsed']).optional(),
    attempts: z
      .int('write a whole number')
      .min(1, 'must be at least 1')
      .max(50, 'must be at most 50')
      .optional(),
    meanwhile: meanwhile.optional(),
    convert: z.boolean().optional(),
  },
  {
    sla: 'remove it; claimWithin on an offer bounds how long a rep may take',
  },
);
type StepDocument = z.output<typeof stepDocument>;
type Refuse = (key: string | null, message: string) => void;

const KINDS = ['pool', 'rep', 'owner', 'queue', 'wait'] as const;

/** One step of `then:` or `fallback:`. */
export const step = stepDocument.transform((given, ctx): Step => {
  const refuse: Refuse = (key, message) =>
    ctx.addIssue({ code: 'custom', path: key === null ? [] : [key], message, input: given });
  const kinds = KINDS.filter((kind) => given[kind] !== undefined);
  if (kinds.length !== 1) {
    refuse(
      null,
      `a step names exactly one of pool, rep, owner, queue or wait; this one names ${kinds.join(' and ') || 'none'}`,
    );
    return z.NEVER;
  }
  refuseStrangers(given, kinds[0]!, refuse);
  const conversion = given.convert === true ? { convert: true as const } : {};
  if (given.pool !== undefined)
    return { kind: 'pool', pool: given.pool, give: giveOf(given, refuse), ...conversion };
  if (given.rep !== undefined) return { kind: 'rep', rep: given.rep, ...conversion };
  if (given.owner !== undefined)
    return typeof given.owner === 'string'
      ? { kind: 'owner', of: given.owner, ...conversion }
      : { kind: 'owner', of: 'field', field: given.owner.field, ...conversion };
  if (given.queue !== undefined) return { kind: 'queue', queue: given.queue };
  return { kind: 'wait', milliseconds: given.wait!, meanwhile: given.meanwhile ?? null };
});

/** Offers belong to pools; a rep is assigned and a queue is filled at once; only what a rep has is converted. */
const refuseStrangers = (given: StepDocument, kind: string, refuse: Refuse): void => {
  if (given.convert !== undefined && (kind === 'queue' || kind === 'wait'))
    refuse('convert', `a ${kind} step gives the lead to nobody who could work on it; remove convert`);
  if (kind === 'pool') return;
  for (const key of ['give', 'claimWithin', 'clock', 'attempts'] as const)
    if (given[key] !== undefined) refuse(key, `only a pool step takes ${key}; remove it`);
  if (given.meanwhile !== undefined && kind !== 'wait')
    refuse('meanwhile', `a ${kind} step takes the lead at once; remove meanwhile`);
};

const giveOf = (given: StepDocument, refuse: Refuse): Give => {
  const mode = given.give ?? 'assign';
  if (mode === 'assign') {
    for (const key of ['claimWithin', 'clock', 'attempts', 'meanwhile'] as const)
      if (given[key] !== undefined)
        refuse(key, `give: assign takes no ${key}; write give: offer or remove it`);
    return { mode };
  }
  if (given.claimWithin === undefined)
    refuse('claimWithin', `is missing; give: ${mode} needs it, such as PT10M`);
  return {
    mode,
    claimWithin: given.claimWithin ?? 0,
    clock: given.clock ?? 'working',
    attempts: given.attempts ?? (mode === 'offer' ? 3 : 1),
    meanwhile: given.meanwhile ?? null,
  };
};
