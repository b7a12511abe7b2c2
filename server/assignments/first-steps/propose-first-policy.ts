import { AppError } from '../../base/app-error.ts';
import { CRMS, type Crm } from '../../routing/policy/scalars.ts';
import { policyWords } from '../../routing/words/policy-words.ts';
import type { Json } from '../../routing/words/value-words.ts';
import type { RepRow, Reps } from '../directory-ports.ts';
import type { ConnectionInfo } from '../ports.ts';
import type { DraftView, PolicyInWords, Publishing } from '../publishing/publishing.ts';
import type { FoundPeople } from './found-people.ts';
import type { ReadWorkspace } from './ports.ts';
import { proposePolicy } from './propose-policy.ts';

export interface ProposeParts {
  readonly connections: (tenantId: string) => Promise<readonly ConnectionInfo[]>;
  readonly reps: Pick<Reps, 'list'>;
  readonly found: (tenantId: string) => Promise<FoundPeople>;
  readonly workspace: ReadWorkspace;
  readonly publishing: Pick<Publishing, 'save'>;
  /** YAML as a document. */
  readonly parse: (text: string) => unknown;
}

export interface ProposeFirstPolicy {
  readonly tenantId: string;
  readonly by: string;
  /** Ids of the teams that get a pool; null: those with two members and more, but not with everybody. */
  readonly teams: readonly string[] | null;
}

/** A first policy as a draft, in words, with what in it was guessed. */
export interface FirstPolicy {
  readonly draft: DraftView;
  readonly words: PolicyInWords;
  readonly guesses: readonly string[];
}

/** Writes a first policy from the directory and keeps it as a draft. Throws AppError `no_reps` where there is nobody. */
export const proposeFirstPolicy =
  (parts: ProposeParts) =>
  async ({ tenantId, by, teams: wanted }: ProposeFirstPolicy): Promise<FirstPolicy> => {
    const found = await parts.found(tenantId);
    // Whoever no CRM has any more cannot own a lead.
    const gone = new Set(found.gone.map(({ id }) => id));
    const reps = (await parts.reps.list(tenantId)).filter(({ id }) => !gone.has(id));
    if (reps.length === 0)
      throw new AppError(
        'no_reps',
        'Say first who takes leads: a policy without reps gives them to nobody.',
        {
          status: 409,
        },
      );
    const names = new Map(found.teams.map(({ id, name }) => [id, name]));
    const teams = teamsOf(reps)
      .filter(({ id, members }) =>
        wanted === null ? members > 1 && members < reps.length : wanted.includes(id),
      )
      .map((team) => ({ ...team, name: names.get(team.id) ?? team.id }));
    const { text, guesses } = proposePolicy({
      tenant: (await parts.workspace(tenantId)).name,
      crms: crmsOf(await parts.connections(tenantId)),
      timezone: commonest(reps.flatMap(({ document }) => textOf(document, 'timezone'))),
      reps: reps.map(({ id }) => id),
      teams,
    });
    const note = 'First policy, proposed from the people found';
    const draft = await parts.publishing.save({ tenantId, by, id: null, text, note });
    return { draft, words: policyWords(parts.parse(text) as Json, namesOf(reps)), guesses };
  };

const crmsOf = (connections: readonly ConnectionInfo[]): readonly Crm[] =>
  CRMS.filter((crm) => connections.some(({ vendor, status }) => vendor === crm && status !== 'disconnected'));

const namesOf = (reps: readonly RepRow[]): ((rep: string) => string) => {
  const names = new Map(reps.map(({ id, document }) => [id, textOf(document, 'name')[0] ?? id]));
  return (rep) => names.get(rep) ?? rep;
};

const textOf = (document: unknown, key: string): readonly string[] => {
  const value = (document as Readonly<Record<string, unknown>>)[key];
  return typeof value === 'string' ? [value] : [];
};

/** Teams as the directory has them, most members first. */
const teamsOf = (reps: readonly RepRow[]): readonly { readonly id: string; readonly members: number }[] => {
  const members = new Map<string, number>();
  for (const { document } of reps) {
    const { teams } = document as { readonly teams?: readonly string[] };
    for (const team of teams ?? []) members.set(team, (members.get(team) ?? 0) + 1);
  }
  return [...members]
    .map(([id, count]) => ({ id, members: count }))
    .sort((a, b) => b.members - a.members || (a.id < b.id ? -1 : 1));
};

const commonest = (texts: readonly string[]): string | null =>
  [...Map.groupBy(texts, (text) => text)].sort(
    ([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1),
  )[0]?.[0] ?? null;
