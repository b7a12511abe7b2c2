import type { RecordRef, RecordSnapshot } from '../../assignments/types.ts';
import { asText } from '../as-text.ts';
import { goneSnapshot } from '../gone-snapshot.ts';
import { ownerSince } from '../owner-since.ts';
import { fieldsOf, parseSource, readSources, type Sources } from '../sources.ts';
import { toPerson } from '../to-person.ts';
import { FORMATTED, LEAD_STATES, TABLES, type TableFacts } from './facts.ts';
import { ownerIn } from './owners.ts';
import { type Row, textOf } from './query.ts';

export const factsOf = (objectType: string): TableFacts =>
  (Object.hasOwn(TABLES, objectType) ? TABLES[objectType] : TABLES.lead)!;

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
  return [
    ...new Set([
      primaryId,
      '_ownerid_value',
      'statecode',
      'modifiedon',
      ...(merges ? ['merged', '_masterid_value'] : []),
      ...Object.values(person).flat(),
      ...fieldsOf(sources, (source) => propertyOf(objectType, source)),
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
  const { converts, person } = factsOf(ref.objectType);
  const gone = converts ? whereItWent(found) : null;
  if (gone !== null) return goneSnapshot(ref, gone);
  return {
    ref,
    raw: readSources(
      sources,
      (source) => fieldOf(ref.objectType, source),
      ({ property, label }) => asText(found[label ? `${property}@${FORMATTED}` : property]),
    ),
    person: toPerson(
      person,
      (property) => shown(found, property),
      `${url}/main.aspx?pagetype=entityrecord&etn=${ref.objectType}&id=${ref.recordId}`,
    ),
    ownerId: ownerIn(found),
    ...ownerSince(textOf(found.modifiedon)),
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

/** People see a choice's label. */
const shown = (found: Row, property: string): string | null => {
  const choice = typeof found[property] === 'number' ? found[`${property}@${FORMATTED}`] : undefined;
  return asText(choice ?? found[property]);
};
