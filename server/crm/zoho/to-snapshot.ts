import type { LeadPerson, RecordRef, RecordSnapshot } from '../../assignments/types.ts';
import { goneSnapshot } from '../gone-snapshot.ts';
import { parseSource } from '../sources.ts';
import { CLOSED_STATUSES, CONVERTED_FIELD, OBJECTS, type ObjectFacts } from './facts.ts';
import { asText, idIn, type Row } from './query.ts';

type Sources = Readonly<Record<string, string>>;

export const factsOf = (objectType: string): ObjectFacts => OBJECTS[objectType] ?? OBJECTS.lead!;

/** The field a source names on a record of the given type; `Leads.Country` is as good as `Lead.Country`. null: it is another object's. */
const fieldOf = (objectType: string, source: string): string | null => {
  const parsed = parseSource(source);
  const same = parsed?.objectType === objectType || parsed?.objectType === `${objectType}s`;
  return parsed !== null && same ? parsed.property : null;
};

/** Every field a snapshot is made of, for records of one type. */
export const fieldsToRead = (objectType: string, sources: readonly Sources[]): readonly string[] => {
  const { person, converts } = factsOf(objectType);
  const declared = sources
    .flatMap((each) => Object.values(each))
    .map((source) => fieldOf(objectType, source))
    .filter((field) => field !== null);
  return [
    ...new Set([
      'Owner',
      ...(converts ? [CONVERTED_FIELD, 'Lead_Status'] : []),
      ...Object.values(person).flat(),
      ...declared,
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
  const raw = Object.entries(sources).map(([name, source]) => {
    const field = fieldOf(ref.objectType, source);
    return [name, field === null ? null : shown(found[field])] as const;
  });
  const { converts } = factsOf(ref.objectType);
  return {
    ref,
    raw: Object.fromEntries(raw),
    person: toPerson(ref, found, url),
    ownerId: idIn(found.Owner),
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

const toPerson = ({ objectType }: RecordRef, found: Row, url: string): LeadPerson => {
  const { person } = factsOf(objectType);
  const texts = (fields: readonly string[]) =>
    fields.map((field) => shown(found[field])).filter((text): text is string => text !== null);
  const first = (fields: readonly string[]) => texts(fields)[0] ?? null;
  return {
    name: texts(person.name).join(' ') || null,
    company: first(person.company),
    email: first(person.email),
    phone: first(person.phone),
    source: first(person.source),
    message: first(person.message),
    url,
  };
};
