import type { SalesforceSandbox } from '../../salesforce/create-salesforce.ts';
import { SalesforceError } from '../../salesforce/errors.ts';
import type { FlowRun } from '../../salesforce/flow/create-flow.ts';
import { toId18 } from '../../salesforce/ids.ts';
import { type Org, tableOf } from '../../salesforce/org.ts';
import type { Row } from '../../salesforce/types.ts';
import type { DeskCrm, DeskRow, ListQuery } from '../desk-crm.ts';
import { grouped, NOTHING } from '../format.ts';
import { LEAD_COLUMNS, mentions, newestOf } from '../lead-list.ts';
import { salesforceActivity } from './activity.ts';
import { leadOwner, leadOwners, momentOf, statusBadge, userWithEmail } from './format.ts';
import { leadFacts, leadRoutedBy, leadValues, newLeadFields } from './record.ts';

interface SalesforceDeskDeps {
  readonly salesforce: SalesforceSandbox;
  /** A visitor becomes a lead; its id. */
  readonly arrive: () => string;
  /** Where a lead's card is shown to the person with that e-mail; null: the org does not know them. */
  readonly cardUrl: (id: string, by: string) => string | null;
}

const matches = (lead: Row, { q, owner }: ListQuery): boolean =>
  (owner === '' || lead.OwnerId === owner) && mentions(q, [lead.Name, lead.Email, lead.Company]);

const rowOf = (org: Org, lead: Row): DeskRow => ({
  id: lead.Id,
  name: String(lead.Name),
  detail: String(lead.Email ?? ''),
  cells: [
    // Salesforce requires a company: web forms write so where there is none.
    lead.Company === '[not provided]' ? NOTHING : String(lead.Company),
    grouped(String(lead.NumberOfEmployees ?? '')),
    String(lead.Country ?? ''),
    statusBadge(lead.Status),
    leadOwner(org, lead.OwnerId),
    leadRoutedBy(org, lead),
  ],
  createdAt: momentOf(lead.CreatedDate),
});

const said = (run: FlowRun): string => {
  if (run.error !== null) return `The Flow failed: ${run.error}`;
  const failed = run.rows.filter((row) => row.error !== null).length;
  return `Fairlead decided ${run.rows.length - failed} of ${run.rows.length}.`;
};

/** The leads of the Salesforce org in the desk, with the Flow that asks Fairlead. */
export const salesforceDesk = ({ salesforce, arrive, cardUrl }: SalesforceDeskDeps): DeskCrm => {
  /** As whom the person acts: the user with their e-mail, else the website. */
  const as = (by: string): { readonly by?: string } => {
    const user = userWithEmail(salesforce.org(), by);
    return user ? { by: user.Id } : {};
  };
  return {
    slug: 'salesforce',
    title: 'Salesforce leads',
    noun: 'lead',
    present: () => salesforce.orgs().length > 0,
    columns: LEAD_COLUMNS,
    list: (query) => {
      const org = salesforce.org();
      return newestOf(
        [...tableOf(org, 'Lead').values()].filter((lead) => !lead.IsDeleted),
        (lead) => matches(lead, query),
        (lead) => rowOf(org, lead),
      );
    },
    owners: () => leadOwners(salesforce.org()),
    ownerless: false,
    record: (id, by) => {
      const org = salesforce.org();
      const lead = tableOf(org, 'Lead').get(toId18(id) ?? '');
      if (!lead) return null;
      if (lead.MasterRecordId) return { movedTo: String(lead.MasterRecordId) };
      const { journal, flow } = salesforce;
      const activity = salesforceActivity(org, lead, journal.entries(lead.Id), flow.runs(lead.Id));
      return { ...leadFacts(org, lead), activity, cardUrl: cardUrl(lead.Id, by) };
    },
    newFields: newLeadFields,
    create: (values, by) => salesforce.create({ values: leadValues(values), ...as(by) }).Id,
    update: (id, values, by) => salesforce.update({ id, values: leadValues(values), ...as(by) }),
    changeOwner: (id, ownerId, by) => salesforce.changeOwner({ id, ownerId, ...as(by) }),
    listActions: [
      { name: 'ask', label: 'Ask the Flow about the chosen', afterArrival: 'Create and ask the Flow' },
    ],
    act: async (action, ids, by) => {
      if (action === 'ask') return said(await salesforce.flow.ask({ ids, ...as(by) }));
      for (const id of ids) {
        if (action === 'convert') salesforce.convert({ id, ...as(by) });
        if (action === 'remove') salesforce.remove({ id, ...as(by) });
      }
      return null;
    },
    arrive,
    problemOf: (error) => (error instanceof SalesforceError ? error.message : null),
    personNamed: (email) => {
      const name = userWithEmail(salesforce.org(), email)?.Name;
      return name ? String(name) : null;
    },
    onChange: (listener) =>
      salesforce.onChange((_org, changes) =>
        listener(changes.flatMap(({ objectType, id }) => (objectType === 'Lead' ? [id] : []))),
      ),
  };
};
