/** A literal of a filter, as it was written. */
export interface Literal {
  readonly kind: 'string' | 'guid' | 'moment' | 'number' | 'boolean' | 'null';
  readonly text: string;
}

export type Operator = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le';

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'compare'; readonly path: string; readonly operator: Operator; readonly value: Literal }
  | {
      readonly kind: 'text';
      readonly test: 'contains' | 'startswith' | 'endswith';
      readonly path: string;
      readonly value: string;
    }
  /** The platform's own In: a column by its logical name. */
  | { readonly kind: 'in'; readonly column: string; readonly values: readonly string[] };
