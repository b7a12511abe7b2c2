/** An instant as Zoho writes it: whole seconds, in the org's zone, with its offset. */
export const dateTimeText = (ms: number, timezone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(ms)
    .toZonedDateTimeISO(timezone)
    .toString({ timeZoneName: 'never', fractionalSecondDigits: 0 });

const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** Epoch milliseconds; null: not a date-time as the API takes it. */
export const parseDateTime = (text: unknown): number | null => {
  if (typeof text !== 'string' || !DATE_TIME.test(text)) return null;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
};
