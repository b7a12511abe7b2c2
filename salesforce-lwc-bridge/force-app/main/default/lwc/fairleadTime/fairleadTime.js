import locale from '@salesforce/i18n/locale';
import timeZone from '@salesforce/i18n/timeZone';

/** The reader's zone by their Salesforce settings, which need not be their browser's. */
export const zone = timeZone;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const inUnits = (count, unit) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(count);

/** Time left in the reader's language, in its two largest units: 4 min 05 sec, 2 hr 10 min. Never below zero. */
export function timeLeft(ms) {
    const left = Math.max(0, Math.ceil(ms / SECOND) * SECOND);
    if (left >= DAY) {
        return `${inUnits(Math.floor(left / DAY), 'day')} ${inUnits(Math.floor((left % DAY) / HOUR), 'hour')}`;
    }
    if (left >= HOUR) {
        return `${inUnits(Math.floor(left / HOUR), 'hour')} ${inUnits(Math.floor((left % HOUR) / MINUTE), 'minute')}`;
    }
    const seconds = inUnits((left % MINUTE) / SECOND, 'second');
    return left >= MINUTE ? `${inUnits(Math.floor(left / MINUTE), 'minute')} ${seconds}` : seconds;
}

/**
 * What is said aloud when the time left passes from `before` to `now` milliseconds: once at five minutes, at one and at
 * the end, so that a screen reader is not kept talking. Answers the mark in milliseconds, or null.
 */
export function markPassed(before, now) {
    return [0, MINUTE, 5 * MINUTE].find((mark) => before > mark && now <= mark) ?? null;
}
