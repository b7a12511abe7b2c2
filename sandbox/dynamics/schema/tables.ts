import { ACTIVITIES, activitypointer, annotation } from './activities.ts';
import type { Column, Table } from './column.ts';
import { lead } from './lead.ts';
import { businessunit, systemuser, team, teammembership, usersettings } from './people.ts';
import { account, campaign, contact, opportunity } from './sales.ts';
import {
  assignmentrule,
  asyncoperation,
  salesroutingrun,
  sdkmessage,
  sdkmessagefilter,
  sdkmessageprocessingstep,
  segment,
  serviceendpoint,
} from './system.ts';

export const TABLES: readonly Table[] = [
  lead,
  contact,
  account,
  opportunity,
  campaign,
  ...ACTIVITIES,
  activitypointer,
  annotation,
  systemuser,
  usersettings,
  team,
  teammembership,
  businessunit,
  serviceendpoint,
  sdkmessage,
  sdkmessagefilter,
  sdkmessageprocessingstep,
  asyncoperation,
  salesroutingrun,
  assignmentrule,
  segment,
];

const BY_NAME = new Map(TABLES.map((table) => [table.name, table]));
const BY_SET = new Map(TABLES.map((table) => [table.entitySet, table]));

/** Tables that come with solutions a customer may not have. */
const OF_ASSIGNMENT_RULES = new Set(['msdyn_salesroutingrun', 'msdyn_assignmentrule', 'msdyn_segment']);

export const tableNamed = (name: string): Table | undefined => BY_NAME.get(name);

/** The table behind a segment of an address; names are case-sensitive. */
export const tableOfSet = (entitySet: string): Table | undefined => BY_SET.get(entitySet);

/** What an environment has installed. */
export interface Installed {
  /** Fairlead's columns on leads. */
  readonly solution: boolean;
  /** Sales' assignment rules. */
  readonly assignmentRules: boolean;
}

export const isInstalled = (table: Table, { assignmentRules }: Installed): boolean =>
  assignmentRules || !OF_ASSIGNMENT_RULES.has(table.name);

/** The columns a table has there. */
export const columnOf = (table: Table, name: string, { solution }: Installed): Column | undefined => {
  const column = table.columns.get(name);
  return column?.ofSolution && !solution ? undefined : column;
};
