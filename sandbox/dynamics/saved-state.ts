import type { SavedFiles, SavedPart } from '../saved-files.ts';
import type { Automation } from './automation.ts';
import type { DynamicsSandbox } from './create-dynamics.ts';
import type { Environment, Tombstone } from './environment.ts';
import type { Installed } from './schema/tables.ts';
import type { Row } from './types.ts';

interface SavedApp {
  readonly entra: ReturnType<DynamicsSandbox['entra']['dump']>;
  readonly environments: readonly {
    readonly name: string;
    readonly version: number;
    readonly installed: Installed;
    readonly automation: Automation;
    readonly tombstones: readonly Tombstone[];
  }[];
}

const dumpApp = (dynamics: DynamicsSandbox): SavedApp => ({
  entra: dynamics.entra.dump(),
  environments: dynamics.environments().map(({ name, version, installed, automation, tombstones }) => ({
    name,
    version,
    installed,
    automation,
    tombstones: [...tombstones],
  })),
});

const restoreApp = (dynamics: DynamicsSandbox, saved: SavedApp): void => {
  dynamics.entra.restore(saved.entra);
  for (const { name, version, installed, automation, tombstones } of saved.environments) {
    const environment = dynamics.environments().find((one) => one.name === name);
    if (!environment) continue;
    Object.assign(environment, {
      version: Math.max(version, environment.version),
      installed: { ...environment.installed, ...installed },
      automation,
    });
    environment.tombstones.push(...tombstones);
  }
};

/** Takes up what was saved of these environments and keeps it saved from now on. The environments must exist. */
export const keepDynamicsSaved = async (dynamics: DynamicsSandbox, files: SavedFiles): Promise<void> => {
  const app: SavedPart = { name: 'dynamics-app', dump: () => dumpApp(dynamics) };
  const partOf = (environment: Environment, table: string): SavedPart => ({
    name: `dynamics-${environment.name}-${table}`,
    dump: () => [...(environment.tables.get(table)?.values() ?? [])],
  });
  for (const environment of dynamics.environments())
    for (const [table, rows] of environment.tables) {
      const saved = (await files.load(partOf(environment, table).name)) as readonly Row[] | null;
      for (const row of saved ?? []) rows.set(row.id, row);
    }
  const savedApp = (await files.load(app.name)) as SavedApp | null;
  if (savedApp) restoreApp(dynamics, savedApp);
  dynamics.onChange((environment, changes) => {
    for (const table of new Set(changes.map((change) => change.table)))
      files.touched(partOf(environment, table));
    files.touched(app);
  });
};
