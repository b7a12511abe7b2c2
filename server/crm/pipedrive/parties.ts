import type { Company } from './client.ts';
import type { ObjectType } from './facts.ts';
import type { Organizations } from './organizations.ts';
import { type ReadWays, readMany } from './read-many.ts';
import type { PipedriveRecord } from './shapes.ts';
import type { Found } from './to-snapshot.ts';

export interface PartyWays {
  readonly organizations: Organizations;
  readonly ways: ReadWays;
}

/** Records of one kind, by id, with whom and what each is about. Throws AppError. */
export const withParties = async (
  company: Company,
  objectType: ObjectType,
  records: ReadonlyMap<string, PipedriveRecord>,
  { organizations, ways }: PartyWays,
): Promise<ReadonlyMap<string, Found>> => {
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

const idsOf = (records: Iterable<PipedriveRecord>, names: readonly string[]): readonly string[] => [
  ...new Set(
    [...records].flatMap((record) => {
      const id = names.map((name) => record[name]).find((value) => typeof value === 'number');
      return id === undefined ? [] : [String(id)];
    }),
  ),
];
