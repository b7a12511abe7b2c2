import { badPayload, refused } from '../errors.ts';
import { lead } from '../schema/lead.ts';
import { account, contact, opportunity } from '../schema/sales.ts';
import type { Ref, Row, Value } from '../types.ts';
import { insertRow } from './insert-row.ts';
import type { Transaction } from './transaction.ts';
import { updateRow } from './update-row.ts';

/** Parameters of the action QualifyLead. */
export interface Qualification {
  readonly account: boolean;
  readonly contact: boolean;
  readonly opportunity: boolean;
  readonly status: number;
  readonly campaignId: string | null;
}

/** Throws DynamicsError for parameters the action refuses. */
export const readQualification = (body: Readonly<Record<string, unknown>>): Qualification => {
  const flag = (name: string): boolean => {
    if (typeof body[name] !== 'boolean') throw badPayload(`The parameter '${name}' is required.`);
    return body[name];
  };
  if (typeof body.Status !== 'number') throw badPayload("The parameter 'Status' is required.");
  const campaign = body.SourceCampaignId as { readonly campaignid?: unknown } | undefined;
  return {
    account: flag('CreateAccount'),
    contact: flag('CreateContact'),
    opportunity: flag('CreateOpportunity'),
    status: body.Status,
    campaignId: campaign?.campaignid === undefined ? null : String(campaign.campaignid).toLowerCase(),
  };
};

/**
 * Qualifies a lead: makes what was asked for, owned by who calls, and closes the lead. Returns what was made. Throws
 * DynamicsError.
 */
export const qualifyLead = (tx: Transaction, row: Row, asked: Qualification): readonly Ref[] => {
  const { values } = row;
  if (values.statecode !== 0) throw refused('The lead is already closed.', '0x80048d04');
  if (lead.stateOf.get(asked.status) !== 1)
    throw refused(`${asked.status} is not a valid status code for state code 1 on lead.`, '0x80048408');
  const from: Value = { table: 'lead', id: row.id };
  const made: Ref[] = [];
  const add = (table: typeof account, given: Readonly<Record<string, Value>>): Ref => {
    const { id } = insertRow(tx, { table, values: { ...given, originatingleadid: from } });
    const ref = { table: table.name, id };
    made.push(ref);
    return ref;
  };
  const accountRef = asked.account
    ? add(account, { name: values.companyname ?? values.fullname ?? null })
    : null;
  const { firstname = null, lastname = null, emailaddress1 = null } = values;
  const contactRef = asked.contact
    ? add(contact, { firstname, lastname, emailaddress1, parentcustomerid: accountRef })
    : null;
  const opportunityRef = asked.opportunity
    ? add(opportunity, {
        name: values.subject ?? null,
        campaignid: asked.campaignId === null ? null : { table: 'campaign', id: asked.campaignId },
        parentaccountid: accountRef,
        parentcontactid: contactRef,
      })
    : null;
  updateRow(tx, lead, row, {
    statecode: 1,
    statuscode: asked.status,
    qualifyingopportunityid: opportunityRef,
    parentaccountid: accountRef,
    parentcontactid: contactRef,
  });
  return made;
};
