import { OBJECT_TYPE_NAMES, OBJECT_TYPES, type ObjectTypeName } from './object-types.ts';
import type { Portal } from './portal.ts';
import type { ChangeSource } from './types.ts';

/** An association type from one object type to another. `label` is null for the unlabelled default. */
export interface AssociationType {
  readonly typeId: number;
  readonly label: string | null;
}

/**
 * HubSpot's own association types between the objects we know, the default first. `primary` types come along with
 * the default. Source: the association type id tables of the associations guide.
 */
const TYPES: Readonly<Record<string, readonly AssociationType[]>> = {
  'contacts/companies': [
    { typeId: 279, label: null },
    { typeId: 1, label: 'Primary' },
  ],
  'companies/contacts': [
    { typeId: 280, label: null },
    { typeId: 2, label: 'Primary' },
  ],
  'contacts/deals': [{ typeId: 4, label: null }],
  'deals/contacts': [{ typeId: 3, label: null }],
  'deals/companies': [
    { typeId: 341, label: null },
    { typeId: 5, label: 'Primary' },
  ],
  'companies/deals': [
    { typeId: 342, label: null },
    { typeId: 6, label: 'Primary' },
  ],
  'leads/contacts': [
    { typeId: 608, label: null },
    { typeId: 578, label: 'Primary' },
  ],
  'contacts/leads': [
    { typeId: 609, label: null },
    { typeId: 579, label: 'Primary' },
  ],
  'leads/companies': [
    { typeId: 610, label: null },
    { typeId: 580, label: 'Primary' },
  ],
  'companies/leads': [
    { typeId: 611, label: null },
    { typeId: 581, label: 'Primary' },
  ],
  'leads/deals': [{ typeId: 1037, label: null }],
  'deals/leads': [{ typeId: 1036, label: null }],
  'contacts/notes': [{ typeId: 201, label: null }],
  'notes/contacts': [{ typeId: 202, label: null }],
  'companies/notes': [{ typeId: 189, label: null }],
  'notes/companies': [{ typeId: 190, label: null }],
  'deals/notes': [{ typeId: 213, label: null }],
  'notes/deals': [{ typeId: 214, label: null }],
  'leads/notes': [{ typeId: 854, label: null }],
  'notes/leads': [{ typeId: 855, label: null }],
  'contacts/tasks': [{ typeId: 203, label: null }],
  'tasks/contacts': [{ typeId: 204, label: null }],
  'companies/tasks': [{ typeId: 191, label: null }],
  'tasks/companies': [{ typeId: 192, label: null }],
  'deals/tasks': [{ typeId: 215, label: null }],
  'tasks/deals': [{ typeId: 216, label: null }],
  'leads/tasks': [{ typeId: 646, label: null }],
  'tasks/leads': [{ typeId: 647, label: null }],
  'contacts/calls': [{ typeId: 193, label: null }],
  'calls/contacts': [{ typeId: 194, label: null }],
  'contacts/emails': [{ typeId: 197, label: null }],
  'emails/contacts': [{ typeId: 198, label: null }],
  'contacts/meetings': [{ typeId: 199, label: null }],
  'meetings/contacts': [{ typeId: 200, label: null }],
  'companies/calls': [{ typeId: 181, label: null }],
  'calls/companies': [{ typeId: 182, label: null }],
  'companies/emails': [{ typeId: 185, label: null }],
  'emails/companies': [{ typeId: 186, label: null }],
  'companies/meetings': [{ typeId: 187, label: null }],
  'meetings/companies': [{ typeId: 188, label: null }],
  'deals/calls': [{ typeId: 205, label: null }],
  'calls/deals': [{ typeId: 206, label: null }],
  'deals/emails': [{ typeId: 209, label: null }],
  'emails/deals': [{ typeId: 210, label: null }],
  'deals/meetings': [{ typeId: 211, label: null }],
  'meetings/deals': [{ typeId: 212, label: null }],
  'leads/calls': [{ typeId: 596, label: null }],
  'calls/leads': [{ typeId: 597, label: null }],
  'leads/emails': [{ typeId: 598, label: null }],
  'emails/leads': [{ typeId: 599, label: null }],
  'leads/meetings': [{ typeId: 600, label: null }],
  'meetings/leads': [{ typeId: 601, label: null }],
};

/** The types two object types can be joined by, the default first; empty: they cannot. */
export const associationTypes = (from: ObjectTypeName, to: ObjectTypeName): readonly AssociationType[] =>
  TYPES[`${from}/${to}`] ?? [];

const pair = (from: ObjectTypeName, id: string, to: ObjectTypeName): string => `${from}/${id}/${to}`;

const link = (
  portal: Portal,
  from: ObjectTypeName,
  id: string,
  to: ObjectTypeName,
  toId: string,
  typeIds: readonly number[],
) => {
  const key = pair(from, id, to);
  const others = portal.associations.get(key) ?? new Map<string, Set<number>>();
  portal.associations.set(key, others);
  const types = others.get(toId) ?? new Set<number>();
  others.set(toId, types);
  for (const typeId of typeIds) types.add(typeId);
};

