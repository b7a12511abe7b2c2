import type { LeadPerson, RecordRef, RecordSnapshot } from '../../assignments/types.ts';
import { goneSnapshot } from '../gone-snapshot.ts';
import { parseSource } from '../sources.ts';
import { CLOSED_STATUSES, OBJECTS, type ObjectFacts, PLACEHOLDER } from './facts.ts';
import type { Row } from './query.ts';

type Sources = Readonly<Record<string, string>>;

export const factsOf = (objectType: string): ObjectFacts => OBJECTS[objectType] ?? OBJECTS.lead!;

/** The field a source names, from a record of the given type on: `Lead.Country` is `Country`, `Account.Industry` of a contact is its parent's. */
const fieldOf = (objectType: string, source: string): string | null => {
  const parsed = parseSource(source);
  if (parsed === null) return null;
  if (parsed.objectType === objectType) return parsed.property;
  const parent = OBJECTS[parsed.objectType]?.api;
  return parent === undefined ? null : `${parent}.${parsed.property}`;
};

/** Every field a snapshot is made of, for records of one type. */
export const fieldsToRead = (objectType: string, sources: readonly Sources[]): readonly string[] => {
  const { person, merges, converts } = factsOf(objectType);
  const declared = sources
    .flatMap((each) => Object.values(each))
    .map((source) => fieldOf(objectType, source))
    .filter((field) => field !== null);
  return [
    ...new Set([
      'Id',
      'OwnerId',
      'IsDeleted',
      ...(merges ? ['MasterRecordId'] : []),
      ...(converts ? ['IsConverted', 'Status'] : []),
      ...Object.values(person).flat(),
      ...declared,
    ]),
  ];
};

/** A record as its org has it; null: it has none of that id. `instanceUrl`: where it opens for people. */
export const toSnapshot = (
  ref: RecordRef,
  found: Row | null,
  sources: Sources,
  instanceUrl: string,
): RecordSnapshot => {
  if (found === null) return goneSnapshot(ref, 'missing');
  const gone = whereItWent(found);
  if (gone !== null) return goneSnapshot(ref, gone);
  const raw = Object.entries(sources).map(([name, source]) => {
    const field = fieldOf(ref.objectType, source);
    return [name, field === null ? null : asText(valueAt(found, field))] as const;
  });
  const { converts } = factsOf(ref.objectType);
  return {
    ref,
    raw: Object.fromEntries(raw),
    person: toPerson(ref, found, instanceUrl),
    ownerId: asText(found.OwnerId),
    gone: null,
    alwaysOwned: true,
    ...(converts && { open: !CLOSED_STATUSES.includes(String(found.Status) as never) }),
  };
};

const whereItWent = (found: Row): RecordSnapshot['gone'] => {
  const mergedInto = asText(found.MasterRecordId);
  if (mergedInto !== null) return { mergedInto };
  if (found.IsDeleted === true) return 'missing';
  return found.IsConverted === true ? 'converted' : null;
};

const valueAt = (found: Row, path: string): unknown =>
  path.split('.').reduce<unknown>((value, part) => (value as Row | null | undefined)?.[part] ?? null, found);

/** Salesforce writes an offset without a colon, which is no ISO 8601. */
const INSTANT = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?)([+-]\d{2})(\d{2})$/;

const asText = (value: unknown): string | null => {
  if (value === null || value === undefined || value === '' || typeof value === 'object') return null;
  return String(value).replace(INSTANT, '$1$2:$3');
};

const textsOf = (found: Row, fields: readonly string[]): readonly string[] =>
  fields
    .map((field) => asText(found[field]))
    .filter((text): text is string => text !== null && text.toLowerCase() !== PLACEHOLDER);

const toPerson = (ref: RecordRef, found: Row, instanceUrl: string): LeadPerson => {
  const { api, person } = factsOf(ref.objectType);
  const first = (fields: readonly string[]) => textsOf(found, fields)[0] ?? null;
  const name = textsOf(found, person.name);
  return {
    name: name.join(' ') || null,
    company: first(person.company),
    email: first(person.email),
    phone: first(person.phone),
    source: first(person.source),
    message: first(person.message),
    url: `${instanceUrl}/lightning/r/${api}/${ref.recordId}/view`,
  };
};
