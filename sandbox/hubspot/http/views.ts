import { associated } from '../associations.ts';
import { DEFAULT_PROPERTIES, OBJECT_TYPES, type ObjectTypeName, objectTypeOf } from '../object-types.ts';
import type { Portal } from '../portal.ts';
import type { Owner, StoredRecord, ValueVersion } from '../types.ts';

const iso = (at: number): string => new Date(at).toISOString();

const versionView = (version: ValueVersion) => ({
  value: version.value,
  timestamp: iso(version.at),
  sourceType: version.source.type,
  sourceId: version.source.id,
  ...(version.source.userId === undefined ? {} : { updatedByUserId: version.source.userId }),
});

/** What a caller asked to see. */
export interface Wanted {
  readonly properties: readonly string[];
  readonly history: readonly string[];
}

/** Names asked for beside the ones every reply holds; unknown names are passed over, as HubSpot does. */
const shown = (type: ObjectTypeName, wanted: readonly string[]): readonly string[] =>
  wanted.length === 0
    ? DEFAULT_PROPERTIES[type]
    : [...new Set([...wanted, OBJECT_TYPES[type].created, OBJECT_TYPES[type].changed, 'hs_object_id'])];

/** A record as a reply shows it. A property without a value is null. */
export const recordView = (portal: Portal, type: ObjectTypeName, record: StoredRecord, wanted: Wanted) => {
  const properties: Record<string, string | null> = {};
  for (const name of shown(type, wanted.properties)) {
    if (portal.properties[type].has(name)) properties[name] = record.properties[name] ?? null;
  }
  const known = wanted.history.filter((name) => portal.properties[type].has(name));
  return {
    id: record.id,
    properties,
    ...(known.length === 0
      ? {}
      : {
          propertiesWithHistory: Object.fromEntries(
            known.map((name) => [name, (record.history[name] ?? []).map(versionView)]),
          ),
        }),
    createdAt: iso(record.createdAt),
    updatedAt: iso(record.updatedAt),
    archived: record.archivedAt !== null,
    ...(record.archivedAt === null ? {} : { archivedAt: iso(record.archivedAt) }),
    url: `https://app.hubspot.com/contacts/${portal.id}/record/${OBJECT_TYPES[type].typeId}/${record.id}`,
  };
};

const ASSOCIATION_LABELS = (from: ObjectTypeName, to: ObjectTypeName, label: string | null): string =>
  `${OBJECT_TYPES[from].singular}_to_${OBJECT_TYPES[to].singular}${label === null ? '' : '_primary'}`.toLowerCase();

/** The `associations` part of a single read: the ids of each type asked for, an entry per label. */
export const associationsView = (
  portal: Portal,
  type: ObjectTypeName,
  record: StoredRecord,
  names: readonly string[],
) => {
  const found = names.flatMap((name) => {
    const to = objectTypeOf(name);
    if (!to) return [];
    const results = associated(portal, type, record.id, to).flatMap((other) =>
      other.types.map(({ label }) => ({ id: other.id, type: ASSOCIATION_LABELS(type, to, label) })),
    );
    return results.length === 0 ? [] : [[to, { results }] as const];
  });
  return found.length === 0 ? {} : { associations: Object.fromEntries(found) };
};

/** An owner as the owners API shows it: an archived one has no userId. */
export const ownerView = (owner: Owner) => ({
  id: owner.id,
  email: owner.email,
  type: owner.type,
  firstName: owner.firstName,
  lastName: owner.lastName,
  ...(owner.userId === null ? {} : { userId: owner.userId }),
  ...(owner.userIdIncludingInactive === null
    ? {}
    : { userIdIncludingInactive: owner.userIdIncludingInactive }),
  createdAt: iso(owner.createdAt),
  updatedAt: iso(owner.createdAt),
  archived: owner.archived,
  teams: owner.teams,
});
