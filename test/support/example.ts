import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse as parseCsv } from 'csv-parse/sync';
import { parse } from 'yaml';

/** A policy file as written, as far as tests look: read without Fairlead's own reader. */
interface WrittenPolicy {
  readonly timezone: string;
  readonly hours?: WrittenHours;
  readonly pools: readonly {
    readonly id: string;
    readonly members: readonly { readonly rep?: string; readonly team?: string; readonly weight?: number }[];
  }[];
  readonly reps: readonly WrittenRep[];
}

export interface WrittenRep {
  readonly id: string;
  readonly email?: string;
  readonly timezone?: string;
  readonly hours?: WrittenHours;
  readonly holidays?: string | readonly string[];
  readonly timeOff?: readonly { readonly from: string; readonly to: string }[];
  readonly capacity?: Readonly<Record<string, number>>;
  readonly skills?: { readonly language: readonly string[] };
  readonly teams?: readonly string[];
}

type WrittenHours = Readonly<Record<string, string | readonly string[]>>;

/** Path of an example's file. */
export const exampleFile = (example: string, name: string): string =>
  fileURLToPath(new URL(`../../examples/${example}/${name}`, import.meta.url));

export const exampleText = (example: string, name: string): string =>
  readFileSync(exampleFile(example, name), 'utf8');

export const examplePolicy = (example: string): WrittenPolicy =>
  parse(exampleText(example, 'policy.yaml')) as WrittenPolicy;

export const exampleLeads = (example: string): readonly Readonly<Record<string, string>>[] =>
  parseCsv(exampleText(example, 'leads.csv'), { columns: true });

/** Who is in a pool, with their weights, by id. */
export const membersOf = ({ pools, reps }: WrittenPolicy, pool: string): ReadonlyMap<string, number> => {
  const members = pools.find(({ id }) => id === pool)!.members;
  return new Map(
    members.flatMap(({ rep, team, weight = 1 }) =>
      reps
        .filter(({ id, email, teams = [] }) =>
          rep === undefined ? teams.includes(team!) : rep === id || rep === email,
        )
        .map(({ id }) => [id, weight] as const),
    ),
  );
};
