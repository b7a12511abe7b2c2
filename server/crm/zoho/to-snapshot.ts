import type { RecordRef, RecordSnapshot } from '../../assignments/types.ts';
import { asText } from '../as-text.ts';
import { goneSnapshot } from '../gone-snapshot.ts';
import { ownerSince } from '../owner-since.ts';
import { fieldsOf, parseSource, readSources, type Sources } from '../sources.ts';
import { toPerson } from '../to-person.ts';
import { CLOSED_STATUSES, CONVERTED_FIELD, MODIFIED, OBJECTS, type ObjectFacts } from './facts.ts';
import { idIn, type Row } from './query.ts';

export const factsOf = (objectType: string): ObjectFacts =>
  (Object.hasOwn(OBJECTS, objectType) ? OBJECTS[objectType] : OBJECTS.lead)!;

/** The field a source names on a record of the given type; `Leads.Country` is as good as `Lead.Country`. null: it is another object's. */
const fieldOf = (objectType: string, source: string): string | null => {
  const parsed = parseSource(source);
  const same = parsed?.objectType === objectType || parsed?.objectType === `${objectType}s`;
  return parsed !== null && same ? parsed.property : null;
};

/** Every field a snapshot is made of, for records of one type. */
export const fieldsToRead = (objectType: string, sources: readonly Sources[]): readonly string[] => {
  const { person, converts } = factsOf(objectType);
  return [
    ...new Set([
      'Owner',
      MODIFIED,
      ...(converts ? [CONVERTED_FIELD, 'Lead_Status'] : []),
      ...Object.values(person).flat(),
      ...fieldsOf(sources, (source) => fieldOf(objectType, source)),
    ]),
  ];
};

/** A record as its org has it; null: it has none of that id. `url`: where it opens for people. */
export const toSnapshot = (
  ref: RecordRef,
  found: Row | null,
  sources: Sources,
  url: string,
): RecordSnapshot => {
  if (found === null) return goneSnapshot(ref, 'missing');
  if (found[CONVERTED_FIELD] === true) return goneSnapshot(ref, 'converted');
  const { converts, person } = factsOf(ref.objectType);
  return {
    ref,
    raw: readSources(
      sources,
      (source) => fieldOf(ref.objectType, source),
      (field) => shown(found[field]),
    ),
    person: toPerson(person, (field) => shown(found[field]), url),
    ownerId: idIn(found.Owner),
    ...ownerSince(asText(found[MODIFIED])),
    gone: null,
    alwaysOwned: true,
    ...(converts && { open: !CLOSED_STATUSES.includes(String(found.Lead_Status) as never) }),
  };
};

/** Of a lookup its name; of a list its parts. */
const shown = (value: unknown): string | null => {
  if (Array.isArray(value)) return value.map(shown).filter(Boolean).join(';') || null;
  return asText(value) ?? asText((value as { readonly name?: unknown } | null | undefined)?.name);
};
