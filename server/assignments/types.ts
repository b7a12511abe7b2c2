export type Vendor = 'hubspot' | 'salesforce' | 'dynamics' | 'zoho' | 'pipedrive' | 'slack';

/** An object in a CRM. `objectType` is the vendor's own singular lower-case name (`contact`, `company`, `deal`, `lead`). */
export interface RecordRef {
  readonly connectionId: string;
  readonly objectType: string;
  readonly recordId: string;
}

/** A record in another CRM, wherever that is connected. */
export interface TwinRef {
  readonly vendor: Vendor;
  readonly objectType: string;
  readonly recordId: string;
}

/** What people see of a lead: personal data, kept only in the erasable snapshot. */
export interface LeadPerson {
  readonly name: string | null;
  readonly company: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly source: string | null;
  readonly message: string | null;
  /** Where the record opens in its CRM. */
  readonly url: string | null;
  /** What reps wrote when they declined. */
  readonly notes?: readonly { readonly rep: string; readonly text: string }[];
}

/** A record as its CRM has it now. `raw` holds the declared fields that have a source there, as the vendor's text. */
export interface RecordSnapshot {
  readonly ref: RecordRef;
  readonly raw: Readonly<Record<string, string | null>>;
  readonly person: LeadPerson;
  /** The vendor's owner id, or null. */
  readonly ownerId: string | null;
  /**
   * When the owner was last set, or where the CRM keeps only when the record last changed, that: nobody set the owner
   * later. Epoch milliseconds; absent: unknown.
   */
  readonly ownerSince?: number;
  /** The record no longer exists, or is converted, merged or archived; or erased, with all that was known of the person. */
  readonly gone: null | 'missing' | 'archived' | 'converted' | 'erased' | { readonly mergedInto: string };
  /** Records there never lack an owner: a queue, or somebody who takes no leads here, stands for nobody. */
  readonly alwaysOwned?: boolean;
  /** Records in other CRMs that this one is kept in step with, as its CRM names them. */
  readonly twins?: readonly TwinRef[];
  /** Whether it is open work by the CRM's own default, for policies that do not say; absent: unknown. */
  readonly open?: boolean;
}

/** Where a lead came from: shown to people and counted in metrics. */
export type Source = 'hubspot_action' | 'webhook' | 'salesforce' | 'api' | 'poll' | 'console' | 'again';

export type AssignmentState = 'offered' | 'assigned' | 'waiting' | 'in_queue' | 'closed';

export type DeclineReason = 'not_my_area' | 'too_busy' | 'conflict' | 'bad_lead' | 'other';

/**
 * Why an assignment ended. `erased`: what was known of the person was, and nobody is to work on it; `owned_outside`: the record was given to somebody who is no rep; `owner_removed`: somebody
 * took the owner off, or gave it to a queue; `replaced`: routed again on request; `converted`: by us, as the policy asks;
 * `disconnected`: the account it stood in was;
 * `log_only`: the tenant only looks; `log_only_asked`: the caller only looks; `log_only_policy`: the policy only looks, by this
 * rule or pool.
 */
export type ClosedBecause =
  | 'closed_in_crm'
  | 'record_gone'
  | 'erased'
  | 'merged'
  | 'not_routed'
  | 'owned_outside'
  | 'owner_removed'
  | 'replaced'
  | 'converted'
  | 'disconnected'
  | 'log_only'
  | 'log_only_asked'
  | 'log_only_policy';

/** One rep of an offer. The clock starts when the card is delivered; both are epoch milliseconds. */
export interface Offeree {
  readonly rep: string;
  readonly startedAt: number | null;
  readonly endsAt: number | null;
}

/** What can happen to an assignment, as its story tells it. `rep_id` is the rep concerned. */
export type AssignmentEventKind =
  | 'assigned'
  | 'offered'
  | 'waiting'
  | 'queued'
  | 'not_routed'
  | 'card_delivered'
  | 'unreachable'
  | 'claimed'
  | 'declined'
  | 'expired'
  | 'went_away'
  | 'reassigned_outside'
  | 'native_rule'
  | 'reassigned'
  | 'junk'
  | 'owner_written'
  | 'owner_refused'
  | 'entered'
  | 'entry_refused'
  | 'convert_refused'
  | 'first_activity'
  | 'sla_missed'
  | 'sla_met'
  | 'sla_reassigned'
  | 'sla_kept'
  | 'closed';

/** What a CRM's own assignment rule did with a lead, or why it gave it to nobody. */
export type NativeOutcome =
  | 'in_progress'
  | 'owner_assigned'
  | 'server_issue'
  | 'no_condition_met'
  | 'no_seller_meets_conditions'
  | 'no_availability'
  | 'no_capacity'
  | 'no_rule'
  | 'assigned_by_hand'
  | 'missing_privileges'
  | 'too_old'
  | 'several_teams'
  | 'no_team'
  | 'several_queues'
  | 'no_queue';

/** Values given by a caller, before they are typed by the policy's fields. */
export type GivenFields = Readonly<Record<string, unknown>>;
