/** A money amount. Amounts in different currencies never compare: the result is unknown. */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}

/**
 * One typed value of a declared field. Text keeps its case; country is ISO 3166 alpha-2; e-mail is lower case;
 * date is `YYYY-MM-DD`; datetime is epoch milliseconds (the declared type tells it from a number).
 */
export type FieldValue = string | number | boolean | Money | readonly string[];

/** A lead's values by declared field name. A missing or ill-typed value is simply absent. */
export type LeadValues = Readonly<Record<string, FieldValue>>;

/**
 * What a lead's open assignment has been through. It steers decisions taken afresh after a decline, an expiry or
 * a wait. Step keys are `<rule id>/<index in then>`; the fallback's are `fallback/<index>`.
 */
export interface LeadHistory {
  /** Reps who declined: not asked again. */
  readonly declined: readonly string[];
  /** Earlier leads of the same person that a rep had, latest first, as they stood when the lead came; absent: not asked. */
  readonly earlier?: readonly EarlierLead[];
  /** Reps whose offer ran out, oldest first: asked last. */
  readonly missed: readonly string[];
  /** Offers made so far, per step key. */
  readonly attempts: Readonly<Record<string, number>>;
  /** When a `wait` step began, per step key, in epoch milliseconds. */
  readonly waits: Readonly<Record<string, number>>;
}

/** A lead that somebody of the same address or number was before. */
export interface EarlierLead {
  /** What both have in common. */
  readonly code: 'EMAIL_EXACT' | 'PHONE_EXACT';
  readonly lead: string;
  /** Whether its rep still has it. */
  readonly open: boolean;
  readonly rep: string;
}

/** The history of a lead that nobody has been asked about yet. */
export const NO_HISTORY: LeadHistory = Object.freeze({ attempts: {}, declined: [], missed: [], waits: {} });

/** A lead as the core sees it: no names of people, only ids and values. */
export interface Lead {
  readonly id: string;
  readonly values: LeadValues;
  /** Salted SHA-256 of the values, which stands for them in the decision: `sha256:<hex>`. */
  readonly digest: string;
  readonly history: LeadHistory;
  /** Whether the record has an owner in its CRM, and which rep that is (null: an owner who is no rep). */
  readonly owner: { readonly rep: string | null } | null;
}
