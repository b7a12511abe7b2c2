import type { ColumnType } from 'kysely';

/**
 * How columns come back and are written: instants as `Date`; jsonb parsed, and written as text (`JSON.stringify`), so
 * that an array is never taken for a PostgreSQL array.
 */
export type Json<T> = ColumnType<T, string, string>;
export type JsonOrDefault<T> = ColumnType<T, string | undefined, string>;
export type Instant = ColumnType<Date, Date | string, Date | string>;
export type InstantOrDefault = ColumnType<Date, Date | string | undefined, Date | string>;
export type InstantOrNull = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
export type JsonOrNull<T> = ColumnType<T | null, string | null | undefined, string | null>;
export type TextOrNull = ColumnType<string | null, string | null | undefined, string | null>;
export type NumberOrNull = ColumnType<number | null, number | null | undefined, number | null>;
