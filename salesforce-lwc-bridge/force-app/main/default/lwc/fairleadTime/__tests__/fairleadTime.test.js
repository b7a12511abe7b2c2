import { markPassed, timeLeft } from 'c/fairleadTime';

const MINUTE = 60000;

describe('timeLeft', () => {
    it.each([
        [-5000, '0 sec'],
        [500, '1 sec'],
        [59000, '59 sec'],
        [MINUTE + 5000, '1 min 5 sec'],
        [130 * MINUTE, '2 hr 10 min'],
        [26 * 60 * MINUTE, '1 day 2 hr']
    ])('%i ms are told as %s', (ms, told) => {
        expect(timeLeft(ms)).toBe(told);
    });
});

describe('markPassed', () => {
    it.each([
        [6 * MINUTE, 5.5 * MINUTE, null],
        [5 * MINUTE + 400, 5 * MINUTE - 600, 5 * MINUTE],
        [MINUTE + 1, MINUTE, MINUTE],
        [1000, 0, 0],
        [0, -1000, null]
    ])('from %i to %i ms left: %p', (before, now, mark) => {
        expect(markPassed(before, now)).toBe(mark);
    });

    it('a long sleep of the browser is told by its last mark only', () => {
        expect(markPassed(10 * MINUTE, -1)).toBe(0);
    });
});
