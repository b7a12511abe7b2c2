import { ACTIVITIES, activitypointer, annotation } from './activities.ts';
import type { Column, Table } from './column.ts';
import { lead } from './lead.ts';
import { businessunit, calendar, systemuser, team, teammembership, usersettings } from './people.ts';
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
  calendar,
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
const OF_SALES = new Set(['lead', 'opportunity']);

export const tableNamed = (name: string): Table | undefined => BY_NAME.get(name);

/** The table behind a segment of an address; names are case-sensitive. */
export const tableOfSet = (entitySet: string): Table | undefined => BY_SET.get(entitySet);

/** What an environment has installed. */
export interface Installed {
  /** Fairlead's columns on leads. */
  readonly solution: boolean;
  /** Sales' assignment rules. */
  readonly assignmentRules: boolean;
  /** Sales itself: an environment of another app has accounts and contacts, and no leads. */
  readonly sales: boolean;
  /** Columns that were deleted, `lead.fax`. */
  readonly deletedColumns: readonly string[];
}

/** An environment as it comes with Sales and Fairlead's solution. */
export const EVERYTHING: Installed = {
  solution: true,
  assignmentRules: true,
  sales: true,
  deletedColumns: [],
};

export const isInstalled = ({ name }: Table, { assignmentRules, sales }: Installed): boolean =>
  (assignmentRules || !OF_ASSIGNMENT_RULES.has(name)) && (sales || !OF_SALES.has(name));

/** The columns a table has there. */
export const columnOf = (
  table: Table,
  name: string,
  { solution, deletedColumns }: Installed,
): Column | undefined => {
  const column = table.columns.get(name);
  if (deletedColumns.includes(`${table.name}.${name}`)) return undefined;
  return column?.ofSolution && !solution ? undefined : column;
};
