import type { LeadPerson, RecordRef, RecordSnapshot, TwinRef } from '../../assignments/types.ts';
import { toLongId } from '../long-id.ts';
import { ownerSince } from '../owner-since.ts';
import { parseSource, readSources, type Sources } from '../sources.ts';
import { type PersonFields, toPerson } from '../to-person.ts';
import {
  DEAL_CLOSED_PROPERTY,
  LEAD,
  OPEN_STAGES,
  OWNER_PROPERTY,
  OWNER_SET_AT,
  PERSON_PROPERTIES,
  TWIN_PROPERTIES,
  typeIdOf,
  WORKED_STAGES,
} from './facts.ts';

type Properties = Readonly<Record<string, string | null>>;

/** Where records open for people: the app's origin and the portal they are in. */
export interface RecordPlace {
  readonly appUrl: string;
  readonly portalId: string;
}

/** What tells whether a record is open work, by type. */
const STAGE_PROPERTIES: Readonly<Record<string, string>> = {
  contact: OPEN_STAGES.property,
  company: OPEN_STAGES.property,
  deal: DEAL_CLOSED_PROPERTY,
  lead: LEAD.stage,
};

/** Every property of the record itself that a snapshot is made of, besides the declared sources. */
export const ownProperties = (objectType: string): readonly string[] => [
  ...new Set([
    OWNER_PROPERTY,
    OWNER_SET_AT,
    ...personProperties(objectType),
    ...(STAGE_PROPERTIES[objectType] === undefined ? [] : [STAGE_PROPERTIES[objectType]]),
    ...(objectType === 'contact' ? Object.values(TWIN_PROPERTIES) : []),
  ]),
];

/** The properties that say who a record is about. */
export const personProperties = (objectType: string): readonly string[] =>
  Object.values(personOf(objectType)).flat();

/** What a snapshot says besides the record's values. `closed`: stages that are no open work; null: not known. */
export interface Reading {
  readonly place: RecordPlace;
  readonly closed: ReadonlySet<string> | null;
}

/** A record as its CRM has it. `values`: the properties of the record and of what it is associated with, by type. */
export const toSnapshot = (
  ref: RecordRef,
  values: Readonly<Record<string, Properties | undefined>>,
  sources: Sources,
  { place, closed }: Reading,
): RecordSnapshot => {
  const own = values[ref.objectType] ?? {};
  const twins = ref.objectType === 'contact' ? twinsOf(own) : [];
  const open = isOpen(ref.objectType, own, closed);
  return {
    ref,
    raw: readSources(
      sources,
      parseSource,
      ({ objectType, property }) => values[objectType]?.[property] || null,
    ),
    person: personBehind(ref, own, values.contact ?? {}, place),
    ownerId: own[OWNER_PROPERTY] || null,
    ...ownerSince(own[OWNER_SET_AT]),
    gone: null,
    ...(twins.length > 0 && { twins }),
    ...(open !== undefined && { open }),
  };
};

/** undefined: the record does not say. */
const isOpen = (
  objectType: string,
  own: Properties,
  closed: ReadonlySet<string> | null,
): boolean | undefined => {
  const stage = own[STAGE_PROPERTIES[objectType] ?? ''] ?? '';
  if (stage === '') return undefined;
  if (objectType === 'deal') return stage !== 'true';
  if (objectType === 'lead') return closed === null ? undefined : !closed.has(stage);
  return WORKED_STAGES.includes(stage) ? false : undefined;
};

const twinsOf = (own: Properties): readonly TwinRef[] =>
  Object.entries(TWIN_PROPERTIES).flatMap(([objectType, property]) => {
    const recordId = toLongId(own[property] ?? '');
    return recordId === null ? [] : [{ vendor: 'salesforce' as const, objectType, recordId }];
  });

const personOf = (objectType: string): PersonFields =>
  PERSON_PROPERTIES[objectType as keyof typeof PERSON_PROPERTIES] ?? PERSON_PROPERTIES.lead;

/** A lead is about its contact; by itself it only has a name. */
const personBehind = (
  { objectType, recordId }: RecordRef,
  own: Properties,
  contact: Properties,
  { appUrl, portalId }: RecordPlace,
): LeadPerson => {
  const told = objectType === 'lead' ? contact : own;
  const person = toPerson(
    personOf(objectType === 'lead' ? 'contact' : objectType),
    (property) => told[property] || null,
    `${appUrl.replace(/\/$/, '')}/contacts/${portalId}/record/${typeIdOf(objectType)}/${recordId}`,
  );
  return { ...person, name: person.name ?? ((objectType === 'lead' && own[LEAD.name]) || null) };
};
