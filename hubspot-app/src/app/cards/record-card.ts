/** Written by `npm run docs` from the server’s views: HubSpot uploads this folder alone. */
/**
 * What people and programs are shown. One shape feeds the API, the console, the cards and Slack. Instants are ISO 8601
 * in UTC; sentences are rendered on reading, in the reader's language and zone.
 */
export interface NamedRef {
  readonly id: string;
  readonly name: string;
}

/** A lead's territory, tier and score, as far as it has them. */
interface DerivedView {
  readonly territory?: NamedRef;
  readonly tier?: NamedRef;
  /** Leads of its tier go first. */
  readonly urgent?: true;
  readonly score?: number;
}

interface DecisionBase {
  readonly id: string;
  readonly lead: { readonly id: string };
  /** Whether the owner stands in the CRM: not asked for (`none`), under way, done, or refused. */
  readonly written: 'none' | 'pending' | 'done' | 'refused';
  readonly policy: { readonly version: number };
  readonly rule: NamedRef | null;
  readonly pool: NamedRef | null;
  /** Why, in sentences. */
  readonly reason: string;
  readonly decidedAt: string;
  readonly engine: number;
  readonly hash: string;
  readonly candidates: readonly CandidateView[];
  /** The assignment the decision belongs to; claims and declines name it. */
  readonly assignment: string;
  /** Nothing is written or sent: the tenant, or the policy for this rule or pool, only looks. */
  readonly logOnly: boolean;
  /** What the policy worked out of the lead before its rules; absent: nothing. */
  readonly derived?: DerivedView;
  /** The CRM record the lead stands on; absent: none, or none yet. */
  readonly record?: RecordView;
  /** When somebody first worked on the lead since its rep has it; absent: not yet, as far as the CRM knows. */
  readonly firstActivityAt?: string;
}

/** `connection`: ours, by id; `url`: where it opens in its CRM, where that is known. */
interface RecordView {
  readonly connection: string;
  readonly objectType: string;
  readonly recordId: string;
  readonly url: string | null;
}

export interface CandidateView {
  readonly rep: string;
  readonly name: string;
  readonly code: string;
  readonly detail: string;
  /** The pool looked at, where several were. */
  readonly pool: string;
  /** What the pool owed the candidate as this lead was decided, in leads; absent for those not weighed. */
  readonly lag?: number;
}

/** A decision as JSON, everywhere: a closed union on `outcome`. */
type DecisionView =
  | (DecisionBase & { readonly outcome: 'assigned'; readonly rep: NamedRef })
  | (DecisionBase & {
      readonly outcome: 'offered';
      readonly rep: NamedRef | null;
      readonly offer: { readonly to: readonly NamedRef[]; readonly expiresAt: string };
    })
  | (DecisionBase & { readonly outcome: 'waiting'; readonly rep: null; readonly retryAt: string })
  | (DecisionBase & { readonly outcome: 'in_queue'; readonly rep: null; readonly queue: NamedRef })
  | (DecisionBase & { readonly outcome: 'merged'; readonly rep: null; readonly mergedInto: string })
  | (DecisionBase & {
      readonly outcome: 'not_routed';
      readonly rep: NamedRef | null;
      readonly because: string;
    });

/** A decision with everything there is to tell about it. */
export type ExplanationView = DecisionView & {
  /** The assignment's present state, which may be later than this decision. */
  readonly state: 'offered' | 'assigned' | 'waiting' | 'in_queue' | 'closed';
  /** Who has the lead now; null: nobody. */
  readonly current: NamedRef | null;
  readonly rules: readonly RuleTrace[];
  /** Steps tried in order, as sentences. */
  readonly steps: readonly { readonly key: string; readonly took: boolean; readonly text: string }[];
  readonly story: readonly StoryEntry[];
  /** The SLAs that the lead is or was under, the latest first; absent: none. */
  readonly slas?: readonly SlaView[];
  readonly person: PersonView | null;
  /** The typed values the decision read; null once erased. */
  readonly values: Readonly<Record<string, unknown>> | null;
};

interface PersonView {
  readonly name: string | null;
  readonly company: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly source: string | null;
  readonly message: string | null;
  readonly url: string | null;
}

/** One thing that happened to the lead. `kind` is an assignment event's; `text` says it. */
export interface StoryEntry {
  readonly at: string;
  readonly kind: string;
  readonly text: string;
  readonly rep: NamedRef | null;
}

/**
 * An SLA while the lead was with the same reps. `missed`: it was not met, and is not waited for any more; `ended`: nor
 * was it overdue by then.
 */
interface SlaView {
  readonly id: string;
  readonly name: string;
  readonly reps: readonly NamedRef[];
  readonly startedAt: string;
  /** null: nobody knows when its rep works again, and it stands still. */
  readonly dueAt: string | null;
  readonly metAt: string | null;
  readonly state: 'running' | 'overdue' | 'met' | 'met_late' | 'missed' | 'ended';
  /** In a sentence. */
  readonly text: string;
}

/** What a card on a CRM record shows. `explanation` is that of the latest decision; null: none was made about it yet. */
export interface RecordCard {
  readonly explanation: ExplanationView | null;
  readonly standing: RecordStanding | null;
  /** What the person who looks may do now. */
  readonly may: { readonly claim: boolean; readonly decline: boolean; readonly reassign: boolean };
  readonly declineReasons: readonly { readonly code: string; readonly label: string }[];
  /** To whom the lead may be given; empty where the looker may not. */
  readonly reps: readonly NamedRef[];
  /** When this was read. */
  readonly asOf: string;
}

/** Where a lead stands now, which may be later than its latest decision. */
export interface RecordStanding {
  readonly assignment: string;
  readonly version: number;
  readonly state: 'offered' | 'assigned' | 'waiting' | 'in_queue' | 'closed';
  /** Who has the lead, or what it waits for, in a sentence, and then each SLA that runs. */
  readonly headline: string;
  readonly owner: NamedRef | null;
  readonly queue: NamedRef | null;
  readonly offeredTo: readonly NamedRef[];
  /** When the open offer ends; null without one, and while its clock has not started. */
  readonly expiresAt: string | null;
  /** When a waiting lead is looked at again. */
  readonly retryAt: string | null;
  readonly written: 'none' | 'pending' | 'done' | 'refused';
  /** What to do when the write was refused. */
  readonly remedy: string | null;
}

/** Whether a rule matched, and the values that settled it. */
export interface RuleTrace {
  readonly rule: string;
  readonly name: string;
  readonly matched: boolean;
  readonly because: string;
}
