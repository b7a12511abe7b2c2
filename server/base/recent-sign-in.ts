/**
 * How long after somebody proved who they are they may still change who gets in, without proving it again: long enough
 * for what one came to do. Milliseconds.
 */
export const RECENT_SIGN_IN_MS = 15 * 60_000;
