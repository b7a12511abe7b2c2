export type Value = string | number | boolean | null;

/** A record as it is stored: a field without value is null or absent. Date-times are texts as the API writes them. */
export interface Row {
  readonly Id: string;
  [field: string]: Value;
}

export type Values = Readonly<Record<string, Value>>;

/** Who writes, and by what: a person in the browser, an app through the API, Apex, a website form, another system. */
export interface Actor {
  readonly userId: string;
  readonly via: 'api' | 'ui' | 'apex' | 'web' | 'sync';
  /** The `client` of Sforce-Call-Options: what a change event carries as its origin. */
  readonly client: string | null;
}

/** Something that happened to a record, told once its transaction is committed. Never carries values. */
export interface RowChange {
  readonly objectType: string;
  readonly id: string;
  readonly at: number;
  readonly kind: 'created' | 'updated' | 'deleted' | 'undeleted';
  /** The fields whose value is another now; empty when a write changed nothing. */
  readonly fields: readonly string[];
  readonly actor: Actor;
}
