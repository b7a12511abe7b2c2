/** A value of a record as text, of whatever scalar; null: it has none. */
export const asText = (value: unknown): string | null =>
  value === null || value === undefined || value === '' || typeof value === 'object' ? null : String(value);
