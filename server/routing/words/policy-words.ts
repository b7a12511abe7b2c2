import { conditionWords } from './condition-words.ts';
import { type PolicyNames, stepsWords } from './step-words.ts';
import { isList, isObject, type Json, type JsonObject, listWords, valueWords } from './value-words.ts';

/** A policy in words, for people to read. */
export interface PolicyInWords {
  readonly rules: readonly {
    readonly id: string;
    readonly name: string;
    readonly when: string;
    readonly then: string;
  }[];
  readonly fallback: string;
  readonly pools: readonly { readonly id: string; readonly name: string; readonly text: string }[];
}

/** Reads a policy document that was parsed before. */
export const policyWords = (document: Json, rep: PolicyNames['rep']): PolicyInWords => {
  const policy = isObject(document) ? document : {};
  const names = policyNames(policy, rep);
  return {
    rules: entries(policy.rules).map((rule) => ({
      ...idAndName(rule),
      when: conditionWords(rule.when),
      then: stepsWords(rule.then, names),
    })),
    fallback: stepsWords(policy.fallback, names),
    pools: entries(policy.pools).map((pool) => ({ ...idAndName(pool), text: poolWords(pool, names) })),
  };
};

/** The names of a document's pools and queues; an id nobody named is its own name. */
export const policyNames = (policy: JsonObject, rep: PolicyNames['rep']): PolicyNames => ({
  rep,
  pool: lookUp(policy.pools),
  queue: lookUp(policy.queues),
});

const lookUp = (list: Json | undefined): ((id: string) => string) => {
  const names = new Map(entries(list).map((entry) => [entry.id, idAndName(entry).name]));
  return (id) => names.get(id) ?? id;
};

/** The objects of a list. */
export const entries = (list: Json | undefined): readonly JsonObject[] =>
  isList(list) ? list.filter(isObject) : [];

/** What an entry of a list is called. */
export const idAndName = ({ id, name }: JsonObject): { readonly id: string; readonly name: string } => ({
  id: String(id ?? ''),
  name: String(name ?? id ?? ''),
});

/** Who a member of a pool is. */
export const memberName = (member: JsonObject, names: PolicyNames): string =>
  typeof member.team === 'string' ? `team ${member.team}` : names.rep(String(member.rep ?? ''));

const METHODS: Readonly<Record<string, string>> = {
  round_robin: 'in turn by weight',
  load_balanced: 'by open work',
  longest_waiting: 'by who has waited longest',
  best_performer: 'by who does best',
};

const poolWords = ({ members, method, availability }: JsonObject, names: PolicyNames): string => {
  const who = entries(members).map((member) =>
    member.weight === undefined || member.weight === 1
      ? memberName(member, names)
      : `${memberName(member, names)} ×${valueWords(member.weight)}`,
  );
  const when =
    availability === undefined || availability === 'now' ? '' : `; ${availabilityWords(availability)}`;
  return `${listWords(who)}, ${METHODS[String(method)] ?? valueWords(method)}${when}`;
};

const availabilityWords = (availability: Json): string =>
  availability === 'ignore'
    ? 'whether or not they are at work'
    : isObject(availability)
      ? `also those back within ${valueWords(availability.within)}`
      : valueWords(availability);
