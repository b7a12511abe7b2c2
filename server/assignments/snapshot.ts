import { digestLead } from '../routing/hash/decision-hash.ts';
import type { LeadValues } from '../routing/lead.ts';
import { givenFields } from '../routing/policy/events.ts';
import { readValues, type ValueProblem } from '../routing/policy/read-values.ts';
import type { LaneSession } from './lane-session.ts';
import type { LeadReading } from './read-lead.ts';
import type { StoredSnapshot } from './stored.ts';
import type { GivenFields, LeadPerson } from './types.ts';

/** What callers give besides a record. */
export interface GivenLead {
  readonly fields: GivenFields | null;
  readonly person: Partial<LeadPerson> | null;
}

export const NO_PERSON: LeadPerson = Object.freeze({
  name: null,
  company: null,
  email: null,
  phone: null,
  source: null,
  message: null,
  url: null,
});
const NO_PROBLEMS: readonly ValueProblem[] = Object.freeze([]);

/** Types a lead's values by the policy's fields. What was given stands where the record has no value. */
export const typeValues = (
  session: LaneSession,
  reading: LeadReading,
  given: GivenFields | null,
): { readonly values: LeadValues; readonly problems: readonly ValueProblem[] } => {
  const policy = session.memory.compiled?.policy;
  const fields = policy?.fields ?? {};
  const fromCaller =
    given === null || policy === undefined ? null : readValues(givenFields(policy), given, 'json');
  const fromRecord =
    reading.kind === 'read' ? readValues(fields, known(rawOf(reading), fields), 'text') : null;
  return {
    values: { ...fromCaller?.values, ...fromRecord?.values },
    problems: fromCaller?.problems ?? NO_PROBLEMS,
  };
};

/** The record that counts says it first; what it does not hold stands on a twin. */
const rawOf = ({ snapshot, twins }: LeadReading & { kind: 'read' }): GivenFields => {
  const raw: Record<string, string | null> = {};
  for (const { raw: values } of [...twins.toReversed(), snapshot])
    for (const [name, value] of Object.entries(values))
      if (value !== null || !(name in raw)) raw[name] = value;
  return raw;
};

/** Who the lead is, by all of its records. */
export const personRead = (reading: LeadReading): LeadPerson | null => {
  if (reading.kind !== 'read') return null;
  return reading.twins.reduce(
    (known, { person }) => personOf(known, person) ?? known,
    reading.snapshot.person,
  );
};

/** A record read for an earlier policy may hold fields that are not declared any more. */
const known = (raw: GivenFields, fields: Readonly<Record<string, unknown>>): GivenFields =>
  Object.fromEntries(Object.entries(raw).filter(([name]) => name in fields));

/** What a lead is like at a decision, under a salt of its own. Stored with the decision, if there is one. */
export const draftSnapshot = (
  session: LaneSession,
  leadId: string,
  values: LeadValues,
  given: GivenLead & { readonly read: LeadPerson | null },
): StoredSnapshot => {
  const salt = session.newSalt();
  return {
    id: session.newId('snp'),
    leadId,
    takenAt: session.now,
    salt,
    digest: digestLead(values, salt),
    values,
    given: given.fields,
    person: personOf(given.read, given.person),
  };
};

const personOf = (read: LeadPerson | null, given: Partial<LeadPerson> | null): LeadPerson | null => {
  if (read === null) return given === null ? null : { ...NO_PERSON, ...given };
  if (given === null) return read;
  const missing = Object.entries(given).filter(
    ([key]) => (read as unknown as Record<string, unknown>)[key] == null,
  );
  return { ...read, ...Object.fromEntries(missing) };
};
