import type { Router } from 'express';
import type { DeskCrm } from './desk/desk-crm.ts';
import type { SavedFiles } from './saved-files.ts';
import type { Scheduler } from './scheduler.ts';
import type { Switches } from './switches.ts';

/** What every stand-in is given. */
export interface StandInDeps {
  readonly scheduler: Scheduler;
  readonly random: () => number;
  /** Where Fairlead listens, and the address it is known by; both may change later: read them when needed. */
  readonly target: { readonly url: string; readonly publicUrl: string };
  /** Where this stand-in's API is mounted, as a caller reaches it, without a slash at the end; known once it listens. */
  readonly baseUrl: () => string;
  /** Where its state is kept. */
  readonly files: SavedFiles;
}

/** A vendor's stand-in as the sandbox mounts it: `/<slug>`, `/control/<slug>`, `/desk/<slug>`. */
export interface StandIn {
  /** In addresses: `salesforce`. */
  readonly slug: string;
  /** As people call it: `Salesforce`. */
  readonly name: string;
  /** The vendor's API. */
  readonly router: Router;
  /** The strings that tests, the start script and people with curl pull. */
  readonly control: Router;
  /** Null: it has pages of its own. */
  readonly desk: DeskCrm | null;
  readonly switches: Switches;
  readonly close: () => Promise<void>;
}
