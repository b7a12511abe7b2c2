import { type Environment, rowsOf } from '../../dynamics/environment.ts';
import { isRef, type Row, type RowChange, type Value } from '../../dynamics/types.ts';
import type { DeskEntry } from '../desk-crm.ts';
import { person } from '../format.ts';
import { html, type Markup } from '../html.ts';

export const momentOf = (value: Value | undefined): number => Date.parse(String(value));

/** A user or team with badge. */
export const ownerBadge = (environment: Environment, owner: Value | undefined): Markup => {
  if (!isRef(owner)) return html``;
  const values = rowsOf(environment, owner.table).get(owner.id)?.values;
  return person(String(values?.fullname ?? values?.name ?? owner.id), owner.table === 'team' ? 'Team' : null);
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
  ...changes.map(({ at, values, actor }) => ({
    at,
    icon: '●',
    body: html`<p>Owner changed to ${ownerBadge(environment, values.ownerid)}</p><p class="by">by ${ownerBadge(environment, { table: 'systemuser', id: actor.userId })}</p>`,
  })),
  ...BESIDE.flatMap(([table, icon, column, text]) =>
    [...rowsOf(environment, table).values()]
      .filter(({ values }) => {
        const on = values[column];
        return isRef(on) && on.id === lead.id;
      })
      .map(({ values }) => ({
        at: momentOf(values.createdon),
        icon,
        body: html`<p dir="auto">${String(values.subject ?? '')}</p><p class="prose" dir="auto">${String(values[text] ?? '')}</p>`,
      })),
  ),
];
