import type { RecordSnapshot } from '../../assignments/types.ts';
import type { Clock } from '../../base/clock.ts';
import type { BatchReader, Wanted } from '../gather-reads.ts';
import { goneSnapshot } from '../gone-snapshot.ts';
import type { Addresses } from './addresses.ts';
import { type CallPipedrive, type Company, VENDOR } from './client.ts';
import { readConverted } from './converted.ts';
import { OBJECT_TYPES, type ObjectType } from './facts.ts';
import { createOrganizations, type Organizations } from './organizations.ts';
import { type ReadWays, readMany } from './read-many.ts';
import type { PipedriveRecord } from './shapes.ts';
import { type Found, toSnapshot } from './to-snapshot.ts';

/** Leads are read one by one: larger batches would not cost less. */
const BATCH_LIMIT = 50;

interface ReaderParts {
  readonly call: CallPipedrive;
  readonly addresses: Addresses;
  readonly clock: Clock;
}

/**
 * Reads records with the person and the organisation they are about: a lead of Pipedrive has no e-mail address, country
 * or employees of its own. Two to four tokens a lead.
 */
export const createPipedriveReader = ({ call, addresses, clock }: ReaderParts): BatchReader => {
  const organizations = createOrganizations(clock);
  return {
    vendor: 'pipedrive',
    name: VENDOR,
    batchLimit: BATCH_LIMIT,
    read: async (connection, wanted) => {
      const ways: ReadWays = { call, purpose: 'read' };
      const found = await findAll(connection, wanted, organizations, ways);
      const lost = wanted.some(({ ref }) => ref.objectType === 'lead' && !found.has(ref.recordId));
      const converted = lost
        ? await readConverted(call, connection, { now: clock.now(), purpose: 'read' })
        : null;
      const url = addresses.api(connection);
      return wanted.map(({ ref, sources }): RecordSnapshot => {
        if (converted?.has(ref.recordId)) return goneSnapshot(ref, 'converted');
        return toSnapshot(ref, found.get(ref.recordId) ?? null, sources, url);
      });
    },
  };
};

const isObjectType = (name: string | undefined): name is ObjectType =>
  OBJECT_TYPES.some((one) => one === name);

const idsOf = (records: Iterable<PipedriveRecord>, names: readonly string[]): readonly string[] => [
  ...new Set(
    [...records].flatMap((record) => {
      const id = names.map((name) => record[name]).find((value) => typeof value === 'number');
      return id === undefined ? [] : [String(id)];
    }),
  ),
];

const findAll = async (
  company: Company,
  wanted: readonly Wanted[],
  organizations: Organizations,
  ways: ReadWays,
): Promise<ReadonlyMap<string, Found>> => {
  const objectType = wanted[0]?.ref.objectType;
  if (!isObjectType(objectType)) return new Map();
  const records = await readMany(
    company,
    objectType,
    wanted.map(({ ref }) => ref.recordId),
    ways,
  );
  const persons =
    objectType === 'person'
      ? records
      : await readMany(company, 'person', idsOf(records.values(), ['person_id']), ways);
  const parties = [...records.values(), ...persons.values()];
  const companies = await organizations.read(company, idsOf(parties, ORGANIZATION), ways);
  return new Map(
    [...records].map(([id, record]) => {
      const person = objectType === 'person' ? record : (persons.get(String(record.person_id)) ?? null);
      const [org] = [...idsOf([record], ORGANIZATION), ...(person ? idsOf([person], ORGANIZATION) : [])];
      return [id, { record, person, organization: companies.get(org ?? '') ?? null }];
    }),
  );
};

/** How leads, deals and persons name their organisation. */
const ORGANIZATION = ['organization_id', 'org_id'] as const;
