// Moments on the clock of a zone, as <input type="datetime-local"> holds them: 2026-11-24T10:30.

const clock = (seconds, zone) => {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(seconds * 1000);
  const of = (type) => parts.find((one) => one.type === type).value;
  return `${of('year')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}`;
};

/** The clock of a zone at an instant in seconds. */
export const toLocal = clock;

/** The instant, in seconds, at which the clock of a zone shows a text; where it never does, one close to it. */
export const fromLocal = (text, zone) => {
  const asUtc = Date.parse(`${text}Z`) / 1000;
  let at = asUtc;
  // Twice, for an offset that changes in between.
  for (let time = 0; time < 2; time++) at += asUtc - Date.parse(`${clock(at, zone)}Z`) / 1000;
  return at;
};
