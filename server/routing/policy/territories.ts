import { z } from 'zod';
import { shown } from './refusal.ts';
import { date, id, name } from './scalars.ts';
import { strictObject } from './strict-object.ts';

/** What an area may ask for, the least telling first; each is the declared field of the same name. */
export const AREA_FIELDS = ['country', 'region', 'city', 'postal'] as const;
export type AreaField = (typeof AREA_FIELDS)[number];

/**
 * A piece of the map: a lead lies in it when each of its fields has one of the values named. `postal` values may end
 * in `*`, for every code that begins so.
 */
export type Area = Readonly<Partial<Record<AreaField, readonly string[]>>>;

/** Areas that belong together. Of several territories a lead lies in, the most specific has it. */
export interface Territory {
  readonly id: string;
  readonly name: string;
  readonly match: readonly Area[];
  /** Dates in the policy's zone, both included; absent: open. */
  readonly from?: string;
  readonly until?: string;
}

/** Words that stand for no territory of their own in `{territory: …}`. */
const RESERVED = ['any', 'none'];
/** Places one area may name: its countries times its regions, cities and postal codes. */
const MOST_PLACES = 100_000;

const text = z
  .string({ error: (issue) => `must be text; put it in quotes: "${shown(issue.input)}"` })
  .trim()
  .min(1, 'is empty; write a value');
const words = z.union([text.transform((one) => [one]), z.array(text).min(1, 'is empty; list a value')], {
  error: 'write a text, or a list of texts such as [CA, OR], numbers in quotes',
});

const area = strictObject({
  country: words.optional(),
  region: words.optional(),
  city: words.optional(),
  postal: words.optional(),
}).transform((given, ctx): Area => {
  const asked = AREA_FIELDS.filter((field) => given[field] !== undefined);
  const refuse = (message: string) => ctx.addIssue({ code: 'custom', message, input: given });
  if (asked.length === 0) refuse('an area names at least one of country, region, city and postal');
  const places = asked.reduce((product, field) => product * given[field]!.length, 1);
  if (places > MOST_PLACES) refuse(`names ${places} places; split it into areas of at most ${MOST_PLACES}`);
  return Object.fromEntries(asked.map((field) => [field, given[field]!]));
});

/** One entry of `territories:`, its areas' values still as written. */
export const territory = strictObject({
  id: id.refine((text) => !RESERVED.includes(text), 'any and none are reserved; choose another id'),
  name: name.optional(),
  match: z.array(area).min(1, 'is empty; list at least one area, such as {country: US}'),
  from: date.optional(),
  until: date.optional(),
}).transform((given, ctx): Territory => {
  const { from, until } = given;
  if (from !== undefined && until !== undefined && until < from)
    ctx.addIssue({
      code: 'custom',
      path: ['until'],
      message: `${until} is before ${from}; swap them`,
      input: until,
    });
  return {
    id: given.id,
    name: given.name ?? given.id,
    match: given.match,
    ...(from !== undefined && { from }),
    ...(until !== undefined && { until }),
  };
});
