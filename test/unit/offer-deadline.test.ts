import { expect, test } from 'vitest';
import { offerDeadline } from '../../server/routing/availability/offer-deadline.ts';
import { resolveAvailability } from '../../server/routing/availability/resolve-availability.ts';
import type { Schedule } from '../../server/routing/availability/shifts.ts';
import { weekHours } from '../../server/routing/policy/week-hours.ts';

const london: Schedule = {
  timezone: 'Europe/London',
  hours: weekHours.parse({ 'mon-fri': ['09:00-12:00', '13:00-17:00'] }),
  holidays: { calendars: [], dates: [] },
  timeOff: [],
};
const none = () => new Set<string>();
const ends = (startedAt: string, minutes: number, clock: 'working' | 'elapsed', schedule = london) => {
  const offer = { startedAt: Date.parse(`${startedAt}Z`), claimWithin: minutes * 60_000, clock };
  const at = (instant: number) => resolveAvailability(schedule, none, instant);
  return new Date(offerDeadline(at, offer)).toISOString().slice(0, 16);
};

test('within a shift, both clocks end an offer when the time is over', () => {
  expect(ends('2026-11-24T10:00', 10, 'working')).toBe('2026-11-24T10:10');
  expect(ends('2026-11-24T10:00', 10, 'elapsed')).toBe('2026-11-24T10:10');
});

test('no offer outlasts the shift it began in', () => {
  expect(ends('2026-11-24T11:55', 10, 'working')).toBe('2026-11-24T12:00');
  expect(ends('2026-11-24T16:59', 600, 'elapsed')).toBe('2026-11-24T17:00');
});

test('outside working hours a working clock waits for the rep, and ends with that shift', () => {
  expect(ends('2026-11-27T20:00', 10, 'working')).toBe('2026-11-30T09:10');
  expect(ends('2026-11-27T20:00', 600, 'working')).toBe('2026-11-30T12:00');
  expect(ends('2026-11-27T20:00', 10, 'elapsed')).toBe('2026-11-27T20:10');
});

test('who never works is measured by the clock', () => {
  const never = { ...london, hours: weekHours.parse({}) };
  expect(ends('2026-11-24T10:00', 10, 'working', never)).toBe('2026-11-24T10:10');
  expect(ends('2026-11-24T10:00', 600, 'working', { ...london, hours: null })).toBe('2026-11-24T20:00');
});
