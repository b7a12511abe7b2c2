import type { Report } from '../conditions/report.ts';
import type { Path } from './problems.ts';
import { shown } from './refusal.ts';
import { nearest } from './strict-object.ts';

/** Names that are declared. */
export type Known = ReadonlySet<string>;

/** Reports ids that are given twice in a list. */
export const reportTwice = (path: Path, list: readonly { readonly id: string }[], report: Report): void => {
  const seen = new Set<string>();
  list.forEach(({ id }, i) => {
    if (seen.has(id)) report([...path, i, 'id'], `${id} is given twice; ids are unique`);
    seen.add(id);
  });
};

/** Reports a name that is not among the known ones, with the nearest or how to declare it. */
export const reportUnknown = (name: string, what: string, known: Known, path: Path, report: Report): void => {
  if (known.has(name)) return;
  const near = nearest(name, [...known]);
  const remedy = near === null ? `declare it under ${what}s` : `did you mean ${near}?`;
  report(path, `${shown(name)} is no ${what} of this policy; ${remedy}`);
};
