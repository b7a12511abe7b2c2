import { createFaultList } from '../fault-list.ts';

/**
 * Something to go wrong on purpose, for the next `times` calls of a method (any method when left out; once when
 * `times` is). `error`: answer with it; `status`: answer with that HTTP status; `rateLimited`: 429 with so many
 * seconds; `delayMs`: answer late; `lostReply`: do the work, then break the connection without a reply; `halfReply`:
 * break it in the middle of the reply. `kind`: the switch it stands for on the switches page.
 */
export interface SlackFault {
  readonly method?: string;
  readonly times?: number;
  readonly error?: string;
  readonly status?: number;
  readonly rateLimited?: number;
  readonly delayMs?: number;
  readonly lostReply?: boolean;
  readonly halfReply?: boolean;
  readonly kind?: string;
}

/** Slack's switches for failures, met in the order they were added. */
export const createSlackFaults = () => {
  const faults = createFaultList<SlackFault>();
  return {
    add: (fault: SlackFault): void => faults.add({ ...fault, times: fault.times ?? 1 }),
    remove: faults.remove,
    list: faults.list,
    clear: (): void => faults.set([]),
    /** The fault this call meets, if any; it is used up. */
    take: (method: string): SlackFault | null =>
      faults.take((fault) => fault.method === undefined || fault.method === method),
  };
};

export type SlackFaults = ReturnType<typeof createSlackFaults>;
