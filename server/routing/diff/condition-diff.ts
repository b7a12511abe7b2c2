import { canonicalJson } from '../hash/canonical-json.ts';
import { conditionWords, needWords } from '../words/condition-words.ts';
import { isList, isObject, type Json, type JsonObject } from '../words/value-words.ts';
import { listChanges } from './list-changes.ts';

/** How a condition changed, one sentence part a change: `employees from at least 1000 to at least 500`. */
export const conditionDiff = (before: Json | undefined, after: Json | undefined): readonly string[] => {
  if (same(before, after)) return [];
  if (isTest(before) && isTest(after) && before.field === after.field)
    return [`${String(after.field)} from ${needWords(before)} to ${needWords(after)}`];
  for (const group of ['all', 'any'] as const) {
    const [old, now] = [partsOf(before, group), partsOf(after, group)];
    if (old !== null && now !== null) return partsDiff(old, now, group);
  }
  if (before === undefined) return [`now needs that ${conditionWords(after)}`];
  if (after === undefined) return [`no longer needs that ${conditionWords(before)}`];
  return [`matches when ${conditionWords(after)}, before when ${conditionWords(before)}`];
};

export const same = (a: Json | undefined, b: Json | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && canonicalJson(a) === canonicalJson(b));

const isTest = (condition: Json | undefined): condition is JsonObject =>
  isObject(condition) && typeof condition.field === 'string';

/** The parts of a group; one test stands for `all` of one. */
const partsOf = (condition: Json | undefined, group: 'all' | 'any'): readonly Json[] | null => {
  if (!isObject(condition)) return null;
  const list = condition[group];
  if (isList(list)) return list;
  return group === 'all' && condition.any === undefined ? [condition] : null;
};

const partsDiff = (
  before: readonly Json[],
  after: readonly Json[],
  group: 'all' | 'any',
): readonly string[] => {
  const unchanged = new Set(before.map((part) => canonicalJson(part)));
  const old = before.filter((part) => !after.some((other) => same(part, other)));
  const now = after.filter((part) => !unchanged.has(canonicalJson(part)));
  const { added, removed, kept } = listChanges(old, now, keyOf);
  const lines = [
    ...kept.flatMap((part) => conditionDiff(part.before, part.after)),
    ...removed.map((part) =>
      group === 'all'
        ? `no longer needs that ${conditionWords(part)}`
        : `no longer when ${conditionWords(part)}`,
    ),
    ...added.map(({ after: part }) =>
      group === 'all'
        ? `now also needs that ${conditionWords(part)}`
        : `now also when ${conditionWords(part)}`,
    ),
  ];
  return lines.length > 0 ? lines : ['the order of its conditions'];
};

/** Tests of the same field are taken for one another. */
const keyOf = (part: Json): string => (isTest(part) ? `field ${String(part.field)}` : canonicalJson(part));
