import type { SavedFiles, SavedPart } from '../saved-files.ts';
import type { Automation } from './automation.ts';
import type { SalesforceSandbox } from './create-salesforce.ts';
import type { SavedGrants } from './oauth/refresh-tokens.ts';
import { type Org, reindex } from './org.ts';
import type { Row } from './types.ts';

interface SavedApp {
  readonly grants: SavedGrants;
  readonly orgs: readonly {
    readonly domain: string;
    readonly numbers: readonly (readonly [string, number])[];
    readonly packageInstalled: boolean;
    readonly automation: Automation;
    readonly fairleadCredential: string;
  }[];
}

const dumpApp = (salesforce: SalesforceSandbox): SavedApp => ({
  grants: salesforce.oauth.dump(),
  orgs: salesforce.orgs().map(({ domain, numbers, packageInstalled, automation, fairleadCredential }) => ({
    domain,
    numbers: [...numbers],
    packageInstalled,
    automation,
    fairleadCredential,
  })),
});

const restoreApp = (salesforce: SalesforceSandbox, saved: SavedApp): void => {
  salesforce.oauth.restore(saved.grants);
  for (const { domain, numbers, ...settings } of saved.orgs) {
    const org = salesforce.orgs().find((one) => one.domain === domain);
    if (!org) continue;
    Object.assign(org, settings);
    for (const [prefix, n] of numbers) org.numbers.set(prefix, Math.max(n, org.numbers.get(prefix) ?? 0));
  }
};

const restoreTable = (org: Org, objectType: string, rows: readonly Row[]): void => {
  for (const row of rows) {
    reindex(org, objectType, org.tables.get(objectType)?.get(row.Id), row);
    org.tables.get(objectType)?.set(row.Id, row);
  }
};

/** Rows that are written beside others without being told of. */
const WRITTEN_WITH: Readonly<Record<string, readonly string[]>> = { Lead: ['LeadHistory', 'Task'] };

/** Takes up what was saved of these orgs and keeps it saved from now on. The orgs must exist. */
export const keepSalesforceSaved = async (
  salesforce: SalesforceSandbox,
  files: SavedFiles,
): Promise<void> => {
  const app: SavedPart = { name: 'salesforce-app', dump: () => dumpApp(salesforce) };
  const partOf = (org: Org, objectType: string): SavedPart => ({
    name: `salesforce-${org.domain}-${objectType.toLowerCase()}`,
    dump: () => [...(org.tables.get(objectType)?.values() ?? [])],
  });
  for (const org of salesforce.orgs())
    for (const objectType of org.tables.keys()) {
      const saved = (await files.load(partOf(org, objectType).name)) as readonly Row[] | null;
      if (saved) restoreTable(org, objectType, saved);
    }
  const savedApp = (await files.load(app.name)) as SavedApp | null;
  if (savedApp) restoreApp(salesforce, savedApp);
  salesforce.onChange((org, changes) => {
    const types = new Set(changes.flatMap(({ objectType: type }) => [type, ...(WRITTEN_WITH[type] ?? [])]));
    for (const type of types) files.touched(partOf(org, type));
    files.touched(app);
  });
  salesforce.oauth.onGrant(() => files.touched(app));
};
