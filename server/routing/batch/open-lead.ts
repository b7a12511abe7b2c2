import type { Lead } from '../lead.ts';

/** A lead that somebody has, and what it is shared by. */
export interface OpenLead {
  /** The assignment's id. */
  readonly id: string;
  readonly lead: Lead;
  /** The pool that gave it; null: none did, or it is no longer there. */
  readonly pool: string | null;
  /** The company it belongs to, by whatever that is known; null: not known. */
  readonly account: string | null;
}
