import type { RecordRef, RecordSnapshot } from '../../assignments/types.ts';
import { asText } from '../as-text.ts';
import { goneSnapshot } from '../gone-snapshot.ts';
import { ownerSince } from '../owner-since.ts';
import { fieldsOf, parseSource, readSources, type Sources } from '../sources.ts';
import { toPerson } from '../to-person.ts';
import { CLOSED_STATUSES, MODIFIED, OBJECTS, type ObjectFacts, PLACEHOLDER } from './facts.ts';
import type { Row } from './query.ts';

export const factsOf = (objectType: string): ObjectFacts =>
  (Object.hasOwn(OBJECTS, objectType) ? OBJECTS[objectType] : OBJECTS.lead)!;

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
  return [
    ...new Set([
      'Id',
      'OwnerId',
      MODIFIED,
      'IsDeleted',
      ...(merges ? ['MasterRecordId'] : []),
      ...(converts ? ['IsConverted', 'Status'] : []),
      ...Object.values(person).flat(),
      ...fieldsOf(sources, (source) => fieldOf(objectType, source)),
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
  const { api, converts, person } = factsOf(ref.objectType);
  return {
    ref,
    raw: readSources(
      sources,
      (source) => fieldOf(ref.objectType, source),
      (field) => shown(valueAt(found, field)),
    ),
    person: toPerson(
      person,
      (field) => unlessPlaceholder(shown(found[field])),
      `${instanceUrl}/lightning/r/${api}/${ref.recordId}/view`,
    ),
    ownerId: asText(found.OwnerId),
    ...ownerSince(shown(found[MODIFIED])),
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

const shown = (value: unknown): string | null => asText(value)?.replace(INSTANT, '$1$2:$3') ?? null;

const unlessPlaceholder = (text: string | null): string | null =>
  text?.toLowerCase() === PLACEHOLDER ? null : text;
