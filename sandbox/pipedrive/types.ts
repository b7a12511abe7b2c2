/** The kinds of things a company keeps. */
export const OBJECT_NAMES = ['lead', 'person', 'organization', 'deal', 'activity', 'note', 'user'] as const;

export type ObjectName = (typeof OBJECT_NAMES)[number];

/** Leads have UUIDs, everything else numbers. */
export type RowId = string | number;

/** A thing as it is stored: in the form the API answers it. */
export type Row = Readonly<Record<string, unknown>> & { readonly id: RowId };

export type Values = Readonly<Record<string, unknown>>;

/** Who does something, and by which way. */
export interface Actor {
  readonly userId: number;
  readonly via: 'app' | 'api';
}

/** One thing that was created, changed or removed. Ids of a merge name the one that lives on, or the one that went. */
export interface Change {
  readonly object: ObjectName;
  readonly action: 'create' | 'change' | 'delete';
  readonly id: RowId;
  readonly before: Row | null;
  readonly after: Row | null;
  readonly by: Actor;
  readonly mergedTo?: RowId;
  readonly mergedFrom?: RowId;
}
