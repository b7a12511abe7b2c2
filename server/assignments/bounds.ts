/** How long things may take, in milliseconds. Each is one place to change. */

/** A card that has not arrived by then is treated as undeliverable, and the rep gets the lead directly. */
export const CARD_MUST_ARRIVE_WITHIN = 2 * 60_000;
/** A record that could not be read is read again after this long. */
export const READ_AGAIN_AFTER = 60_000;
/** A lead that waits for the end of a pause; the end itself wakes it sooner. */
export const PAUSE_LOOK_AGAIN_AFTER = 5 * 60_000;
/** A lead that has waited this long needs a person: an alert says so. */
export const STUCK_AFTER = 4 * 3_600_000;
