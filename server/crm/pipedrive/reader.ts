import type { RecordSnapshot } from '../../assignments/types.ts';
import type { Clock } from '../../base/clock.ts';
import type { BatchReader, Wanted } from '../gather-reads.ts';
import { goneSnapshot } from '../gone-snapshot.ts';
import type { Addresses } from './addresses.ts';
import { type CallPipedrive, type Company, VENDOR } from './client.ts';
import { readConverted } from './converted.ts';
import { OBJECT_TYPES, type ObjectType } from './facts.ts';
import type { Organizations } from './organizations.ts';
import { withParties } from './parties.ts';
import { type ReadWays, readMany } from './read-many.ts';
import { type Found, toSnapshot } from './to-snapshot.ts';

/** Leads are read one by one: larger batches would not cost less. */
const BATCH_LIMIT = 50;

interface ReaderParts {
  readonly call: CallPipedrive;
  readonly addresses: Addresses;
  readonly organizations: Organizations;
  readonly clock: Clock;
}

/**
 * Reads records with the person and the organisation they are about: a lead of Pipedrive has no e-mail address, country
 * or employees of its own. Two to four tokens a lead.
 */
export const createPipedriveReader = ({
  call,
  addresses,
  organizations,
  clock,
}: ReaderParts): BatchReader => ({
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
});

const isObjectType = (name: string | undefined): name is ObjectType =>
  OBJECT_TYPES.some((one) => one === name);

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
  return withParties(company, objectType, records, { organizations, ways });
};
