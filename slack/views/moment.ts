const format = (epochMs: number, timeZone: string): string =>
  new Intl.DateTimeFormat('en-US', {
    weekday: 'short',
    hour: '2-digit',
    hourCycle: 'h23',
    minute: '2-digit',
    timeZone,
    timeZoneName: 'short',
  }).format(epochMs);

/** An instant in words in a zone; a zone the system does not know is read as UTC. */
export const momentText = (epochMs: number, timeZone: string): string => {
  try {
    return format(epochMs, timeZone);
  } catch {
    return format(epochMs, 'UTC');
  }
};

/** The same for mrkdwn: Slack shows it in the reader's own zone, the fallback is in the rep's. */
export const moment = (epochMs: number, timeZone: string): string =>
  `<!date^${Math.floor(epochMs / 1000)}^{date_short_pretty} at {time}|${momentText(epochMs, timeZone)}>`;
