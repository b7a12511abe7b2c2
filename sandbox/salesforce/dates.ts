/** A moment as the API writes it: whole seconds, UTC. Texts of this form sort by time. */
export const dateTimeText = (at: number): string =>
  new Date(at - (at % 1000)).toISOString().replace('Z', '+0000');

/** A date-time of a request (ISO 8601 with an offset) as the API writes it; null when it is none. */
export const parseDateTime = (text: unknown): string | null => {
  if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/.test(text))
    return null;
  const at = Date.parse(text);
  return Number.isFinite(at) ? dateTimeText(at) : null;
};

/** A day such as 2026-11-24; null when it is none. */
export const parseDate = (text: unknown): string | null =>
  typeof text === 'string' &&
  /^\d{4}-\d\d-\d\d$/.test(text) &&
  Number.isFinite(Date.parse(`${text}T00:00:00Z`))
    ? text
    : null;
