import type { Entered } from '../connector.ts';
import { asResult } from '../delivery/record-write.ts';
import { valuesOf } from '../sources.ts';
import { type Created, createObjects, type Join, type NewObject } from './create-objects.ts';
import {
  type EnteredContact,
  type Entering,
  type EnterWays,
  enterContacts,
  findByKey,
} from './enter-contacts.ts';
import { JOINS, KEY_PROPERTY, LEAD, OWNER_PROPERTY } from './facts.ts';
import { findOpenLeads } from './open-leads.ts';
import { reasonProperties } from './reason-fields.ts';
import type { LeadStages, Stages } from './stages.ts';

export interface EntryWaysOfHubspot extends EnterWays {
  readonly stages: Pick<Stages, 'leads'>;
}

type Contact = Extract<EnteredContact, { kind: 'contact' }>;
type Placed = { readonly record: Entering; readonly contact: Contact };

/**
 * Makes a contact of each lead and, where the account uses HubSpot's leads, a lead about it: that one is then what is
 * routed. A crash between the steps leaves no twin: the next try finds the contact by its key and the lead on it.
 */
export const enterRecords = async (
  records: readonly Entering[],
  ways: EntryWaysOfHubspot,
): Promise<readonly Entered[]> => {
  const stages = await ways.stages.leads(ways.connection);
  const contacts = await enterContacts(records, ways);
  const placed = records.flatMap((record, index): Placed[] => {
    const contact = contacts[index];
    return contact?.kind === 'contact' ? [{ record, contact }] : [];
  });
  const leads = stages === null ? new Map<string, EnteredLead>() : await enterLeads(placed, stages, ways);
  return records.map((record, index): Entered => {
    const contact = contacts[index]!;
    if (contact.kind === 'failed') return contact;
    return toEntered(contact, leads.get(record.key), ways.connection.id);
  });
};

const toEntered = (contact: Contact, lead: EnteredLead | undefined, connectionId: string): Entered => {
  const existed = contact.made !== 'now';
  if (lead === undefined)
    return { kind: 'entered', ref: { connectionId, objectType: 'contact', recordId: contact.id }, existed };
  if (lead.created.kind !== 'created') return { kind: 'failed', result: asResult(lead.created) };
  const ref = { connectionId, objectType: 'lead', recordId: lead.created.id };
  // Pushes of the contact we made are about the same lead; one of somebody else's leads a life of its own.
  const about = { connectionId, objectType: 'contact', recordId: contact.id };
  return { kind: 'entered', ref, existed: lead.existed, ...(contact.made !== null && { about }) };
};

interface EnteredLead {
  readonly created: Created;
  readonly existed: boolean;
}

/** By key. A contact of somebody else's keeps the open lead it has, and gets none. */
const enterLeads = async (
  placed: readonly Placed[],
  stages: LeadStages,
  ways: EntryWaysOfHubspot,
): Promise<ReadonlyMap<string, EnteredLead>> => {
  const { call, connection, until } = ways;
  const older = placed.filter(({ contact }) => contact.made !== 'now').map(({ contact }) => contact.id);
  const open = await findOpenLeads([...new Set(older)], stages, {
    call,
    connection,
    until,
    purpose: 'delivery',
  });
  const wanted = placed.filter(({ contact }) => contact.made !== null && !open.has(contact.id));
  const made = await makeLeads(wanted, ways);
  const found = placed.flatMap(({ record, contact }) => {
    const id = open.get(contact.id);
    return id === undefined
      ? []
      : [[record.key, { created: { kind: 'created', id }, existed: true }] as const];
  });
  return new Map<string, EnteredLead>([...found, ...made]);
};

const makeLeads = async (
  wanted: readonly Placed[],
  ways: EntryWaysOfHubspot,
): Promise<ReadonlyMap<string, EnteredLead>> => {
  if (wanted.length === 0) return new Map();
  const { connection, until } = ways;
  const keyed = await ways.keyField.ensure(connection, 'lead', until);
  const reasoned = await ways.reasonFields.ensure(connection, 'lead', until);
  const objects = wanted.map((one) => toLead(one, { keyed, reasoned }));
  const made = await createObjects('lead', objects, ways);
  const taken = wanted.filter((_, index) => {
    const outcome = made[index];
    return keyed && outcome?.kind === 'refused' && outcome.code === 'already_exists';
  });
  // The lead stands on a contact that was merged away meanwhile: it is ours still.
  const ours =
    taken.length === 0
      ? new Map<string, string>()
      : await findByKey(
          'lead',
          taken.map(({ record }) => record),
          ways,
        );
  return new Map(
    wanted.map(({ record }, index) => {
      const id = ours.get(record.key);
      const entered: EnteredLead =
        id === undefined
          ? { created: made[index]!, existed: false }
          : { created: { kind: 'created', id }, existed: true };
      return [record.key, entered] as const;
    }),
  );
};

const toLead = (
  { record, contact }: Placed,
  { keyed, reasoned }: { readonly keyed: boolean; readonly reasoned: boolean },
): NewObject => {
  const { person } = record;
  const company: readonly Join[] =
    contact.company === null ? [] : [{ id: contact.company, typeIds: JOINS.leadToCompany }];
  return {
    traceId: record.key,
    properties: {
      [LEAD.name]: person.name ?? person.email ?? person.company ?? person.phone ?? 'Lead',
      ...valuesOf('lead', record.values),
      ...(record.ownerId !== null && { [OWNER_PROPERTY]: record.ownerId }),
      ...(keyed && { [KEY_PROPERTY]: record.key }),
      ...(reasoned && reasonProperties(record.decision)),
    },
    associations: [{ id: contact.id, typeIds: JOINS.leadToContact }, ...company],
  };
};
