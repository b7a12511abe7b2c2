/** A name with the relationships before it, and where it stands in the text. */
export interface Path {
  readonly names: readonly string[];
  readonly at: number;
}

export type Literal =
  | { readonly kind: 'string' | 'number' | 'date' | 'datetime'; readonly value: string; readonly at: number }
  | { readonly kind: 'boolean'; readonly value: boolean; readonly at: number }
  | { readonly kind: 'null'; readonly at: number }
  /** TODAY, LAST_N_DAYS:3 and their like. */
  | { readonly kind: 'range'; readonly value: string; readonly at: number };

export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'like';

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition }
  | { readonly kind: 'compare'; readonly path: Path; readonly op: Operator; readonly value: Literal }
  | {
      readonly kind: 'in';
      readonly path: Path;
      readonly negated: boolean;
      readonly values: readonly Literal[];
      /** A semi-join instead of values. */
      readonly query: Query | null;
    };

export type SelectItem =
  | { readonly kind: 'field'; readonly path: Path; readonly alias: string | null }
  | { readonly kind: 'count' }
  | {
      readonly kind: 'aggregate';
      readonly name: 'count' | 'count_distinct' | 'min' | 'max' | 'sum' | 'avg';
      readonly path: Path;
      readonly alias: string | null;
    }
  | {
      readonly kind: 'typeof';
      readonly path: Path;
      readonly cases: readonly { readonly type: string; readonly fields: readonly Path[] }[];
      readonly otherwise: readonly Path[];
    };

export interface Query {
  readonly select: readonly SelectItem[];
  readonly from: { readonly name: string; readonly at: number };
  readonly where: Condition | null;
  readonly groupBy: readonly Path[];
  readonly orderBy: readonly {
    readonly path: Path;
    readonly descending: boolean;
    readonly nullsLast: boolean;
  }[];
  readonly limit: number | null;
  readonly offset: number;
}
