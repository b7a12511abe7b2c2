import type { LeadPerson, RecordRef, RecordSnapshot } from '../../assignments/types.ts';
import { goneSnapshot } from '../gone-snapshot.ts';
import { ownerSince } from '../owner-since.ts';
import { type PropertySource, parseSource, readSources, type Sources } from '../sources.ts';
import { CUSTOM_KEY } from './facts.ts';
import type { PipedriveRecord } from './shapes.ts';

type Values = Readonly<Record<string, unknown>>;

/** A record with whom and what it is about. A person is its own party. */
export interface Found {
  readonly record: PipedriveRecord;
  readonly person: PipedriveRecord | null;
  readonly organization: PipedriveRecord | null;
}

/** A record as its company has it. `apiUrl`: the company's address, where it opens for people too. */
export const toSnapshot = (
  ref: RecordRef,
  found: Found | null,
  sources: Sources,
  apiUrl: string,
): RecordSnapshot => {
  if (found === null) return goneSnapshot(ref, 'missing');
  const { record } = found;
  if (record.is_deleted === true) return goneSnapshot(ref, 'missing');
  if (record.is_archived === true) return goneSnapshot(ref, 'archived');
  return {
    ref,
    raw: readSources(sources, parseSource, (source) => sourceText(ref, found, source)),
    person: toPerson(ref, found, apiUrl),
    ownerId: String(record.owner_id),
    ...ownerSince(record.update_time),
    gone: null,
    alwaysOwned: true,
    ...(ref.objectType === 'lead' && { open: true }),
    ...(ref.objectType === 'deal' && { open: record.status === 'open' }),
  };
};

/** `lead.title`, `organization.address.country`, `person.email`, `deal.<key of a custom field>`. */
const sourceText = (
  ref: RecordRef,
  found: Found,
  { objectType, property }: PropertySource,
): string | null => {
  if (objectType === 'person') return fieldOf(found.person, property);
  if (objectType === 'organization') return fieldOf(found.organization, property);
  return objectType === ref.objectType ? fieldOf(found.record, property) : null;
};

const CHANNELS: Readonly<Record<string, string>> = { email: 'emails', phone: 'phones' };

const fieldOf = (record: PipedriveRecord | null, path: string): string | null => {
  if (record === null) return null;
  const channel = CHANNELS[path];
  if (channel !== undefined) return primaryOf(record[channel]);
  const custom = record.custom_fields as Values | undefined;
  if (CUSTOM_KEY.test(path)) return asText(record[path] ?? custom?.[path]);
  return asText(
    path.split('.').reduce<unknown>((value, part) => (value as Values | null | undefined)?.[part], record),
  );
};

/** The address or number marked as the first. */
export const primaryOf = (channels: unknown): string | null => {
  if (!Array.isArray(channels)) return null;
  const some = channels as readonly { readonly value?: unknown; readonly primary?: unknown }[];
  return asText((some.find(({ primary }) => primary === true) ?? some[0])?.value);
};

/** Money and addresses are objects with the telling part in `amount` or `value`. */
const asText = (value: unknown): string | null => {
  if (value === null || value === undefined || value === '') return null;
  if (Array.isArray(value)) return value.length === 0 ? null : value.map(String).join(', ');
  if (typeof value !== 'object') return String(value);
  const { amount, value: inner } = value as Values;
  return asText(amount ?? inner);
};

const toPerson = (ref: RecordRef, found: Found, apiUrl: string): LeadPerson => {
  const { record, person, organization } = found;
  return {
    name: fieldOf(person, 'name') ?? fieldOf(record, 'title'),
    company: fieldOf(organization, 'name'),
    email: fieldOf(person, 'email'),
    phone: fieldOf(person, 'phone'),
    source: fieldOf(record, 'source_name') ?? fieldOf(record, 'origin'),
    message: null,
    url: urlOf(ref, apiUrl),
  };
};

/** Where people open a record. @unverified LEAD_PAGE The address of a lead's page. */
const urlOf = ({ objectType, recordId }: RecordRef, apiUrl: string): string =>
  objectType === 'lead' ? `${apiUrl}/leads/inbox/${recordId}` : `${apiUrl}/${objectType}/${recordId}`;
