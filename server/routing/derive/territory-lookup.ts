import { type Moment, wallClock } from '../conditions/moment.ts';
import type { LeadValues } from '../lead.ts';
import { AREA_FIELDS, type AreaField, type Territory } from '../policy/territories.ts';
import { compareShapes, keyIn, keyOf, placesOf, postalKey, type Shape } from './territory-places.ts';

/** The id of the territory a lead lies in; null: none. */
export type TerritoryLookup = (values: LeadValues, moment: Moment) => string | null;

interface Level {
  readonly shape: Shape;
  /** By place, in the order of ids. */
  readonly places: Map<string, Territory[]>;
}

/**
 * Builds the look-up. Places are filed by shape, the most specific first, so that a lead is looked up once per shape
 * that the policy uses, however many territories there are. Of two that name one place the first by id has it.
 */
export const territoryLookup = (territories: readonly Territory[]): TerritoryLookup => {
  const levels = levelsOf(territories);
  const dated = territories.some(({ from, until }) => from !== undefined || until !== undefined);
  const keys = new Map<AreaField, string | null>();
  return (values, moment) => {
    for (const field of AREA_FIELDS) keys.set(field, keyOf(values[field]));
    const keyAt = (field: AreaField) => keys.get(field)!;
    const code = keys.get('postal')!;
    const postal = code === null ? null : postalKey(code);
    const date = dated ? wallClock(moment).date : '';
    for (const { shape, places } of levels) {
      const key = keyIn(shape, keyAt, postal);
      const found = key === null ? undefined : places.get(key)?.find((one) => isInForce(one, date));
      if (found !== undefined) return found.id;
    }
    return null;
  };
};

const isInForce = ({ from, until }: Territory, date: string): boolean =>
  (from === undefined || date >= from) && (until === undefined || date <= until);

const levelsOf = (territories: readonly Territory[]): readonly Level[] => {
  const levels = new Map<string, Level>();
  for (const territory of [...territories].sort(byId))
    for (const { shape, key } of territory.match.flatMap(placesOf)) {
      const name = JSON.stringify(shape);
      const level = levels.get(name) ?? { shape, places: new Map() };
      levels.set(name, level);
      const there = level.places.get(key) ?? [];
      level.places.set(key, there);
      if (there.at(-1) !== territory) there.push(territory);
    }
  return [...levels.values()].sort((a, b) => compareShapes(a.shape, b.shape));
};

const byId = (a: Territory, b: Territory): number => (a.id < b.id ? -1 : 1);
