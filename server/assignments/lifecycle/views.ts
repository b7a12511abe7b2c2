import type { Erasure, Retention } from './ports.ts';

/** When a workspace's rows go, and who asked for it. Instants are ISO 8601. */
export interface DeletionView {
  readonly askedAt: string;
  readonly askedBy: string;
  readonly deletesAt: string;
}

/** What of a workspace is kept and for how long, what was erased, and whether it ends. */
export interface WorkspaceView {
  readonly id: string;
  readonly name: string;
  readonly deletion: DeletionView | null;
  readonly retention: Retention;
  readonly lastRoundAt: string | null;
  readonly erasures: readonly (Omit<Erasure, 'at'> & { readonly at: string })[];
}
