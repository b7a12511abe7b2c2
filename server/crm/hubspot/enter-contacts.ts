import type { DeliveryResult } from '../../assignments/ports.ts';
import { companyDomain } from '../../routing/match/domain-class.ts';
import type { NewRecord } from '../connector.ts';
import { asResult } from '../delivery/record-write.ts';
import { valuesOf } from '../sources.ts';
import { type Created, type CreateWays, createObjects, type NewObject } from './create-objects.ts';
import { CONTACT, EXISTING_ID, JOINS, KEY_PROPERTY, OWNER_PROPERTY } from './facts.ts';
import { findCompanies } from './find-companies.ts';
import { readObjects } from './read-objects.ts';
import { type OwnFields, reasonProperties } from './reason-fields.ts';

export type Entering = NewRecord & { readonly mayExist: boolean };

export interface EnterWays extends CreateWays {
  readonly reasonFields: OwnFields;
  readonly keyField: OwnFields;
}

/** The contact of a lead. `made`: by us, in this try or (`before`) in an earlier one; else it is somebody else's. */
export type EnteredContact =
  | {
      readonly kind: 'contact';
      readonly id: string;
      readonly made: 'now' | 'before' | null;
      readonly company: string | null;
    }
  | { readonly kind: 'failed'; readonly result: DeliveryResult };

/**
 * Makes a contact of each lead, with its owner, reason and company. Our key on the contact makes it once whatever
 * happens between the steps, HubSpot's own rule that an address is one contact's does so for people with an e-mail.
 */
export const enterContacts = async (
  records: readonly Entering[],
  ways: EnterWays,
): Promise<readonly EnteredContact[]> => {
  const { connection, until } = ways;
  const keyed = await ways.keyField.ensure(connection, 'contact', until);
  const reasoned = await ways.reasonFields.ensure(connection, 'contact', until);
  const unsure = records.filter(({ mayExist }) => mayExist);
  const before = keyed ? await findByKey('contact', unsure, ways) : new Map<string, string>();
  const rest = records.filter(({ key }) => !before.has(key));
  const companies = await findCompanies(
    rest.flatMap(({ person }) => companyDomain(person.email) ?? []),
    ways,
  );
  const companyOf = ({ person }: Entering) => companies.get(companyDomain(person.email) ?? '') ?? null;
  const objects = rest.map((record) => toContact(record, companyOf(record), { keyed, reasoned }));
  const made = await createObjects('contact', objects, ways);
  const outcomes = new Map(rest.map(({ key }, index) => [key, made[index]!]));
  const taken = await findTaken(rest, outcomes, keyed, ways);
  return records.map((record): EnteredContact => {
    const earlier = before.get(record.key);
    if (earlier !== undefined) return { kind: 'contact', id: earlier, made: 'before', company: null };
    return toEntered(outcomes.get(record.key)!, taken.get(record.key), companyOf(record));
  });
};

const toEntered = (outcome: Created, taken: Taken | undefined, company: string | null): EnteredContact => {
  if (outcome.kind === 'created') return { kind: 'contact', id: outcome.id, made: 'now', company };
  if (taken !== undefined)
    return { kind: 'contact', id: taken.id, made: taken.ours ? 'before' : null, company };
  return { kind: 'failed', result: asResult(outcome) };
};

const toContact = (
  record: Entering,
  company: string | null,
  { keyed, reasoned }: { readonly keyed: boolean; readonly reasoned: boolean },
): NewObject => ({
  traceId: record.key,
  properties: {
    ...personProperties(record),
    ...valuesOf('contact', record.values),
    ...(record.ownerId !== null && { [OWNER_PROPERTY]: record.ownerId }),
    ...(keyed && { [KEY_PROPERTY]: record.key }),
    ...(reasoned && reasonProperties(record.decision)),
  },
  associations: company === null ? [] : [{ id: company, typeIds: JOINS.contactToCompany }],
});

/** HubSpot has no one name: the last word is taken for the family's. */
const personProperties = ({ person }: Entering): Readonly<Record<string, string>> => {
  const words = (person.name ?? '').trim().split(/\s+/).filter(Boolean);
  const [first, last] =
    words.length > 1 ? [words.slice(0, -1).join(' '), words.at(-1)] : [words[0], undefined];
  const told = {
    [CONTACT.firstName]: first,
    [CONTACT.lastName]: last,
    [CONTACT.email]: person.email?.trim().toLowerCase(),
    [CONTACT.phone]: person.phone,
    [CONTACT.company]: person.company,
    [CONTACT.message]: person.message,
  };
  return Object.fromEntries(Object.entries(told).flatMap(([name, value]) => (value ? [[name, value]] : [])));
};

/** Records of ours by key. */
export const findByKey = async (
  objectType: string,
  records: readonly Pick<Entering, 'key'>[],
  { call, connection, until }: CreateWays,
): Promise<ReadonlyMap<string, string>> => {
  const keys = records.map(({ key }) => key);
  const found = await readObjects(call, connection, objectType, keys, [KEY_PROPERTY], {
    purpose: 'delivery',
    until,
    idProperty: KEY_PROPERTY,
  });
  return new Map([...found.values()].map(({ id, properties }) => [properties[KEY_PROPERTY] ?? '', id]));
};

interface Taken {
  readonly id: string;
  readonly ours: boolean;
}

/** Whose the key or the address is, where HubSpot says it is taken, or did not say what became of a contact. */
const findTaken = async (
  records: readonly Entering[],
  outcomes: ReadonlyMap<string, Created>,
  keyed: boolean,
  ways: EnterWays,
): Promise<ReadonlyMap<string, Taken>> => {
  const unclear = records.filter(({ key }) => {
    const outcome = outcomes.get(key);
    return outcome?.kind === 'unknown' || (outcome?.kind === 'refused' && outcome.code === 'already_exists');
  });
  if (unclear.length === 0) return new Map();
  const byKey = keyed ? await findByKey('contact', unclear, ways) : new Map<string, string>();
  const emails = unclear.flatMap(({ person }) => person.email?.trim().toLowerCase() || []);
  const { call, connection, until } = ways;
  const options = { purpose: 'delivery', until, idProperty: CONTACT.email } as const;
  const held = await readObjects(call, connection, 'contact', emails, [CONTACT.email], options);
  const byEmail = new Map([...held.values()].map(({ id, properties }) => [properties[CONTACT.email], id]));
  return new Map(
    unclear.flatMap(({ key, person }) => {
      const ours = byKey.get(key);
      const other = byEmail.get(person.email?.trim().toLowerCase() ?? '') ?? existingId(outcomes.get(key));
      const id = ours ?? other;
      return id === undefined ? [] : [[key, { id, ours: ours !== undefined }] as const];
    }),
  );
};

/** Whose a further address is only the refusal says. */
const existingId = (outcome: Created | undefined): string | undefined =>
  outcome?.kind === 'refused' ? EXISTING_ID.exec(outcome.remedy)?.[1] : undefined;
