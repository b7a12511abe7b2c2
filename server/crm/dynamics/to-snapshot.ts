import type { LeadPerson, RecordRef, RecordSnapshot } from '../../assignments/types.ts';
import { goneSnapshot } from '../gone-snapshot.ts';
import { parseSource } from '../sources.ts';
import { FORMATTED, LEAD_STATES, TABLES, type TableFacts } from './facts.ts';
import { ownerIn } from './owners.ts';
import { type Row, textOf } from './query.ts';

type Sources = Readonly<Record<string, string>>;

export const factsOf = (objectType: string): TableFacts => TABLES[objectType] ?? TABLES.lead!;

/** `lead.leadsourcecode.label`: what people see of a choice, in the application user's language. */
const LABEL = '.label';

interface Field {
  readonly property: string;
  readonly label: boolean;
}

/** The property a source names on a record of the given type; null: it is another type's. */
const fieldOf = (objectType: string, source: string): Field | null => {
  const parsed = parseSource(source);
  if (parsed?.objectType !== objectType) return null;
  const label = parsed.property.endsWith(LABEL);
  return { property: label ? parsed.property.slice(0, -LABEL.length) : parsed.property, label };
};

/** The property a source is read from, on a record of the given type; null: it is another type's, or no source. */
export const propertyOf = (objectType: string, source: string): string | null =>
  fieldOf(objectType, source)?.property ?? null;

/** Every property a snapshot is made of, for records of one type. */
export const propertiesToRead = (objectType: string, sources: readonly Sources[]): readonly string[] => {
  const { primaryId, person, merges } = factsOf(objectType);
  const declared = sources
    .flatMap((each) => Object.values(each))
    .flatMap((source) => propertyOf(objectType, source) ?? []);
  return [
    ...new Set([
      primaryId,
      '_ownerid_value',
      'statecode',
      ...(merges ? ['merged', '_masterid_value'] : []),
      ...Object.values(person).flat(),
      ...declared,
    ]),
  ];
};

/** A record as its environment has it; null: it has none of that id. `url`: the environment, where it opens for people. */
export const toSnapshot = (
  ref: RecordRef,
  found: Row | null,
  sources: Sources,
  url: string,
): RecordSnapshot => {
  if (found === null) return goneSnapshot(ref, 'missing');
  const { converts } = factsOf(ref.objectType);
  const gone = converts ? whereItWent(found) : null;
  if (gone !== null) return goneSnapshot(ref, gone);
  const raw = Object.entries(sources).map(([name, source]) => {
    const field = fieldOf(ref.objectType, source);
    return [name, field === null ? null : valueOfField(found, field)] as const;
  });
  return {
    ref,
    raw: Object.fromEntries(raw),
    person: toPerson(ref, found, url),
    ownerId: ownerIn(found),
    gone: null,
    alwaysOwned: true,
    ...(converts && { open: found.statecode === LEAD_STATES.open }),
  };
};

const whereItWent = (found: Row): RecordSnapshot['gone'] => {
  const master = textOf(found._masterid_value);
  if (found.merged === true && master !== null) return { mergedInto: master.toLowerCase() };
  return found.statecode === LEAD_STATES.qualified ? 'converted' : null;
};

const asText = (value: unknown): string | null =>
  value === null || value === undefined || value === '' || typeof value === 'object' ? null : String(value);

const valueOfField = (found: Row, { property, label }: Field): string | null =>
  asText(found[label ? `${property}@${FORMATTED}` : property]);

/** People see a choice's label. */
const toPerson = ({ objectType, recordId }: RecordRef, found: Row, url: string): LeadPerson => {
  const { person } = factsOf(objectType);
  const first = (properties: readonly string[]): string | null => {
    for (const property of properties) {
      const choice = typeof found[property] === 'number' ? found[`${property}@${FORMATTED}`] : undefined;
      const text = asText(choice ?? found[property]);
      if (text !== null) return text;
    }
    return null;
  };
  return {
    name: first(person.name),
    company: first(person.company),
    email: first(person.email),
    phone: first(person.phone),
    source: first(person.source),
    message: first(person.message),
    url: `${url}/main.aspx?pagetype=entityrecord&etn=${objectType}&id=${recordId}`,
  };
};
