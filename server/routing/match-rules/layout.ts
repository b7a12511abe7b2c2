import { sizeOf } from './class-set.ts';
import type { Dimension } from './dimension.ts';
import type { Check, Entry } from './entries.ts';
import { type PostingsBuilder, postingsBuilder } from './postings.ts';

/** The index in flat arrays of numbers, so that matching follows no pointers and makes no garbage. */
export interface Layout {
  /**
   * List after list of postings, four numbers each: the entry (ascending in a list), and the dimension, least and
   * greatest class of one of its checks, so that most candidates fall without being looked at further.
   */
  readonly filed: Int32Array;
  /** Per dimension: where its classes begin in `heads`. */
  readonly bases: Int32Array;
  /** Two numbers per class: where the list filed under it begins and ends in `filed`. */
  readonly heads: Int32Array;
  /** Where the list of entries that every lead must try begins in `filed`; it ends with it. */
  readonly scanned: number;
  /** All entries, one after the other: see `packEntry`. Entry i stands from `starts[i]` to `starts[i + 1]`. */
  readonly program: Int32Array;
  readonly starts: Int32Array;
}

/** Numbers in a posting. */
export const POSTING = 4;

/** Files each entry under its most telling check. */
export const layOut = (entries: readonly Entry[], dimensions: readonly Dimension[]): Layout => {
  const builders = dimensions.map(postingsBuilder);
  const scanned: number[] = [];
  const left = entries.map((entry, i): readonly Check[] => {
    const way = wayIn(entry, builders);
    if (way === null) scanned.push(i);
    else builders[way.dimension]!.post(i, way.classes);
    const answered = way !== null && builders[way.dimension]!.exact;
    return strictestFirst(
      answered ? entry.checks.filter((check) => check !== way) : entry.checks,
      dimensions,
    );
  });
  const program: number[] = [];
  const starts = [0];
  entries.forEach(({ residuals }, i) => {
    packEntry(left[i]!, residuals, program);
    starts.push(program.length);
  });
  return {
    ...file(builders, scanned, (entry) => hullOf(left[entry]![0], dimensions.length)),
    program: Int32Array.from(program),
    starts: Int32Array.from(starts),
  };
};

type Hull = readonly [dimension: number, lo: number, hi: number];

/** What a check asks at least. An entry without checks asks for the class of no dimension, which is always 0. */
const hullOf = (check: Check | undefined, none: number): Hull =>
  check === undefined ? [none, 0, 0] : [check.dimension, check.classes[0]!, check.classes.at(-1)!];

const file = (
  builders: readonly PostingsBuilder[],
  scanned: readonly number[],
  hull: (entry: number) => Hull,
) => {
  const filed: number[] = [];
  const heads: number[] = [];
  const bases: number[] = [];
  const add = (list: readonly number[]): readonly [number, number] => {
    const from = filed.length;
    for (const entry of list) filed.push(entry, ...hull(entry));
    return [from, filed.length];
  };
  for (const builder of builders) {
    bases.push(heads.length);
    const lists = builder.buckets.map(add);
    for (let one = 0; one < builder.classes; one++) heads.push(...lists[builder.bucketOf(one)]!);
  }
  const [last] = add(scanned);
  return {
    filed: Int32Array.from(filed),
    heads: Int32Array.from(heads),
    bases: Int32Array.from(bases),
    scanned: last,
  };
};

/** The check that fewest leads pass, to file an entry under; null: it is tried for every lead. */
const wayIn = (entry: Entry, builders: readonly PostingsBuilder[]): Check | null => {
  let best: Check | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const check of entry.checks) {
    const cost = builders[check.dimension]!.cost(check.classes);
    if (cost === null || cost >= least) continue;
    best = check;
    least = cost;
  }
  return best;
};

/** The check that fails most often stands first. */
const strictestFirst = (checks: readonly Check[], dimensions: readonly Dimension[]): readonly Check[] => {
  const share = ({ dimension, classes }: Check) => sizeOf(classes) / dimensions[dimension]!.top;
  return [...checks].sort((a, b) => share(a) - share(b));
};

/**
 * An entry as numbers: `[end of checks, then per check: dimension, end of its intervals, lo, hi, lo, hi, …, then the
 * residual codes]`; ends are places in the program.
 */
const packEntry = (checks: readonly Check[], residuals: readonly number[], program: number[]): void => {
  const start = program.push(0) - 1;
  for (const { dimension, classes } of checks) {
    program.push(dimension, program.length + 2 + classes.length);
    for (const one of classes) program.push(one);
  }
  program[start] = program.length;
  for (const code of residuals) program.push(code);
};
