import type { SlaAction, SlaUntil } from '../../routing/policy/slas.ts';

/**
 * A clock of an SLA. It runs while a lead is with the same reps, and goes by what the policy said when it started: a
 * policy published meanwhile changes no clock that runs. Instants are epoch milliseconds, durations milliseconds.
 */
export interface SlaClock {
  readonly id: string;
  readonly assignmentId: string;
  readonly leadId: string;
  readonly slaId: string;
  readonly name: string;
  readonly until: SlaUntil['kind'];
  readonly clock: 'working' | 'elapsed';
  /** Whom the lead is with, or held out to. */
  readonly reps: readonly string[];
  readonly within: number;
  /** What had passed on the clock by `countedFrom`: what a rep's hours said before they changed stays counted. */
  readonly passed: number;
  readonly countedFrom: number;
  readonly startedAt: number;
  /** Missed if it is not met by then; null: nobody knows when its rep works again, and it stands still. */
  readonly dueAt: number | null;
  readonly steps: readonly ClockStep[];
  /** When the sweep has something to do for it; null: nothing. */
  readonly nextAt: number | null;
  readonly missedAt: number | null;
  readonly metAt: number | null;
  /** How much too late it was met, on its own clock; null: in time, or not met. */
  readonly late: number | null;
  readonly endedAt: number | null;
  readonly endedBecause: ClockEnd | null;
}

export interface ClockStep {
  readonly after: number;
  readonly do: SlaAction;
  /** When it is due; null: see `dueAt`. */
  readonly at: number | null;
  readonly doneAt: number | null;
  /** A reassignment that found nobody else: it is tried again at `at`. */
  readonly tried?: true;
  /** Whom Slack would not tell, and who has a task in the CRM instead. */
  readonly tasked?: readonly string[];
}

/**
 * How a clock ended. `moved`: the lead went to somebody else, or to nobody; `reassigned`: by a step of its own; `given`:
 * there is nothing to claim any more; `log_only`: the tenant only looks from now on.
 */
export type ClockEnd = 'met' | 'closed' | 'moved' | 'reassigned' | 'given' | 'log_only';

export const isRunning = ({ endedAt }: SlaClock): boolean => endedAt === null;

/** When a clock next has something to do: its first step that is not done, or becoming overdue. */
export const nextAtOf = ({
  dueAt,
  missedAt,
  steps,
}: Pick<SlaClock, 'dueAt' | 'missedAt' | 'steps'>): number | null => {
  const instants = steps.flatMap(({ at, doneAt }) => (doneAt === null && at !== null ? [at] : []));
  if (dueAt !== null && missedAt === null) instants.push(dueAt);
  return instants.length === 0 ? null : Math.min(...instants);
};

/** Whom a lead is with, or held out to, now. */
export const holdersOf = ({
  state,
  repId,
  offeredTo,
}: {
  readonly state: string;
  readonly repId: string | null;
  readonly offeredTo: readonly { readonly rep: string }[];
}): readonly string[] => {
  if (state === 'offered') return offeredTo.map(({ rep }) => rep);
  return state === 'assigned' && repId !== null ? [repId] : [];
};
