/** A lookup as it is stored: the name is looked up when it is shown. */
export interface Lookup {
  readonly id: string;
  /** Only of lookups that may point into several modules. */
  readonly module?: string;
}

export type Value = string | number | boolean | null | Lookup;

/** A record as it is stored: a field without value is null or absent. Date-times are texts in the org's zone. */
export interface Row {
  readonly id: string;
  readonly [field: string]: Value;
}

export type Values = Readonly<Record<string, Value>>;
/** What a caller sends: not looked at yet. */
export type Input = Readonly<Record<string, unknown>>;

/** Who writes, and by what: a person in the browser, the website, an app through the API, the org's own automation. */
export interface Actor {
  readonly userId: string;
  readonly via: 'ui' | 'web' | 'api' | 'automation';
  /** The client id of an app. */
  readonly client: string | null;
}

/** Something that happened to a record. Never carries values. */
export interface RowChange {
  readonly module: string;
  readonly id: string;
  readonly at: number;
  readonly operation: 'insert' | 'update' | 'delete';
  /** The fields whose value is another now. */
  readonly fields: readonly string[];
  readonly actor: Actor;
}

/** A record that is no more. Zoho tells of it by id alone: never into which other it was merged. */
export interface DeletedRow {
  readonly module: string;
  readonly id: string;
  readonly name: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly by: string;
  readonly type: 'recycle' | 'permanent';
}
