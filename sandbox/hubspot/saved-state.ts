import type { SavedFiles, SavedPart } from '../saved-files.ts';
import type { HubSpotSandbox } from './create-hubspot.ts';
import { OBJECT_TYPE_NAMES, type ObjectTypeName } from './object-types.ts';
import { type Portal, uniqueKey } from './portal.ts';
import type { Grant } from './tokens.ts';
import type { PropertyDefinition, PropertyGroup, StoredRecord } from './types.ts';
import type { WorkflowRun } from './workflow-types.ts';

interface SavedType {
  readonly records: readonly StoredRecord[];
  readonly properties: readonly PropertyDefinition[];
  readonly groups: readonly PropertyGroup[];
}

interface SavedApp {
  readonly tokens: readonly (readonly [string, Grant])[];
  readonly runs: readonly WorkflowRun[];
  readonly portals: readonly {
    readonly id: number;
    readonly nextId: number;
    readonly associations: readonly (readonly [string, readonly (readonly [string, readonly number[]])[]])[];
  }[];
}

const dumpType = (portal: Portal, type: ObjectTypeName): SavedType => ({
  records: [...portal.records[type].values()],
  properties: [...portal.properties[type].values()].filter((definition) => !definition.hubspotDefined),
  groups: [...portal.groups[type].values()],
});

const restoreType = (portal: Portal, type: ObjectTypeName, saved: SavedType): void => {
  for (const definition of saved.properties) portal.properties[type].set(definition.name, definition);
  for (const group of saved.groups) portal.groups[type].set(group.name, group);
  for (const record of saved.records) {
    portal.records[type].set(record.id, record);
    if (record.archivedAt !== null) continue;
    for (const [name, value] of Object.entries(record.properties)) {
      if (portal.properties[type].get(name)?.hasUniqueValue)
        portal.unique.set(uniqueKey(type, name, value), record.id);
    }
  }
};

const dumpApp = (hubspot: HubSpotSandbox): SavedApp => ({
  tokens: hubspot.tokens.dump(),
  runs: hubspot.workflows.runs(),
  portals: [...hubspot.portals.values()].map((portal) => ({
    id: portal.id,
    nextId: portal.nextId,
    associations: [...portal.associations].map(
      ([key, others]) => [key, [...others].map(([id, types]) => [id, [...types]] as const)] as const,
    ),
  })),
});

const restoreApp = (hubspot: HubSpotSandbox, saved: SavedApp): void => {
  hubspot.tokens.restore(saved.tokens);
  for (const { id, nextId, associations } of saved.portals) {
    const portal = hubspot.portals.get(id);
    if (!portal) continue;
    portal.nextId = Math.max(portal.nextId, nextId);
    for (const [key, others] of associations) {
      portal.associations.set(key, new Map(others.map(([other, types]) => [other, new Set(types)])));
    }
  }
  hubspot.workflows.restore(saved.runs);
};

/** Takes up what was saved of these accounts and keeps it saved from now on. The accounts must exist, empty. */
export const keepHubSpotSaved = async (
  hubspot: HubSpotSandbox,
  files: SavedFiles,
): Promise<{ readonly found: boolean }> => {
  const app: SavedPart = { name: 'hubspot-app', dump: () => dumpApp(hubspot) };
  const parts = new Map<string, SavedPart>();
  let found = false;
  for (const portal of hubspot.portals.values()) {
    for (const type of OBJECT_TYPE_NAMES) {
      const name = `hubspot-${portal.id}-${type}`;
      parts.set(`${portal.id}/${type}`, { name, dump: () => dumpType(portal, type) });
      const saved = (await files.load(name)) as SavedType | null;
      if (saved) restoreType(portal, type, saved);
      found ||= saved !== null;
    }
  }
  const savedApp = (await files.load(app.name)) as SavedApp | null;
  if (savedApp) restoreApp(hubspot, savedApp);
  hubspot.onChange((portalId, change) => {
    const part = parts.get(`${portalId}/${change.objectType}`);
    if (part) files.touched(part);
    files.touched(app);
  });
  return { found };
};
