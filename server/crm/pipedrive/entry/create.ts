import { eachOf } from '../../call/each-of.ts';
import type { Entered, NewRecord } from '../../connector.ts';
import { asResult } from '../../delivery/record-write.ts';
import { failureOfError } from '../../failures.ts';
import { PAGE, PATHS } from '../facts.ts';
import { readBody } from '../failures.ts';
import { readPages } from '../pages.ts';
import { recordReply } from '../shapes.ts';
import { type EntryLooks, findPersons, search } from './find.ts';
import { sortValues } from './values.ts';

/** Leads entered at once. */
const AT_ONCE = 2;

type Wanted = NewRecord & { readonly mayExist: boolean };

/**
 * Creates leads, each with its person and organisation. The lead carries our key as `origin_id`, which Pipedrive keeps
 * but cannot be asked for: before a second try the newest leads are looked through for it. A person is looked for first,
 * so that one made by a try that broke off is taken up rather than made twice.
 */
export const createLeads = async (
  records: readonly Wanted[],
  looks: EntryLooks,
): Promise<readonly Entered[]> => {
  try {
    const there = records.some(({ mayExist }) => mayExist)
      ? await leadsByKey(looks)
      : new Map<string, string>();
    return await eachOf(records, AT_ONCE, async (record) => {
      const known = there.get(record.key);
      return known === undefined ? createOne(record, looks) : entered(known, true, looks);
    });
  } catch (error) {
    const result = asResult(failureOfError(error));
    return records.map(() => ({ kind: 'failed', result }));
  }
};

const entered = (recordId: string, existed: boolean, { connection }: EntryLooks): Entered => ({
  kind: 'entered',
  ref: { connectionId: connection.id, objectType: 'lead', recordId },
  existed,
});

const createOne = async (record: Wanted, looks: EntryLooks): Promise<Entered> => {
  try {
    const values = sortValues(record.values);
    const organization = await organizationFor(record, values.organization, looks);
    const person = await personFor(record, values.person, organization, looks);
    const lead = await make(PATHS.leads, leadOf(record, values.lead, person, organization), looks);
    return entered(lead, false, looks);
  } catch (error) {
    return { kind: 'failed', result: asResult(failureOfError(error)) };
  }
};

const nameOf = ({ person }: NewRecord): string => person.name ?? person.email ?? person.phone ?? 'Unknown';

const leadOf = (
  record: NewRecord,
  values: Readonly<Record<string, unknown>>,
  person: string,
  organization: string | null,
) => ({
  title: [nameOf(record), record.person.company].filter(Boolean).join(', '),
  person_id: Number(person),
  ...(organization !== null && { organization_id: Number(organization) }),
  ...(record.ownerId !== null && { owner_id: Number(record.ownerId) }),
  origin_id: record.key,
  ...values,
});

const make = async (
  path: string,
  body: unknown,
  { call, connection, until }: EntryLooks,
): Promise<string> => {
  const reply = await call(connection, {
    method: 'POST',
    path,
    body,
    purpose: 'delivery',
    ...(until !== undefined && { until }),
  });
  return String(readBody(recordReply, reply).data.id);
};

const organizationFor = async (
  { person, ownerId }: NewRecord,
  values: Readonly<Record<string, unknown>>,
  looks: EntryLooks,
): Promise<string | null> => {
  if (!person.company) return null;
  const [found] = await search(PATHS.searchOrganizations, 'name', person.company, looks);
  if (found !== undefined) return found;
  const owner = ownerId === null ? {} : { owner_id: Number(ownerId) };
  return make(PATHS.organizations, { name: person.company, ...owner, ...values }, looks);
};

const personFor = async (
  record: Wanted,
  values: Readonly<Record<string, unknown>>,
  organization: string | null,
  looks: EntryLooks,
): Promise<string> => {
  const { email, phone } = record.person;
  const [found] = await findPersons(record.person, looks);
  if (found !== undefined) return found;
  const [namesake] =
    record.mayExist && email === null && phone === null
      ? await search(PATHS.searchPersons, 'name', nameOf(record), looks)
      : [];
  if (namesake !== undefined) return namesake;
  const body = {
    name: nameOf(record),
    ...(record.ownerId !== null && { owner_id: Number(record.ownerId) }),
    ...(organization !== null && { org_id: Number(organization) }),
    ...(email !== null && { emails: [{ value: email, primary: true, label: 'work' }] }),
    ...(phone !== null && { phones: [{ value: phone, primary: true, label: 'work' }] }),
    ...values,
  };
  return make(PATHS.persons, body, looks);
};

/** The newest leads by the key they were entered with. Twenty tokens, for all that are to be entered. */
const leadsByKey = async ({ call, connection, until }: EntryLooks): Promise<ReadonlyMap<string, string>> => {
  const leads = await readPages(call, connection, {
    path: PATHS.leads,
    query: { sort: 'add_time DESC', limit: String(PAGE) },
    purpose: 'delivery',
    ...(until !== undefined && { until }),
    mostPages: 1,
  });
  return new Map(
    leads.flatMap(({ id, origin_id: key }) => (typeof key === 'string' ? [[key, String(id)] as const] : [])),
  );
};
