import { randomUUID } from 'node:crypto';
import type { Automation } from './automation.ts';
import { NO_AUTOMATION } from './automation.ts';
import type { Installed } from './schema/tables.ts';
import { EVERYTHING, TABLES } from './schema/tables.ts';
import type { Row, RowChange } from './types.ts';

/** A record that is no more, for change tracking. */
export interface Tombstone {
  readonly table: string;
  readonly id: string;
  readonly version: number;
}

/** Everything one Dataverse environment holds. */
export interface Environment {
  /** The organization's id: in WhoAmI and in every push. */
  readonly id: string;
  /** The Entra tenant it belongs to. */
  readonly tenantId: string;
  /** Its unique name, which is its part of the address too. */
  readonly name: string;
  readonly friendlyName: string;
  readonly businessUnitId: string;
  readonly now: () => number;
  readonly newId: () => string;
  /** By table, then by id. */
  readonly tables: ReadonlyMap<string, Map<string, Row>>;
  readonly tombstones: Tombstone[];
  readonly emit: (changes: readonly RowChange[]) => void;
  /** The last version given to a row. */
  version: number;
  installed: Installed;
  /** What the application user's role does not allow, `prvAssignLead`. */
  readonly lackingPrivileges: Set<string>;
  automation: Automation;
}

export interface EnvironmentOptions {
  readonly name: string;
  readonly friendlyName: string;
  readonly tenantId: string;
  readonly now: () => number;
  readonly emit: (changes: readonly RowChange[]) => void;
}

/** Row versions of an environment begin somewhere. */
const FIRST_VERSION = 915_000;

/** An environment without people or records. Ids that others keep follow from its name, so that a restart has the same. */
export const createEnvironment = (
  options: EnvironmentOptions,
  idOf: (name: string) => string,
): Environment => ({
  ...options,
  id: idOf(`organization ${options.name}`),
  businessUnitId: idOf(`business unit ${options.name}`),
  newId: randomUUID,
  tables: new Map(TABLES.map((table) => [table.name, new Map<string, Row>()])),
  tombstones: [],
  version: FIRST_VERSION,
  installed: EVERYTHING,
  lackingPrivileges: new Set(),
  automation: NO_AUTOMATION,
});

/** The rows of a table, by id. */
export const rowsOf = (environment: Environment, table: string): Map<string, Row> => {
  const rows = environment.tables.get(table);
  if (!rows) throw new Error(`there is no table ${table}`);
  return rows;
};