/** The same label seen from the other side, with the default always among them. */
const mirrored = (from: ObjectTypeName, to: ObjectTypeName, typeIds: readonly number[]): number[] => {
  const labels = typeIds.map(
    (typeId) => associationTypes(from, to).find((type) => type.typeId === typeId)?.label ?? null,
  );
  return associationTypes(to, from)
    .filter((type) => type.label === null || labels.includes(type.label))
    .map((type) => type.typeId);
};

/** Two records to be joined, seen from one of them. */
interface Ends {
  readonly from: ObjectTypeName;
  readonly fromId: string;
  readonly to: ObjectTypeName;
  readonly toId: string;
}

/** Properties that name a record's primary other record. Those of leads are from memory. */
const PRIMARY_PROPERTIES: Readonly<Record<string, string>> = {
  'contacts/companies': 'associatedcompanyid',
  'leads/contacts': 'hs_primary_contact_id',
  'leads/companies': 'hs_primary_company_id',
};

const namePrimary = (portal: Portal, { from, fromId, to, toId }: Ends): void => {
  const property = PRIMARY_PROPERTIES[`${from}/${to}`];
  const primary = associationTypes(from, to).find(({ label }) => label === 'Primary');
  const held = portal.associations.get(pair(from, fromId, to))?.get(toId);
  const record = portal.records[from].get(fromId);
  if (property && primary && record && held?.has(primary.typeId)) record.properties[property] = toId;
  const email = to === 'contacts' ? portal.records.contacts.get(toId)?.properties.email : undefined;
  if (from === 'leads' && record && email) record.properties.hs_associated_contact_email = email;
};

const CONTACTING: readonly ObjectTypeName[] = ['calls', 'emails', 'meetings'];

/** What HubSpot counts by itself when something is logged on a contact. */
const noteActivity = (portal: Portal, { from, fromId, to, toId }: Ends): void => {
  const contact = from === 'contacts' ? portal.records.contacts.get(fromId)?.properties : undefined;
  const at = portal.records[to].get(toId)?.properties.hs_timestamp;
  if (!contact || at === undefined || to === 'contacts') return;
  contact.notes_last_updated = new Date(portal.now()).toISOString();
  if (CONTACTING.includes(to)) {
    contact.notes_last_contacted = at;
    contact.num_contacted_notes = String(Number(contact.num_contacted_notes ?? 0) + 1);
  }
};

/** Joins two records, both ways. A primary one is also named by a property. */
export const associate = (
  portal: Portal,
  ends: Ends,
  typeIds: readonly number[],
  source: ChangeSource,
): void => {
  const { from, fromId, to, toId } = ends;
  const fallback = associationTypes(from, to)[0]?.typeId;
  link(portal, from, fromId, to, toId, fallback === undefined ? typeIds : [...typeIds, fallback]);
  link(portal, to, toId, from, fromId, mirrored(from, to, typeIds));
  for (const seen of [ends, { from: to, fromId: toId, to: from, toId: fromId }]) {
    namePrimary(portal, seen);
    noteActivity(portal, seen);
  }
  portal.emit({ objectType: from, id: fromId, at: portal.now(), source, kind: 'associated' });
};

/** What was joined to one record is joined to another as well. */
export const copyAssociations = (
  portal: Portal,
  type: ObjectTypeName,
  fromId: string,
  toId: string,
): void => {
  for (const to of OBJECT_TYPE_NAMES) {
    for (const [otherId, typeIds] of portal.associations.get(pair(type, fromId, to)) ?? []) {
      link(portal, type, toId, to, otherId, [...typeIds]);
      link(portal, to, otherId, type, toId, [
        ...(portal.associations.get(pair(to, otherId, type))?.get(fromId) ?? []),
      ]);
      namePrimary(portal, { from: type, fromId: toId, to, toId: otherId });
    }
  }
};

/** The records a record is joined to, with the association types, oldest first. */
export const associated = (
  portal: Portal,
  from: ObjectTypeName,
  id: string,
  to: ObjectTypeName,
): readonly { readonly id: string; readonly types: readonly AssociationType[] }[] =>
  [...(portal.associations.get(pair(from, id, to)) ?? [])]
    .filter(([toId]) => portal.records[to].get(toId)?.archivedAt === null)
    .map(([toId, typeIds]) => ({
      id: toId,
      types: [...typeIds].map(
        (typeId) =>
          associationTypes(from, to).find((type) => type.typeId === typeId) ?? { typeId, label: null },
      ),
    }));

/** "No company is associated with contact 501.": the part of a batch read's errors[] for one input. */
export const noAssociations = (
  from: ObjectTypeName,
  id: string,
  to: ObjectTypeName,
): Readonly<Record<string, unknown>> => ({
  status: 'error',
  category: 'OBJECT_NOT_FOUND',
  subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
  message: `No ${OBJECT_TYPES[to].singular} is associated with ${OBJECT_TYPES[from].singular} ${id}.`,
  context: {
    fromObjectId: [id],
    fromObjectType: [OBJECT_TYPES[from].singular],
    toObjectType: [OBJECT_TYPES[to].singular],
  },
  errors: [],
  links: {},
});
