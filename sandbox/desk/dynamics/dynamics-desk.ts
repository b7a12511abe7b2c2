import type { DynamicsSandbox } from '../../dynamics/create-dynamics.ts';
import { type Environment, rowsOf } from '../../dynamics/environment.ts';
import { DynamicsError } from '../../dynamics/errors.ts';
import { lead as LEAD } from '../../dynamics/schema/lead.ts';
import { personOf } from '../../dynamics/seed.ts';
import { isRef, type Row, type RowChange } from '../../dynamics/types.ts';
import type { DeskCrm, DeskRecord, DeskRow, ListQuery } from '../desk-crm.ts';
import { badge, grouped, routedBy } from '../format.ts';
import { factsOf, formOf, valuesOf } from '../lead-fields.ts';
import { LEAD_COLUMNS, mentions, newestOf } from '../lead-list.ts';
import { reasonOf, type Told, toldOf } from '../told.ts';
import { activityOf, momentOf, ownerBadge } from './activity.ts';
import { LEAD_FIELDS } from './lead-form.ts';

const ownerIdOf = ({ values }: Row): string | null => (isRef(values.ownerid) ? values.ownerid.id : null);

const statusOf = ({ values }: Row): string =>
  LEAD.columns.get('statuscode')?.labels?.[Number(values.statuscode)] ?? '';

const told = ({ values }: Row): Told =>
  toldOf({
    decision: values.fairlead_decision,
    rule: values.fairlead_rule,
    pool: values.fairlead_pool,
    reason: values.fairlead_reason,
    decidedAt: values.fairlead_decidedat,
  });

const valuesFrom = (form: Readonly<Record<string, string>>) =>
  valuesOf(LEAD_FIELDS, form, ({ kind }) => kind === 'number' || kind === 'choice');

const matches = (lead: Row, { q, owner }: ListQuery): boolean => {
  const { merged, fullname, emailaddress1, companyname } = lead.values;
  if (merged === true || (owner !== '' && ownerIdOf(lead) !== owner)) return false;
  return mentions(q, [fullname, emailaddress1, companyname]);
};

const rowOf = (environment: Environment, lead: Row): DeskRow => ({
  id: lead.id,
  name: String(lead.values.fullname ?? lead.values.subject ?? ''),
  detail: String(lead.values.emailaddress1 ?? ''),
  cells: [
    String(lead.values.companyname ?? ''),
    grouped(String(lead.values.numberofemployees ?? '')),
    String(lead.values.address1_country ?? ''),
    badge(statusOf(lead)),
    ownerBadge(environment, lead.values.ownerid),
    routedBy(told(lead)),
  ],
  createdAt: momentOf(lead.values.createdon),
});

const recordOf = (
  environment: Environment,
  lead: Row,
  changes: readonly RowChange[],
  cardUrl: string | null,
): DeskRecord => {
  const { values } = lead;
  const open = values.statecode === 0;
  return {
    id: lead.id,
    name: String(values.fullname ?? values.subject ?? ''),
    subtitle: String(values.companyname ?? ''),
    notice: open ? null : `This lead is closed: ${statusOf(lead)}.`,
    ownerId: ownerIdOf(lead),
    givable: open,
    facts: factsOf(LEAD_FIELDS, values, ['firstname', 'lastname', 'description']),
    fields: open ? formOf(LEAD_FIELDS, values) : [],
    message: values.description ? String(values.description) : null,
    reason: reasonOf(told(lead)),
    activity: activityOf(environment, lead, changes),
    actions: open
      ? [
          { name: 'call', label: 'Log a call' },
          { name: 'convert', label: 'Qualify', quiet: true },
          { name: 'disqualify', label: 'Disqualify', quiet: true },
          { name: 'remove', label: 'Delete', danger: true },
        ]
      : [],
    cardUrl,
  };
};

/** Owner changes kept of one lead, for its page. */
const KEPT = 50;

interface DynamicsDeskParts {
  /** A visitor becomes a lead; its id. */
  readonly arrive: () => string;
  readonly cardUrl: (id: string, as: string) => string | null;
}

/** The leads of the Dataverse environment in the desk. */
export const dynamicsDesk = (dynamics: DynamicsSandbox, { arrive, cardUrl }: DynamicsDeskParts): DeskCrm => {
  const ownerChanges = new Map<string, readonly RowChange[]>();
  dynamics.onChange((_environment, changes) => {
    for (const change of changes)
      if (change.table === 'lead' && change.message === 'Update' && 'ownerid' in change.values)
        ownerChanges.set(change.id, [...(ownerChanges.get(change.id) ?? []), change].slice(-KEPT));
  });
  const userNamed = (email: string): Row | undefined => {
    const [environment] = dynamics.environments();
    return environment && personOf(environment, email);
  };
  /** As whom the person acts: the user with their e-mail, else the website. */
  const as = (by: string): { readonly by?: string } => {
    const user = userNamed(by);
    return user ? { by: user.id } : {};
  };
  const nameOf = ({ values }: Row): string => String(values.fullname ?? values.name ?? '');
  return {
    slug: 'dynamics',
    title: 'Dynamics 365 leads',
    noun: 'lead',
    present: () => dynamics.environments().length > 0,
    columns: LEAD_COLUMNS,
    list: (query) =>
      newestOf(
        dynamics.rows('lead'),
        (lead) => matches(lead, query),
        (lead) => rowOf(dynamics.environment(), lead),
      ),
    owners: () =>
      [
        ...dynamics.rows('systemuser').filter(({ values }) => !values.isdisabled && values.accessmode === 0),
        ...dynamics
          .rows('team')
          .filter(({ values }) => values.sandbox_hasroles === true && !values.isdefault),
      ].map((row) => ({ id: row.id, name: nameOf(row) })),
    ownerless: false,
    record: (id, by) => {
      const environment = dynamics.environment();
      const lead = rowsOf(environment, 'lead').get(id);
      if (!lead) return null;
      if (isRef(lead.values.masterid)) return { movedTo: lead.values.masterid.id };
      return recordOf(environment, lead, ownerChanges.get(id) ?? [], cardUrl(id, by));
    },
    newFields: () => formOf(LEAD_FIELDS, null),
    create: (values, by) => dynamics.create({ values: valuesFrom(values), ...as(by) }).id,
    update: (id, values, by) => dynamics.update({ id, values: valuesFrom(values), ...as(by) }),
    changeOwner: (id, ownerId, by) => dynamics.changeOwner({ id, ownerId, ...as(by) }),
    listActions: [],
    act: (action, ids, by) => {
      for (const id of ids) {
        if (action === 'convert') dynamics.convert({ id, ...as(by) });
        if (action === 'disqualify') dynamics.disqualify({ id, ...as(by) });
        if (action === 'remove') dynamics.remove({ id, ...as(by) });
        if (action === 'call')
          dynamics.create({
            table: 'phonecall',
            values: { subject: 'Call', 'regardingobjectid_lead_phonecall@odata.bind': `/leads(${id})` },
            ...as(by),
          });
      }
      return null;
    },
    arrive,
    problemOf: (error) => (error instanceof DynamicsError ? error.message : null),
    personNamed: (email) => {
      const user = userNamed(email);
      return user ? nameOf(user) : null;
    },
    onChange: (listener) =>
      dynamics.onChange((_environment, changes) =>
        listener(changes.flatMap(({ table, id }) => (table === 'lead' ? [id] : []))),
      ),
  };
};
