/** How long things may take, in milliseconds. Each is one place to change. */

/** A card that has not arrived by then is treated as undeliverable, and the rep gets the lead directly. */
export const CARD_MUST_ARRIVE_WITHIN = 2 * 60_000;
/** A caller who writes the owner itself has done so by then; afterwards it is looked at, and made good. */
export const CALLER_WRITES_WITHIN = 15_000;
/** A record of the same e-mail in another CRM is the twin of a lead that is open, or came within this time. */
export const TWIN_BY_EMAIL_WITHIN = 24 * 3_600_000;
/** A record that could not be read is read again after this long. */
export const READ_AGAIN_AFTER = 60_000;
/** A lead that waits for the end of a pause; the end itself wakes it sooner. */
export const PAUSE_LOOK_AGAIN_AFTER = 5 * 60_000;
/** A lead that has waited this long needs a person: an alert says so. */
export const STUCK_AFTER = 4 * 3_600_000;
/** The most one try of a write may take: past it the write has landed, or never will by that try. */
export const LONGEST_TRY = 40_000;
