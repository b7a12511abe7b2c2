import { expect, test } from 'vitest';
import { createHolidayDates } from '../../server/holidays/holiday-dates.ts';

const holidays = createHolidayDates();

test('public holidays with their substitute days, by country, state and region', () => {
  expect([...holidays('GB-ENG', 2026)]).toEqual([
    '2026-01-01',
    '2026-04-03',
    '2026-04-06',
    '2026-05-04',
    '2026-05-25',
    '2026-08-31',
    '2026-12-25',
    '2026-12-26',
    '2026-12-28',
  ]);
  expect(holidays('US', 2026)).toContain('2026-11-26');
  expect(holidays('DE-BY', 2026)).toContain('2026-01-06');
  expect(holidays('DE-BE', 2026)).not.toContain('2026-01-06');
});

test('holidays that begin at sunset are the day that follows', () => {
  // Rosh Hashanah 5787 is 12 and 13 September 2026; it begins on the evening of the 11th.
  expect(holidays('IL', 2026)).toContain('2026-09-12');
  expect(holidays('IL', 2026)).not.toContain('2026-09-11');
});

test('half days and observances are worked; a calendar nobody knows has no holidays', () => {
  expect(holidays('DE-BY', 2026)).not.toContain('2026-12-24');
  expect(holidays('US', 2026)).not.toContain('2026-02-14');
  expect([...holidays('XX', 2026)]).toEqual([]);
});
