import type { Org } from '../org.ts';
import type { Actor } from '../types.ts';
import type { Transaction } from './transaction.ts';

/** How a write is meant: by whom, within what, and what of the org's automation applies. */
export interface WriteContext {
  readonly org: Org;
  readonly tx: Transaction;
  readonly actor: Actor;
  /** Whether the lead assignment rule runs. The REST API runs it by default; Apex and the browser do not. */
  readonly autoAssign: boolean;
  /** Duplicates may be saved. */
  readonly allowDuplicates: boolean;
  /** Throws when this row is to fail on purpose. */
  readonly rowFault: (objectType: string, id: string | null) => void;
}
