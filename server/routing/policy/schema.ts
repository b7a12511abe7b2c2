import { z } from 'zod';
import type { Condition } from '../conditions/condition.ts';
import { condition } from '../conditions/condition-document.ts';
import { type AccountList, accountList } from './accounts.ts';
import { type Duplicates, duplicates } from './duplicates.ts';
import { events } from './events.ts';
import { type Fields, fields } from './fields.ts';
import { type Hold, hold } from './hold.ts';
import { type Junk, junkDocument } from './junk.ts';
import { log } from './log.ts';
import { type Pool, pool } from './pools.ts';
import { type Queue, queue } from './queues.ts';
import { type Rep, repSchema } from './reps.ts';
import { CRMS, type Crm, id, name, timezone } from './scalars.ts';
import { type Score, score } from './score.ts';
import { segment } from './segments.ts';
import { ruleSlas, type Sla, sla } from './slas.ts';
import { type Step, step } from './steps.ts';
import { oneOf, strictObject } from './strict-object.ts';
import { type Territory, territory } from './territories.ts';
import { type PolicyTest, policyTest } from './tests.ts';
import { type Tier, tier } from './tiers.ts';
import { type WeekHours, weekHours } from './week-hours.ts';

export type { Condition } from '../conditions/condition.ts';
export type { Fields } from './fields.ts';
export type { OnCall } from './on-call.ts';
export type { Member, MemberTerms, Pool, Requirement } from './pools.ts';
export type { Queue } from './queues.ts';
export type { Ramp } from './ramp.ts';
export type { Holidays, Rep, TimeOff } from './reps.ts';
export type { Sla, SlaTerms } from './slas.ts';
export type { Give, Step } from './steps.ts';
export type { Territory } from './territories.ts';
export type { Tier } from './tiers.ts';
export type { WeekHours } from './week-hours.ts';

/** The first rule whose condition is true decides; its steps are tried in order. */
export interface Rule {
  readonly id: string;
  readonly name: string;
  readonly when: Condition;
  readonly steps: readonly Step[];
  /** Ids of the SLAs that its leads are under; absent: none. */
  readonly slas?: readonly string[];
  /** What it decides is for the log only. */
  readonly logOnly?: true;
}

/**
 * Which records are routed at all. `owned`: whether a record that has an owner is kept as it is; `compare`: kept, and
 * while it would only be for the log, decided all the same, to be set beside its owner.
 */
export interface Intake {
  readonly when: Condition | null;
  readonly owned: 'keep' | 'route' | 'compare';
  readonly again: 'never';
}

/** Where leads go that come in without a record. `crm` none: they stay here. */
export interface Entry {
  readonly crm: Crm | 'none';
}

/** A policy ready to decide with: defaults filled in, durations in milliseconds, conditions bound to their fields. */
export interface Policy {
  readonly fairlead: 1;
  readonly name: string;
  /** IANA name; what `time` conditions and reps without a zone of their own go by. */
  readonly timezone: string;
  /** What reps without hours of their own work; null: always. */
  readonly hours: WeekHours | null;
  readonly fields: Fields;
  readonly intake: Intake;
  /** Whose record counts where a person stands on two; null: records of different CRMs are different leads. */
  readonly crmOfRecord: Crm | null;
  /** Absent: into the CRM of record, or the only one that is connected. */
  readonly entry?: Entry;
  /** Which of a rep's records count as open work; null: the CRM's default. */
  readonly openWork: Condition | null;
  /** Absent: only people say so, within 30 days. */
  readonly junk?: Junk;
  /** Lists of named accounts, in the order in which they count. */
  readonly accounts?: readonly AccountList[];
  /** What happens before the rules to a lead of somebody who was a lead before. */
  readonly duplicates?: Duplicates;
  /** Absent: there are none. */
  readonly territories?: readonly Territory[];
  /** Kinds of events that leads may come with. */
  readonly events?: readonly string[];
  readonly score?: Score;
  readonly tiers?: readonly Tier[];
  /** Absent: a lead is decided when it arrives. */
  readonly hold?: Hold;
  readonly queues: readonly Queue[];
  readonly pools: readonly Pool[];
  /** Absent: none. */
  readonly slas?: readonly Sla[];
  readonly rules: readonly Rule[];
  readonly fallback: readonly Step[];
  /** The file's own reps; null: the directory's. Rep references are ids once resolved. */
  readonly reps: readonly Rep[] | null;
  /** Run by `check`; decisions know nothing of them. */
  readonly tests?: readonly PolicyTest[];
}

const intake = strictObject({
  when: condition.optional(),
  owned: oneOf(['keep', 'route', 'compare']).optional(),
  again: oneOf(['never'], { always: 'write never', when_changed: 'write never' }).optional(),
});

const entry = strictObject({ crm: oneOf([...CRMS, 'none']) });

const rule = strictObject({
  id: id.refine((text) => text !== 'fallback', 'fallback is reserved; choose another id'),
  name: name.optional(),
  when: condition,
  sla: ruleSlas.optional(),
  then: z.array(step).min(1, 'is empty; list at least one step, such as {pool: everyone}'),
  log,
});

/** The policy document as written in YAML or JSON: shapes and words only, references are checked afterwards. */
export const policyDocument = strictObject(
  {
    fairlead: z.literal(1, 'must be 1, the version of the policy format'),
    name,
    timezone: timezone.optional(),
    hours: weekHours.optional(),
    fields: fields.optional(),
    intake: intake.optional(),
    crmOfRecord: oneOf(CRMS).optional(),
    entry: entry.optional(),
    openWork: condition.optional(),
    junk: junkDocument.optional(),
    accounts: z.array(accountList).optional(),
    duplicates: duplicates.optional(),
    territories: z.array(territory).max(100_000, 'has more than 100,000 territories').optional(),
    segments: z.array(segment).optional(),
    events: events.optional(),
    score: score.optional(),
    tiers: z.array(tier).optional(),
    hold: hold.optional(),
    queues: z.array(queue).optional(),
    pools: z.array(pool).optional(),
    slas: z.array(sla).max(100, 'has more than 100 SLAs').optional(),
    rules: z.array(rule).max(100_000, 'has more than 100,000 rules').optional(),
    fallback: z.array(step).optional(),
    reps: z.array(repSchema).optional(),
    tests: z.array(policyTest).optional(),
  },
  {},
);
export type PolicyDocument = z.output<typeof policyDocument>;
