import { isAlias, isMap, isScalar, isSeq, type Pair } from 'yaml';
import type { YamlFile } from './read-yaml.ts';

interface Found {
  readonly offset: number;
  readonly node: unknown;
}

/** Where a path of a document stands in its file: the line (from 1), or that of the nearest part that is there. */
export const lineOf = (file: YamlFile, path: readonly (string | number)[]): number =>
  Math.max(1, file.lines.linePos(find(file, path).offset).line);

/** A number at a path as the file writes it (`02134`), where reading it has changed it (`2134`); else null. */
export const asWritten = (file: YamlFile, path: readonly (string | number)[]): string | null => {
  const { node } = find(file, path);
  if (!isScalar(node) || typeof node.value !== 'number') return null;
  const { source } = node;
  return source === undefined || source === String(node.value) ? null : source;
};

const find = (file: YamlFile, path: readonly (string | number)[]): Found => {
  let found: Found = { offset: offsetOf(file.parsed.contents), node: file.parsed.contents };
  for (const part of path) {
    const next = step(file, found.node, part);
    if (next === null) return { ...found, node: null };
    found = next;
  }
  return found;
};

const step = (file: YamlFile, node: unknown, part: string | number): Found | null => {
  if (isAlias(node)) return step(file, node.resolve(file.parsed), part);
  if (isMap(node)) {
    const pair = node.items.find((item) => keyOf(item) === String(part));
    return pair === undefined ? null : { offset: offsetOf(pair.key), node: pair.value };
  }
  const item = isSeq(node) ? node.items[Number(part)] : undefined;
  return item === undefined ? null : { offset: offsetOf(item), node: item };
};

const keyOf = ({ key }: Pair): string => String(isScalar(key) ? key.value : key);

const offsetOf = (node: unknown): number => (node as { range?: readonly number[] } | null)?.range?.[0] ?? 0;
