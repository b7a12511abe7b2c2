/** What a lookup column holds. */
export interface Ref {
  /** The table's logical name. */
  readonly table: string;
  readonly id: string;
}

export type Value = string | number | boolean | null | Ref;

/** Column → value, by logical name; a column without value is null or absent. */
export type Values = Readonly<Record<string, Value>>;

/** A record as it is stored. Date-times are ISO texts without milliseconds, as the API writes them. */
export interface Row {
  readonly id: string;
  /** The environment's counter at the last write: the row's ETag. */
  readonly version: number;
  readonly values: Values;
}

/** Who writes. `tag`: the `tag` of the request's address, which plug-ins and webhooks see. */
export interface Actor {
  readonly userId: string;
  readonly tag: string | null;
}

export type Message = 'Create' | 'Update' | 'Delete' | 'Merge';

/** Something that happened to a record, told once its transaction is committed. */
export interface RowChange {
  readonly table: string;
  readonly id: string;
  readonly message: Message;
  /** What was written: all columns of a new record, the changed ones of another, none of a deleted one. */
  readonly values: Values;
  /** For Merge: the record that went into this one. */
  readonly subordinateId?: string;
  readonly at: number;
  readonly actor: Actor;
}

export const isRef = (value: Value | undefined): value is Ref => typeof value === 'object' && value !== null;
