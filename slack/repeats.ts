import type { AnyMiddlewareArgs, Middleware } from '@slack/bolt';

const KEPT = 2_000;

/** What names one delivery of Slack's: the event, or the trigger of a press, a form or a command. */
const keyOf = (body: AnyMiddlewareArgs['body']): string | null => {
  const { event_id, trigger_id } = body as { event_id?: unknown; trigger_id?: unknown };
  const id = event_id ?? trigger_id;
  return typeof id === 'string' ? id : null;
};

/**
 * Lets each delivery through once. A repeat is acknowledged and dropped, unless the first attempt failed: then it
 * is the retry that was asked for. Kept in memory, since every effect is idempotent in the database as well.
 */
export const dropRepeats = (): Middleware<AnyMiddlewareArgs> => {
  const seen = new Set<string>();
  return async (args) => {
    const key = keyOf(args.body);
    if (key === null) return void (await args.next());
    if (seen.has(key)) return void ('ack' in args && (await args.ack?.()));
    seen.add(key);
    for (const old of seen) if (seen.size > KEPT) seen.delete(old);
    try {
      await args.next();
    } catch (error) {
      seen.delete(key);
      throw error;
    }
  };
};
