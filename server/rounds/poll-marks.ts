/** How far each connection has been looked through for changes, or listened to: its connector's own cursors, by name. */
export interface PollMarks {
  /** null: not yet. */
  readonly read: (name: string) => Promise<string | null>;
  readonly write: (name: string, cursor: string) => Promise<void>;
  readonly forget: (name: string) => Promise<void>;
}
