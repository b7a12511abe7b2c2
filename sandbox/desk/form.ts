import type { Request } from 'express';

/** A form as it was sent. */
export const formOf = (req: Request): Readonly<Record<string, unknown>> =>
  (req.body ?? {}) as Record<string, unknown>;

/** Form fields as trimmed texts. */
export const fieldsOf = (req: Request): Record<string, string> =>
  Object.fromEntries(Object.entries(formOf(req)).map(([name, value]) => [name, String(value).trim()]));

/** Those that hold something. */
export const filled = (fields: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));

/** A field that may stand in a form several times. */
export const textsIn = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(String);
