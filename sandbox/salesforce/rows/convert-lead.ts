import { dateTimeText } from '../dates.ts';
import { refused } from '../errors.ts';
import { tableOf } from '../org.ts';
import { CONVERTED_STATUS } from '../schema/lead.ts';
import type { ObjectDef } from '../schema/object.ts';
import { objectNamed } from '../schema/objects.ts';
import type { Row, Value } from '../types.ts';
import { insertRow } from './insert-row.ts';
import { storeChange, updateRow, writableRow } from './update-row.ts';
import type { WriteContext } from './write-context.ts';

/** How a lead is to be converted. Unset: into a new account, with the lead's owner, without an opportunity. */
export interface Conversion {
  readonly accountId?: string;
  readonly contactId?: string;
  readonly ownerId?: string;
  readonly convertedStatus?: string;
  readonly opportunityName?: string;
  readonly withOpportunity?: boolean;
}

/** What a lead became. */
export interface Converted {
  readonly leadId: string;
  readonly accountId: string;
  readonly contactId: string;
  readonly opportunityId: string | null;
}

const known = (context: WriteContext, name: string): ObjectDef => {
  const object = objectNamed(name, context.org);
  if (!object) throw new Error(`there is no object ${name}`);
  return object;
};

const live = (context: WriteContext, name: string, id: string): Row => {
  const row = tableOf(context.org, name).get(id);
  if (!row || row.IsDeleted)
    throw refused('INVALID_CROSS_REFERENCE_KEY', `invalid cross reference id: ${id}`);
  return row;
};

const checkStatus = ({ org }: WriteContext, status: string): void => {
  const converted = [...tableOf(org, 'LeadStatus').values()].filter(({ IsConverted }) => IsConverted);
  if (!converted.some(({ MasterLabel }) => MasterLabel === status))
    throw refused('INVALID_STATUS', `invalid convertedStatus: ${status}`, ['ConvertedStatus']);
};

/** People and companies belong to people: a lead of a queue needs somebody named. */
const ownerOf = (context: WriteContext, lead: Row, ownerId: string | undefined): string => {
  const owner = ownerId ?? String(lead.OwnerId);
  const user = tableOf(context.org, 'User').get(owner);
  if (!user) throw refused('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', ['OwnerId']);
  if (!user.IsActive)
    throw refused('INACTIVE_OWNER_OR_USER', `operation performed with inactive user [${owner}]`);
  return owner;
};

/** An account or contact that stands is filled only where it is empty. */
const fillEmpty = (
  context: WriteContext,
  name: string,
  id: string,
  values: Readonly<Record<string, Value>>,
): string => {
  const row = live(context, name, id);
  const missing = Object.entries(values).filter(
    ([field, value]) => value !== null && (row[field] ?? null) === null,
  );
  if (missing.length > 0) updateRow(context, known(context, name), id, Object.fromEntries(missing));
  return id;
};

/** Converts a lead: it becomes read-only and points at an account and a contact. Throws SalesforceError. */
export const convertLead = (context: WriteContext, id: string, how: Conversion = {}): Converted => {
  const { org } = context;
  const lead = writableRow(context, known(context, 'Lead'), id);
  if (lead.IsConverted) throw refused('CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead');
  const status = how.convertedStatus ?? CONVERTED_STATUS;
  checkStatus(context, status);
  const OwnerId =
    how.ownerId === undefined && context.actor.via !== 'api' && String(lead.OwnerId).startsWith('00G')
      ? context.actor.userId
      : ownerOf(context, lead, how.ownerId);
  const accountId =
    how.accountId === undefined
      ? insertRow(context, known(context, 'Account'), {
          Name: lead.Company,
          Website: lead.Website ?? null,
          OwnerId,
        })
      : live(context, 'Account', how.accountId).Id;
  const person = {
    LastName: lead.LastName ?? null,
    FirstName: lead.FirstName ?? null,
    Email: lead.Email ?? null,
    Phone: lead.Phone ?? null,
  };
  if (how.contactId !== undefined && live(context, 'Contact', how.contactId).AccountId !== accountId)
    throw refused('INVALID_CROSS_REFERENCE_KEY', 'the contact is not of that account');
  const contactId =
    how.contactId === undefined
      ? insertRow(context, known(context, 'Contact'), { ...person, AccountId: accountId, OwnerId })
      : fillEmpty(context, 'Contact', how.contactId, person);
  const opportunityId = how.withOpportunity
    ? insertRow(context, known(context, 'Opportunity'), {
        Name: how.opportunityName ?? lead.Company,
        AccountId: accountId,
        StageName: 'Prospecting',
        CloseDate: dateTimeText(org.now()).slice(0, 10),
        OwnerId,
      })
    : null;
  storeChange(context, 'Lead', lead, {
    ...lead,
    OwnerId,
    IsConverted: true,
    Status: status,
    ConvertedDate: dateTimeText(org.now()).slice(0, 10),
    ConvertedAccountId: accountId,
    ConvertedContactId: contactId,
    ConvertedOpportunityId: opportunityId,
  });
  return { leadId: id, accountId, contactId, opportunityId };
};
