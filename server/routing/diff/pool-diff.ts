import { entries, memberName } from '../words/policy-words.ts';
import type { PolicyNames } from '../words/step-words.ts';
import { type Json, type JsonObject, valueWords } from '../words/value-words.ts';
import { listChanges } from './list-changes.ts';
import { membersDiff, valueDiff } from './value-diff.ts';

/** What changed about a pool: who is in it, with what weight, and how it shares. */
export const poolDiff = (before: JsonObject, after: JsonObject, names: PolicyNames): readonly string[] => {
  const who = (member: JsonObject) => memberName(member, names);
  const weight = (member: JsonObject): Json => member.weight ?? 1;
  const { added, removed, kept, moved } = listChanges(entries(before.members), entries(after.members), keyOf);
  return [
    ...added.map(({ after: member }) => `${who(member)} joins with weight ${valueWords(weight(member))}`),
    ...removed.map((member) => `${who(member)} leaves`),
    ...kept.flatMap(({ before: old, after: now }) => [
      ...valueDiff(`${who(now)}'s weight`, weight(old), weight(now)),
      ...membersDiff(old, now, (key) => `${who(now)}'s ${key}`, ['rep', 'team', 'weight']),
    ]),
    ...(moved.length > 0 ? ['the order in which its members are written'] : []),
    ...membersDiff(before, after, (key) => key, ['id', 'name', 'members']),
  ];
};

const keyOf = ({ rep, team }: JsonObject): string =>
  typeof team === 'string' ? `team ${team}` : `rep ${String(rep ?? '').toLowerCase()}`;
