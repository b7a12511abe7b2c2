import { type Environment, rowsOf } from '../../dynamics/environment.ts';
import { isRef, type Row, type RowChange, type Value } from '../../dynamics/types.ts';
import type { DeskEntry } from '../desk-crm.ts';
import { ownerEntry, textEntry } from '../entries.ts';
import { person } from '../format.ts';
import { html, type Markup } from '../html.ts';

export const momentOf = (value: Value | undefined): number => Date.parse(String(value));

/** Dataverse names an application user `# Fairlead`: the sign is no part of its name. */
const nameOf = ({ fullname, name }: Row['values']): string | undefined =>
  (fullname ?? name)?.toString().replace(/^# /, '');

/** A user or team with badge. */
export const ownerBadge = (environment: Environment, owner: Value | undefined): Markup => {
  if (!isRef(owner)) return html``;
  const values = rowsOf(environment, owner.table).get(owner.id)?.values;
  return person((values && nameOf(values)) ?? owner.id, owner.table === 'team' ? 'Team' : null);
};

const BESIDE: readonly (readonly [table: string, icon: string, column: string, text: string])[] = [
  ['task', '☑', 'regardingobjectid', 'description'],
  ['annotation', '✎', 'objectid', 'notetext'],
  ['phonecall', '☎', 'regardingobjectid', 'description'],
];

/** What happened to a lead: owners as `changes` remembers them, tasks, notes and calls. */
export const activityOf = (
  environment: Environment,
  lead: Row,
  changes: readonly RowChange[],
): readonly DeskEntry[] => [
  { at: momentOf(lead.values.createdon), icon: '✦', body: html`<p>Created</p>` },
  ...changes.map(({ at, values, actor }) => {
    const by = ownerBadge(environment, { table: 'systemuser', id: actor.userId });
    return ownerEntry(at, ownerBadge(environment, values.ownerid), html`by ${by}`);
  }),
  ...BESIDE.flatMap(([table, icon, column, text]) =>
    [...rowsOf(environment, table).values()]
      .filter(({ values }) => {
        const on = values[column];
        return isRef(on) && on.id === lead.id;
      })
      .map(({ values }) => textEntry(momentOf(values.createdon), icon, values.subject, values[text])),
  ),
];
