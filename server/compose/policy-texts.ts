import { type Document, isNode, type LineCounter, stringify } from 'yaml';
import type { PolicyTexts } from '../assignments/publishing/draft-parts.ts';
import type { ReadText } from '../assignments/publishing/ports.ts';
import { parseYaml } from '../base/parse-yaml.ts';

const read = (text: string): ReadText => {
  const yaml = parseYaml(text);
  if (!yaml.ok) return { ok: false, problems: yaml.mistakes };
  const { value, parsed, lines } = yaml;
  return { ok: true, document: value, lineOf: (path) => lineOf(parsed, lines, path) };
};

/** The line of what stands at a path, or of the nearest thing around it. */
const lineOf = (parsed: Document.Parsed, lines: LineCounter, path: readonly (string | number)[]): number => {
  for (let length = path.length; length > 0; length--) {
    const node: unknown = parsed.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
};

/** The order in which people write a policy's keys; others come after these, as they are. */
const ORDER = [
  'fairlead id name rep team field pool queue wait owner when timezone hours type op value valueField of',
  'weight method members then availability catchUp requires give claimWithin clock attempts meanwhile',
  'fields intake crmOfRecord entry openWork duplicates hold queues territories pools slas rules fallback tests',
].flatMap((words) => words.split(' '));

const inOrder = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const place = (key: string) => (ORDER.indexOf(key) + ORDER.length + 1) % (ORDER.length + 1);
  const members = Object.entries(value).sort(([a], [b]) => place(a) - place(b));
  return Object.fromEntries(members.map(([key, one]) => [key, inOrder(one)]));
};

/** Policies as YAML text, there and back. */
export const policyTexts: PolicyTexts = {
  read,
  write: (document) => stringify(inOrder(document), { lineWidth: 110, collectionStyle: 'any' }),
};
