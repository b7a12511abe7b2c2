import { date } from './scalars.ts';

/** A date from which days are counted. Of this century, so that no zone is worked out for thousands of years. */
export const startDate = date.refine(
  (text) => text >= '2000-01-01' && text < '2100-01-01',
  'is too far away; write a date from 2000 to 2099',
);
