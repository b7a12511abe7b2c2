import type { LeadPerson, RecordRef, RecordSnapshot, TwinRef } from '../../assignments/types.ts';
import { toLongId } from '../long-id.ts';
import { parseSource } from '../sources.ts';
import { OWNER_PROPERTY, PERSON_PROPERTIES, TWIN_PROPERTIES, typeIdOf } from './facts.ts';

type Properties = Readonly<Record<string, string | null>>;

/** Where records open for people: the app's origin and the portal they are in. */
export interface RecordPlace {
  readonly appUrl: string;
  readonly portalId: string;
}

/** Every property of the record itself that a snapshot is made of, besides the declared sources. */
export const ownProperties = (objectType: string): readonly string[] => [
  ...new Set([
    OWNER_PROPERTY,
    ...Object.values(personOf(objectType)).flat(),
    ...(objectType === 'contact' ? Object.values(TWIN_PROPERTIES) : []),
  ]),
];

/** A record as its CRM has it. `values`: the properties of the record and of what it is associated with, by type. */
export const toSnapshot = (
  ref: RecordRef,
  values: Readonly<Record<string, Properties | undefined>>,
  sources: Readonly<Record<string, string>>,
  place: RecordPlace,
): RecordSnapshot => {
  const own = values[ref.objectType] ?? {};
  const raw = Object.entries(sources).map(([field, source]) => {
    const parsed = parseSource(source);
    return [field, (parsed && values[parsed.objectType]?.[parsed.property]) || null] as const;
  });
  const twins = ref.objectType === 'contact' ? twinsOf(own) : [];
  return {
    ref,
    raw: Object.fromEntries(raw),
    person: toPerson(ref, own, place),
    ownerId: own[OWNER_PROPERTY] || null,
    gone: null,
    ...(twins.length > 0 && { twins }),
  };
};

const twinsOf = (own: Properties): readonly TwinRef[] =>
  Object.entries(TWIN_PROPERTIES).flatMap(([objectType, property]) => {
    const recordId = toLongId(own[property] ?? '');
    return recordId === null ? [] : [{ vendor: 'salesforce' as const, objectType, recordId }];
  });

const personOf = (
  objectType: string,
): Readonly<Record<keyof Omit<LeadPerson, 'url' | 'notes'>, readonly string[]>> =>
  PERSON_PROPERTIES[objectType as keyof typeof PERSON_PROPERTIES] ?? PERSON_PROPERTIES.lead;

const toPerson = (ref: RecordRef, own: Properties, { appUrl, portalId }: RecordPlace): LeadPerson => {
  const names = personOf(ref.objectType);
  const first = (properties: readonly string[]) =>
    properties.map((name) => own[name]).find((value) => value) ?? null;
  return {
    name:
      names.name
        .map((name) => own[name])
        .filter(Boolean)
        .join(' ') || null,
    company: first(names.company),
    email: first(names.email),
    phone: first(names.phone),
    source: first(names.source),
    message: first(names.message),
    url: `${appUrl.replace(/\/$/, '')}/contacts/${portalId}/record/${typeIdOf(ref.objectType)}/${ref.recordId}`,
  };
};
