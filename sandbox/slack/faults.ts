/**
 * Something to go wrong on purpose, for the next `times` calls of a method (any method when left out).
 * `error`: answer with it; `status`: answer with that HTTP status; `rateLimited`: 429 with so many seconds;
 * `delayMs`: answer late; `lostReply`: do the work, then break the connection without a reply.
 */
export interface SlackFault {
  readonly method?: string;
  readonly times?: number;
  readonly error?: string;
  readonly status?: number;
  readonly rateLimited?: number;
  readonly delayMs?: number;
  readonly lostReply?: boolean;
}

export interface Faults {
  readonly add: (fault: SlackFault) => void;
  readonly clear: () => void;
  /** The fault this call meets, if any; it is used up. */
  readonly take: (method: string) => SlackFault | null;
}

/** A list of faults, met in the order they were added. */
export const createFaults = (): Faults => {
  let waiting: { fault: SlackFault; left: number }[] = [];
  return {
    add: (fault) => void waiting.push({ fault, left: fault.times ?? 1 }),
    clear: () => {
      waiting = [];
    },
    take: (method) => {
      const found = waiting.find((one) => one.fault.method === undefined || one.fault.method === method);
      if (found === undefined) return null;
      found.left -= 1;
      if (found.left <= 0) waiting = waiting.filter((one) => one !== found);
      return found.fault;
    },
  };
};
