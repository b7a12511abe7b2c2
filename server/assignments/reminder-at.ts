const MINUTE = 60_000;
/** Offers shorter than this have no reminder: the card has only just been read. */
const SHORTEST_OFFER = 3 * MINUTE;
/** A reminder leaves at least this long to answer, and comes no earlier than that before the end. */
const AT_LEAST = MINUTE;
const AT_MOST = 60 * MINUTE;

/** When an offer reached its rep and when it ends, and how long it lasts on its own clock. Milliseconds. */
export interface OfferTime {
  readonly startedAt: number;
  readonly endsAt: number;
  readonly claimWithin: number;
}

/**
 * When a rep is reminded of an offer: as the last quarter of its time begins. Null: it is too short. On a working
 * clock the night before does not count as time of the offer.
 */
export const reminderAt = ({ startedAt, endsAt, claimWithin }: OfferTime): number | null => {
  const time = Math.min(endsAt - startedAt, claimWithin);
  if (time < SHORTEST_OFFER) return null;
  return endsAt - Math.min(Math.max(time / 4, AT_LEAST), AT_MOST);
};
