import type { Axis } from './axis.ts';
import type { Formula, Junction } from './formula.ts';
import { isPart, meet, type Region } from './region.ts';

/** One region per axis, none of them empty: any value of each makes a lead of which all formulas hold. */
export type Solution = readonly Region[];

/** `none`: proven. `unknown`: the budget ran out. */
export type Solved =
  | { readonly kind: 'found'; readonly regions: Solution }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown' };

/** Steps that may still be taken. Taken from as the search goes. */
export interface Budget {
  left: number;
}

/** A place in the search: what is settled of each axis, and the choices that are still open. */
interface Place {
  readonly regions: Region[];
  open: readonly Junction[];
}

/**
 * Looks for a lead of which all formulas hold. Settles what must be, then branches over the choice with fewest ways
 * (as DPLL does); a way that failed is left out of the ways after it. Exact; exponential in the number of choices that
 * do not settle each other at worst, so `budget` bounds it.
 */
export const solve = (axes: readonly Axis[], formulas: readonly Formula[], budget: Budget): Solved => {
  const regions = axes.map(({ whole }) => whole);
  return search(axes, { regions, open: [] }, formulas, budget);
};

const search = (
  axes: readonly Axis[],
  place: Place,
  formulas: readonly Formula[],
  budget: Budget,
): Solved => {
  if (budget.left-- <= 0) return { kind: 'unknown' };
  if (!settle(axes, place, formulas)) return { kind: 'none' };
  const choice = fewestWays(place.open);
  if (choice === undefined) return { kind: 'found', regions: place.regions };
  const failed: Formula[] = [];
  for (const way of choice.of) {
    const there = { regions: [...place.regions], open: place.open.filter((one) => one !== choice) };
    const solved = search(axes, there, [way, ...failed], budget);
    if (solved.kind !== 'none') return solved;
    if (way.kind === 'in') failed.push({ ...way, region: way.outside, outside: way.region });
  }
  return { kind: 'none' };
};

const fewestWays = (open: readonly Junction[]): Junction | undefined => {
  let best: Junction | undefined;
  for (const one of open) if (best === undefined || one.of.length < best.of.length) best = one;
  return best;
};

/** Narrows the regions by what must hold, until nothing more follows; false: a region is empty. */
const settle = (axes: readonly Axis[], place: Place, formulas: readonly Formula[]): boolean => {
  let due = formulas;
  while (due.length > 0) {
    const open = [...place.open];
    for (const formula of due) if (!narrow(axes, place.regions, formula, open)) return false;
    const next: Formula[] = [];
    const kept: Junction[] = [];
    for (const one of open) {
      if (holds(place.regions, one)) continue;
      const of = one.of.filter((way) => isPossible(axes, place.regions, way));
      if (of.length === 0) return false;
      if (of.length === 1) next.push(of[0]!);
      else kept.push(of.length === one.of.length ? one : { ...one, of });
    }
    place.open = kept;
    due = next;
  }
  return true;
};

const narrow = (axes: readonly Axis[], regions: Region[], formula: Formula, open: Junction[]): boolean => {
  if (formula.kind !== 'in') {
    if (formula.kind === 'all') return formula.of.every((one) => narrow(axes, regions, one, open));
    open.push(formula);
    return true;
  }
  const region = axes[formula.axis]!.settle(meet(regions[formula.axis]!, formula.region));
  regions[formula.axis] = region;
  return region.classes.length > 0;
};

const holds = (regions: readonly Region[], formula: Formula): boolean => {
  if (formula.kind === 'in') return isPart(regions[formula.axis]!, formula.region);
  return formula.kind === 'all'
    ? formula.of.every((one) => holds(regions, one))
    : formula.of.some((one) => holds(regions, one));
};

/** Whether a formula may hold, each of its parts looked at alone. */
const isPossible = (axes: readonly Axis[], regions: readonly Region[], formula: Formula): boolean => {
  if (formula.kind === 'in')
    return axes[formula.axis]!.settle(meet(regions[formula.axis]!, formula.region)).classes.length > 0;
  return formula.kind === 'all'
    ? formula.of.every((one) => isPossible(axes, regions, one))
    : formula.of.some((one) => isPossible(axes, regions, one));
};
