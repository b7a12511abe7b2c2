import type { SavedFiles, SavedPart } from '../saved-files.ts';
import type { Automation } from './automation.ts';
import type { ZohoSandbox } from './create-zoho.ts';
import type { Channel } from './notifications/channels.ts';
import type { SavedGrants } from './oauth/refresh-tokens.ts';
import type { Org, Shift, Territory, TimelineEntry, Unavailability, UserGroup, ZohoUser } from './org.ts';
import type { DeletedRow, Row } from './types.ts';

interface SavedOrg {
  readonly lastId: number;
  readonly users: readonly ZohoUser[];
  readonly away: readonly Unavailability[];
  readonly shifts: readonly Shift[];
  readonly territories: readonly Territory[];
  readonly groups?: readonly UserGroup[];
  readonly deleted: readonly DeletedRow[];
  readonly timeline: readonly TimelineEntry[];
  readonly tables: Readonly<Record<string, readonly Row[]>>;
  readonly automation: Automation;
  readonly fairleadFields: boolean;
}

interface SavedApp {
  readonly grants: SavedGrants;
  readonly channels: readonly Channel[];
}

const dumpOrg = (org: Org): SavedOrg => ({
  lastId: org.ids.last(),
  users: [...org.users.values()],
  away: [...org.away.values()],
  shifts: [...org.shifts.values()],
  territories: [...org.territories.values()],
  groups: [...org.groups.values()],
  deleted: org.deleted,
  timeline: org.timeline,
  tables: Object.fromEntries([...org.tables].map(([name, table]) => [name, [...table.values()]])),
  automation: org.automation,
  fairleadFields: org.fairleadFields,
});

const fill = <T extends { readonly id: string }>(table: Map<string, T>, rows: readonly T[]): void => {
  for (const row of rows) table.set(row.id, row);
};

const restoreOrg = (org: Org, saved: SavedOrg): void => {
  org.ids.passOver(saved.lastId);
  fill(org.users, saved.users);
  fill(org.away, saved.away);
  fill(org.shifts, saved.shifts);
  fill(org.territories, saved.territories);
  fill(org.groups, saved.groups ?? []);
  org.deleted.push(...saved.deleted);
  org.timeline.push(...saved.timeline);
  for (const [name, table] of org.tables) fill(table, saved.tables[name] ?? []);
  org.automation = saved.automation;
  org.fairleadFields = saved.fairleadFields;
};

/** Takes up what was saved of these orgs and keeps it saved from now on. The orgs must exist. */
export const keepZohoSaved = async (zoho: ZohoSandbox, files: SavedFiles): Promise<void> => {
  const app: SavedPart = {
    name: 'zoho-app',
    dump: (): SavedApp => ({ grants: zoho.oauth.dump(), channels: zoho.channels.dump() }),
  };
  const partOf = (org: Org): SavedPart => ({ name: `zoho-${org.domain}`, dump: () => dumpOrg(org) });
  for (const org of zoho.orgs()) {
    const saved = (await files.load(partOf(org).name)) as SavedOrg | null;
    if (saved) restoreOrg(org, saved);
  }
  const savedApp = (await files.load(app.name)) as SavedApp | null;
  if (savedApp) {
    zoho.oauth.restore(savedApp.grants);
    zoho.channels.restore(savedApp.channels);
  }
  zoho.onChange((org) => {
    files.touched(partOf(org));
    files.touched(app);
  });
  zoho.oauth.onGrant(() => files.touched(app));
  zoho.channels.onChange(() => files.touched(app));
};
