import { z } from 'zod';
import { log } from './log.ts';
import { type OnCall, onCall } from './on-call.ts';
import { type PoolOptions, poolOptionKeys, poolOptions } from './pool-options.ts';
import { type Ramp, ramp } from './ramp.ts';
import { shown } from './refusal.ts';
import { duration, id, name } from './scalars.ts';
import { oneOf, strictObject } from './strict-object.ts';

/** The reps who share a kind of lead and how they share it. */
export interface Pool extends PoolOptions {
  readonly id: string;
  readonly name: string;
  readonly members: readonly Member[];
  readonly method: 'round_robin' | 'load_balanced' | 'longest_waiting' | 'best_performer';
  /** Of `best_performer`, and only there: percent of each lead that is shared by weight whatever the results, 1 to 100. */
  readonly floor?: number;
  readonly availability: PoolAvailability;
  readonly catchUp: CatchUp;
  readonly requires: readonly Requirement[];
  /** What it gives is for the log only. */
  readonly logOnly?: true;
  /** Only members who work the lead's territory have it; absent: all do. */
  readonly byTerritory?: true;
  /** Absent: all members, at any time. */
  readonly onCall?: OnCall;
}

/** One rep, or each rep of a team. */
export type Member = MemberTerms &
  ({ readonly kind: 'rep'; readonly rep: string } | { readonly kind: 'team'; readonly team: string });

/** How a member shares. */
export interface MemberTerms {
  /** A share relative to the other members' (1 to 1,000,000). */
  readonly weight: number;
  /** Absent: the whole weight, always. */
  readonly ramp?: Ramp;
  /** Of the eligible members only those of the lowest priority take leads. Absent: 1. */
  readonly priority?: number;
  /** Ids of the territories they work, in pools that ask for them. */
  readonly territories?: readonly string[];
}

/** Who may be chosen: those at work now, anybody, or those at work within so many milliseconds. */
export type PoolAvailability =
  | { readonly kind: 'now' }
  | { readonly kind: 'ignore' }
  | { readonly kind: 'within'; readonly milliseconds: number };

/** What a member is owed for time away: nothing, everything, or at most `perDay` extra leads a day. */
export type CatchUp =
  | { readonly mode: 'none' }
  | { readonly mode: 'full' }
  | { readonly mode: 'bounded'; readonly perDay: number };

/** What a member must have: the rep's skill (`skills.<skill>`) contains, or equals, the lead's field. */
export interface Requirement {
  readonly skill: string;
  readonly op: 'contains' | 'eq';
  /** The lead's field. */
  readonly field: string;
  /** Stands in when the lead has no such value; null: then no member qualifies. */
  readonly whenMissing: string | null;
}

const weight = z
  .int('write a whole number; weights are shares, such as 2 and 1')
  .min(1, 'must be at least 1; to give somebody nothing, leave them out')
  .max(1_000_000, 'must be at most 1,000,000')
  .optional();

const priority = z
  .int('write a whole number; 1 goes first')
  .min(1, 'must be at least 1; 1 goes first')
  .max(100, 'must be at most 100')
  .optional();

const member = strictObject({
  rep: z.string().optional(),
  team: z.string().optional(),
  weight,
  ramp: ramp.optional(),
  priority,
  territories: z.array(z.string()).min(1, 'is empty; list the ids of territories').optional(),
}).transform((given, ctx): Member => {
  const shared = {
    weight: given.weight ?? 1,
    ...(given.ramp && { ramp: given.ramp }),
    ...(given.priority !== undefined && given.priority > 1 && { priority: given.priority }),
    ...(given.territories && { territories: given.territories }),
  };
  if (given.rep !== undefined && given.team === undefined) return { kind: 'rep', rep: given.rep, ...shared };
  if (given.team !== undefined && given.rep === undefined)
    return { kind: 'team', team: given.team, ...shared };
  ctx.addIssue({
    code: 'custom',
    message: 'a member is either a rep or a team; write one of the two',
    input: given,
  });
  return z.NEVER;
});

const availability = z
  .union([z.literal('now'), z.literal('ignore'), strictObject({ within: duration })], {
    error: 'write now, ignore or {within: PT24H}',
  })
  .transform(
    (given): PoolAvailability =>
      typeof given === 'string' ? { kind: given } : { kind: 'within', milliseconds: given.within },
  );

const catchUp = strictObject({
  mode: oneOf(['none', 'bounded', 'full']),
  perDay: z.int('write a whole number of leads').min(1, 'must be at least 1').max(1000).optional(),
}).transform((given, ctx): CatchUp => {
  const refuse = (message: string) =>
    ctx.addIssue({ code: 'custom', path: ['perDay'], message, input: given.perDay });
  if (given.mode !== 'bounded') {
    if (given.perDay !== undefined) refuse(`only bounded takes perDay; this mode is ${given.mode}`);
    return { mode: given.mode };
  }
  if (given.perDay === undefined) refuse('bounded needs perDay: how many extra leads a day');
  return { mode: 'bounded', perDay: given.perDay ?? 1 };
});

/** `{rep: territories, op: contains, lead: territory}`: the one requirement that is no skill. */
const TERRITORIES = 'territories';

const requirement = strictObject({
  rep: z.string().regex(/^(skills\.[A-Za-z]\w*|territories)$/, {
    error: (issue) => `${shown(issue.input)} is no attribute of a rep; write skills.<name>, or territories`,
  }),
  op: oneOf(['contains', 'eq']),
  lead: z.string(),
  whenMissing: z.string({ error: 'must be text; put it in quotes' }).optional(),
}).transform((given, ctx): Requirement | typeof TERRITORIES => {
  const { rep, op, lead, whenMissing = null } = given;
  if (rep !== TERRITORIES) return { skill: rep.slice('skills.'.length), op, field: lead, whenMissing };
  if (op !== 'contains' || lead !== 'territory' || whenMissing !== null)
    ctx.addIssue({
      code: 'custom',
      message:
        'write {rep: territories, op: contains, lead: territory}; nothing else is asked of territories',
      input: given,
    });
  return TERRITORIES;
});

/** One entry of `pools:`. */
export const pool = strictObject({
  id,
  name: name.optional(),
  members: z.array(member).min(1, 'has no members; list at least one rep or team'),
  method: oneOf(['round_robin', 'load_balanced', 'longest_waiting', 'best_performer']),
  floor: z
    .int('write whole percent, such as 60')
    .min(1, 'must be at least 1')
    .max(100, 'must be at most 100')
    .optional(),
  availability: availability.optional(),
  catchUp: catchUp.optional(),
  requires: z.array(requirement).optional(),
  log,
  onCall: onCall.optional(),
  ...poolOptionKeys,
}).transform(
  (given): Pool => ({
    id: given.id,
    name: given.name ?? given.id,
    members: given.members,
    method: given.method,
    ...(given.floor !== undefined && { floor: given.floor }),
    availability: given.availability ?? { kind: 'now' },
    catchUp: given.catchUp ?? { mode: 'none' },
    ...(given.log && { logOnly: true }),
    requires: (given.requires ?? []).filter((one) => one !== TERRITORIES),
    ...(given.requires?.includes(TERRITORIES) && { byTerritory: true }),
    ...(given.onCall && { onCall: given.onCall }),
    ...poolOptions(given),
  }),
);
