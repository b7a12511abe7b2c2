import { OBJECT_TYPE_NAMES, type ObjectTypeName } from './object-types.ts';
import { standardGroup, standardProperties } from './standard-properties.ts';
import type { Owner, PropertyDefinition, PropertyGroup, RecordChange, StoredRecord } from './types.ts';

/** The owner sees who, the account sees what: everything one HubSpot account holds, looked up in constant time. */
export interface Portal {
  readonly id: number;
  readonly name: string;
  readonly timezone: string;
  readonly now: () => number;
  readonly emit: (change: RecordChange) => void;
  readonly records: Readonly<Record<ObjectTypeName, Map<string, StoredRecord>>>;
  readonly properties: Readonly<Record<ObjectTypeName, Map<string, PropertyDefinition>>>;
  readonly groups: Readonly<Record<ObjectTypeName, Map<string, PropertyGroup>>>;
  readonly owners: Map<string, Owner>;
  /** `type/property/value in lower case` → record id, for unique properties. */
  readonly unique: Map<string, string>;
  /** `type/id/toType` → other id → association type ids. */
  readonly associations: Map<string, Map<string, Set<number>>>;
  /** Types the account's edition does not have: leads come with some only. */
  readonly missingTypes: Set<ObjectTypeName>;
  nextId: number;
}

export interface PortalOptions {
  readonly id: number;
  readonly name: string;
  readonly timezone: string;
  readonly now: () => number;
  readonly emit: (change: RecordChange) => void;
}

const perType = <T>(make: (type: ObjectTypeName) => T): Record<ObjectTypeName, T> =>
  Object.fromEntries(OBJECT_TYPE_NAMES.map((type) => [type, make(type)])) as Record<ObjectTypeName, T>;

/** HubSpot's record ids look like nothing in particular; starting high keeps them apart from owner and user ids. */
const FIRST_RECORD_ID = 30_000_000_001;

/** An account with the standard properties and nothing else. */
export const createPortal = (options: PortalOptions): Portal => ({
  ...options,
  records: perType(() => new Map()),
  properties: perType(standardProperties),
  groups: perType(
    (type) =>
      new Map([
        [
          standardGroup(type),
          { name: standardGroup(type), label: `${standardGroup(type)}`, displayOrder: 0 },
        ],
      ]),
  ),
  owners: new Map(),
  unique: new Map(),
  associations: new Map(),
  missingTypes: new Set(),
  nextId: FIRST_RECORD_ID,
});

/** The key a unique value is found by. E-mail addresses and domains compare without case. */
export const uniqueKey = (type: ObjectTypeName, property: string, value: string): string =>
  `${type}/${property}/${value.toLowerCase()}`;

/** The owner with that userId, archived or not: what a deactivated rep leaves behind. */
export const ownerByUserId = (portal: Portal, userId: number): Owner | undefined =>
  [...portal.owners.values()].find((owner) => owner.userIdIncludingInactive === userId);
