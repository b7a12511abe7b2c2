import type { AreaField, Territory } from '../policy/territories.ts';
import { placesOf } from './territory-places.ts';

/** Two territories that name one place at one time: neither is more specific, so the first by id has its leads. */
export interface TerritoryOverlap {
  /** The one that has the leads. */
  readonly winner: string;
  readonly loser: string;
  /** A lead both would have: `postal` is the beginning of a code where the areas name a beginning. */
  readonly witness: Readonly<Partial<Record<AreaField, string>>>;
  /** The first date on which both stand, where dates bound them; null: since ever. */
  readonly from: string | null;
}

/** Every pair of territories that overlap so, each once, with its first place. */
export const territoryOverlaps = (territories: readonly Territory[]): readonly TerritoryOverlap[] => {
  const found = new Map<string, TerritoryOverlap>();
  const filed = new Map<string, Territory[]>();
  for (const territory of [...territories].sort((a, b) => (a.id < b.id ? -1 : 1)))
    for (const { shape, key, values } of territory.match.flatMap(placesOf)) {
      const name = `${JSON.stringify(shape)}\n${key}`;
      const there = filed.get(name) ?? [];
      filed.set(name, there);
      for (const other of there) {
        const pair = `${other.id}\n${territory.id}`;
        if (other === territory || found.has(pair) || !meet(other, territory)) continue;
        const from = laterOf(other.from, territory.from);
        const { postal, ...rest } = values;
        const witness = postal === undefined ? rest : { ...rest, postal: postal.replace('*', '') };
        found.set(pair, { winner: other.id, loser: territory.id, witness, from });
      }
      there.push(territory);
    }
  return [...found.values()];
};

const meet = (a: Territory, b: Territory): boolean =>
  (a.from === undefined || b.until === undefined || a.from <= b.until) &&
  (b.from === undefined || a.until === undefined || b.from <= a.until);

const laterOf = (a: string | undefined, b: string | undefined): string | null =>
  a === undefined || b === undefined ? (a ?? b ?? null) : a > b ? a : b;
