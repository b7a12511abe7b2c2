import { conditionWords } from '../words/condition-words.ts';
import { entries, idAndName, policyNames } from '../words/policy-words.ts';
import { type PolicyNames, stepsWords } from '../words/step-words.ts';
import { isObject, type Json, type JsonObject, valueWords } from '../words/value-words.ts';
import { conditionDiff, same } from './condition-diff.ts';
import { listChanges } from './list-changes.ts';
import { poolDiff } from './pool-diff.ts';
import { membersDiff, valueDiff } from './value-diff.ts';

/** One thing that is different between two versions of a policy. */
export interface PolicyChange {
  readonly kind: 'added' | 'removed' | 'moved' | 'changed';
  /** `rules`, `pools`, `fields`, … as the document has them. */
  readonly part: string;
  /** The entry it is about, where the part has entries. */
  readonly id: string | null;
  /** `Rule Large companies: employees from at least 1000 to at least 500` */
  readonly text: string;
}

/** Parts whose entries are known by an id, and what one is called. */
const LISTS: Readonly<Record<string, string>> = {
  rules: 'Rule',
  pools: 'Pool',
  queues: 'Queue',
  accounts: 'Accounts',
  territories: 'Territory',
  slas: 'SLA',
  segments: 'Segment',
  tiers: 'Tier',
  events: 'Event',
  reps: 'Rep',
};

/**
 * What is different between two policy documents, in words: rules first, then pools, then the rest. Nothing is left
 * out: a key that has no words of its own is told by its path. Two documents have no difference exactly where their
 * canonical JSON is the same.
 */
export const policyDiff = (before: Json, after: Json, rep: PolicyNames['rep']): readonly PolicyChange[] => {
  const old = isObject(before) ? before : {};
  const now = isObject(after) ? after : {};
  const names = bothNames(old, now, rep);
  const parts = new Set(['rules', 'fallback', 'pools', ...Object.keys(old), ...Object.keys(now)]);
  return [...parts].flatMap((part) => {
    const what = LISTS[part];
    const known = (value: Json | undefined) => value === undefined || isListOfIds(value);
    if (what !== undefined && known(old[part]) && known(now[part]))
      return listDiff(part, what, entries(old[part]), entries(now[part]), names);
    return partDiff(part, old[part], now[part], names);
  });
};

const isListOfIds = (value: Json): boolean =>
  Array.isArray(value) &&
  value.every((entry) => isObject(entry) && typeof entry.id === 'string') &&
  new Set(value.map((entry) => (entry as JsonObject).id)).size === value.length;

/** An entry that is gone still has its name. */
const bothNames = (old: JsonObject, now: JsonObject, rep: PolicyNames['rep']): PolicyNames => {
  const [before, after] = [policyNames(old, rep), policyNames(now, rep)];
  const either = (one: (id: string) => string, other: (id: string) => string) => (id: string) =>
    one(id) === id ? other(id) : one(id);
  return { rep, pool: either(after.pool, before.pool), queue: either(after.queue, before.queue) };
};

const listDiff = (
  part: string,
  what: string,
  before: readonly JsonObject[],
  after: readonly JsonObject[],
  names: PolicyNames,
): readonly PolicyChange[] => {
  const { added, removed, kept, moved } = listChanges(before, after, (entry) => idAndName(entry).id);
  const line = (kind: PolicyChange['kind'], entry: JsonObject, said: string): PolicyChange => ({
    kind,
    part,
    id: idAndName(entry).id,
    text: `${what} ${idAndName(entry).name}${said}`,
  });
  return [
    ...added.map(({ after: entry, place }) =>
      line(
        'added',
        entry,
        ` added${part === 'rules' ? ` in place ${place}` : ''}: ${entryWords(part, entry, names)}`,
      ),
    ),
    ...removed.map((entry) => line('removed', entry, ' removed')),
    ...moved.map(({ after: entry, from, to }) => line('moved', entry, ` moved from place ${from} to ${to}`)),
    ...kept.flatMap(({ before: old, after: now }) => [
      ...nameDiff(old, now).map((said) => line('changed', now, said)),
      ...entryDiff(part, old, now, names).map((said) => line('changed', now, `: ${said}`)),
    ]),
  ];
};

const nameDiff = (old: JsonObject, now: JsonObject): readonly string[] => {
  const [before, after] = [idAndName(old).name, idAndName(now).name];
  if (before !== after) return [`: before called ${before}`];
  return same(old.name, now.name) ? [] : [': its name is written out, or left to its id'];
};

const entryWords = (part: string, entry: JsonObject, names: PolicyNames): string => {
  if (part === 'rules') return `when ${conditionWords(entry.when)}, ${stepsWords(entry.then, names)}`;
  const { id: _, name: __, ...rest } = entry;
  return part === 'pools' ? poolDiff({}, entry, names).join(', ') : valueWords(rest);
};

const entryDiff = (part: string, old: JsonObject, now: JsonObject, names: PolicyNames): readonly string[] => {
  if (part === 'rules')
    return [
      ...conditionDiff(old.when, now.when),
      ...stepsDiff('then', old.then, now.then, names),
      ...membersDiff(old, now, (key) => key, ['id', 'name', 'when', 'then']),
    ];
  if (part === 'pools') return poolDiff(old, now, names);
  return membersDiff(old, now, (key) => key, ['id', 'name']);
};

const stepsDiff = (
  name: string,
  before: Json | undefined,
  after: Json | undefined,
  names: PolicyNames,
): readonly string[] => valueDiff(name, before, after, (steps) => `“${stepsWords(steps, names)}”`);

const partDiff = (
  part: string,
  before: Json | undefined,
  after: Json | undefined,
  names: PolicyNames,
): readonly PolicyChange[] => {
  const kind = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  const said = (texts: readonly string[]): readonly PolicyChange[] =>
    texts.map((text) => ({ kind, part, id: null, text: text.charAt(0).toUpperCase() + text.slice(1) }));
  if (part === 'fallback') return said(stepsDiff('fallback', before, after, names));
  if (part === 'openWork') return said(conditionDiff(before, after).map((text) => `open work: ${text}`));
  if (part === 'fields' && isObject(before ?? {}) && isObject(after ?? {}))
    return fieldsDiff((before ?? {}) as JsonObject, (after ?? {}) as JsonObject);
  return said(valueDiff(part, before, after));
};

const fieldsDiff = (before: JsonObject, after: JsonObject): readonly PolicyChange[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((field): readonly PolicyChange[] => {
    const [old, now] = [before[field], after[field]];
    const change = (kind: PolicyChange['kind'], text: string) => ({ kind, part: 'fields', id: field, text });
    if (old === undefined) return [change('added', `Field ${field} added: ${valueWords(now)}`)];
    if (now === undefined) return [change('removed', `Field ${field} removed`)];
    return valueDiff('', old, now).map((text) => change('changed', `Field ${field}: ${text.trim()}`));
  });
