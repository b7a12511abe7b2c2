/** Rows taken in one look. A lead often comes with a second event; their reads then still fill the largest batches. */
export const AT_ONCE = 200;

/** For each other row that a look found, and at most. Milliseconds. */
const GATHER_MS = { each: 20, most: 400 } as const;

/**
 * How long rows wait for company before the next look. A CRM rations calls, and one reads two hundred records: in a rush
 * they are gathered. Who comes alone waits for nothing, and a full look has left others behind. Milliseconds.
 */
export const gatherMs = (taken: number): number =>
  taken === 0 || taken >= AT_ONCE ? 0 : Math.min(GATHER_MS.most, GATHER_MS.each * (taken - 1));
