import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parseYaml } from '../../server/base/parse-yaml.ts';
import { parsePolicy } from '../../server/routing/policy/parse-policy.ts';

const EXAMPLES = resolve(import.meta.dirname, '../../examples');
const files = (readdirSync(EXAMPLES, { recursive: true }) as string[]).filter((file) =>
  file.endsWith('.yaml'),
);

/** What breaks whoever puts it into a sentence, a key or a sum unseen. */
const SPOILT: readonly unknown[] = [
  { toString: 1, valueOf: null, hasOwnProperty: 'no', toJSON: 'no', length: 1e9 },
  ['constructor'],
  null,
  1e308,
];

type Path = readonly (string | number)[];

const everyPath = (value: unknown, path: Path = []): readonly Path[] =>
  typeof value !== 'object' || value === null
    ? [path]
    : [path, ...Object.entries(value).flatMap(([key, one]) => everyPath(one, [...path, key]))];

/** A copy with something else at one place. */
const putAt = (document: unknown, path: Path, value: unknown): unknown => {
  const holder = { root: structuredClone(document) };
  const [last = '', ...before] = ['root', ...path].reverse();
  const parent = before.reverse().reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], holder);
  (parent as Record<string, unknown>)[last] = structuredClone(value);
  return holder.root;
};

test('there are examples to spoil', () => expect(files.length).toBeGreaterThan(10));

test.each(files)('%s with anything at any place is read, or refused with its problems', (file) => {
  const read = parseYaml(readFileSync(resolve(EXAMPLES, file), 'utf8'));
  if (!read.ok) throw new Error(`${file} is not readable`);
  for (const path of everyPath(read.value))
    for (const value of SPOILT) {
      const parsed = parsePolicy(putAt(read.value, path, value));
      if (!parsed.ok) expect(parsed.problems.length, path.join('.')).toBeGreaterThan(0);
    }
});
