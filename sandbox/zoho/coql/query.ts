import { ZohoError } from '../errors.ts';

export type Literal = string | number | boolean;

export type Condition =
  | { readonly kind: 'join'; readonly either: boolean; readonly left: Condition; readonly right: Condition }
  | {
      readonly kind: 'compare';
      readonly column: string;
      readonly operator: '=' | '!=' | '<' | '>' | '<=' | '>=' | 'like' | 'not like';
      readonly value: Literal;
    }
  | {
      readonly kind: 'in';
      readonly column: string;
      readonly not: boolean;
      readonly values: readonly Literal[];
    }
  | { readonly kind: 'null'; readonly column: string; readonly not: boolean }
  | { readonly kind: 'between'; readonly column: string; readonly from: Literal; readonly to: Literal };

/** One thing selected: a column, or what an aggregate makes of one. */
export interface Selected {
  readonly column: string;
  readonly aggregate: 'count' | 'max' | 'min' | 'sum' | null;
  /** Its name in the reply. */
  readonly as: string;
}

export interface Query {
  readonly select: readonly Selected[];
  readonly from: string;
  readonly where: Condition;
  readonly groupBy: readonly string[];
  readonly orderBy: readonly { readonly column: string; readonly descending: boolean }[];
  readonly limit: number;
  readonly offset: number;
}

export const syntaxError = (near: string, column: number): ZohoError =>
  new ZohoError('SYNTAX_ERROR', 'invalid query formed', { near, column, line: 1 });

export const missingClause = (clause: string): ZohoError =>
  new ZohoError('SYNTAX_ERROR', `missing clause`, { clause });

export const invalidColumn = (column_name: string): ZohoError =>
  new ZohoError('INVALID_QUERY', 'column given seems to be invalid', { column_name });

export const invalidLiteral = (column_name: string, value: Literal): ZohoError =>
  new ZohoError('INVALID_QUERY', 'value given seems to be invalid for the column', {
    column_name,
    near: String(value),
  });
