import type { Crm } from '../../routing/policy/scalars.ts';
import { FIRST_FIELDS, HUBSPOT_LEAD_STAGES } from './first-fields.ts';
import { freeId } from './slug.ts';
import { countriesOfTeam } from './team-countries.ts';

export interface ProposalOf {
  readonly tenant: string;
  readonly crms: readonly Crm[];
  /** Where most reps are; null: not known. */
  readonly timezone: string | null;
  /** Everybody's rep id. */
  readonly reps: readonly string[];
  /** Teams that get a pool of their own. */
  readonly teams: readonly { readonly id: string; readonly name: string; readonly members: number }[];
}

export interface Proposal {
  /** YAML, for people: what is a guess is said to be one. */
  readonly text: string;
  /** What was guessed, one sentence a rule. */
  readonly guesses: readonly string[];
}

/**
 * A first policy: new leads only, one fair pool of everybody and one for each team, and a rule for each team whose name
 * plainly says where its leads are. Every other lead goes to everybody.
 */
export const proposePolicy = (of: ProposalOf): Proposal => {
  const pools = poolIds(of.teams);
  const guesses = guessRules(of, pools);
  const lines = [
    '# Proposed by Fairlead from the people your CRM told of. Everything in it is yours to change.',
    'fairlead: 1',
    `name: ${quoted(`${of.tenant}: first policy`)}`,
    ...(of.timezone === null ? [] : [`timezone: ${of.timezone}`]),
    '# For reps whose CRM tells no hours; each in their own time zone.',
    'hours: {mon-fri: "09:00-17:00"}',
    'fields:',
    ...fieldLines(of.crms),
    '# Leads that came within a day. One that somebody owns keeps its owner; in log-only mode it is compared with it.',
    `intake: {when: ${intakeOf(of.crms)}, owned: compare, again: never}`,
    'pools:',
    ...of.teams.map(
      ({ id, name }) =>
        `  - {id: ${quoted(pools.get(id)!)}, name: ${quoted(name)}, method: round_robin, members: [{team: ${quoted(id)}}]}`,
    ),
    '  # Whoever is next, at work or not: no lead is left with nobody, and at night one early riser does not get them all.',
    `  - {id: ${EVERYBODY}, name: Everybody, method: round_robin, availability: ignore,`,
    `     members: [${of.reps.map((rep) => `{rep: ${quoted(rep)}}`).join(', ')}]}`,
    ...ruleLines(guesses),
    `fallback: [{pool: ${EVERYBODY}}]`,
  ];
  return { text: `${lines.join('\n')}\n`, guesses: guesses.map(({ sentence }) => sentence) };
};

const EVERYBODY = 'everybody';

/** JSON is YAML: nothing in a name can be taken for anything else. */
const quoted = (text: string): string => JSON.stringify(text);

const poolIds = (teams: ProposalOf['teams']): ReadonlyMap<string, string> => {
  const taken = new Set([EVERYBODY]);
  return new Map(
    teams.map(({ id }) => {
      const pool = freeId(id, taken);
      taken.add(pool);
      return [id, pool];
    }),
  );
};

const fieldLines = (crms: readonly Crm[]): readonly string[] =>
  FIRST_FIELDS.flatMap(({ name, type, sources }) => {
    const known = crms.flatMap((crm) => (sources[crm] === undefined ? [] : [`${crm}: ${sources[crm]}`]));
    return known.length === 0 ? [] : [`  ${name}: {type: ${type}, ${known.join(', ')}}`];
  });

const intakeOf = (crms: readonly Crm[]): string => {
  const recent = '{field: created, op: in_last, value: P1D}';
  if (!crms.includes('hubspot')) return recent;
  const isLead = `{field: stage, op: in, value: [${HUBSPOT_LEAD_STAGES.join(', ')}]}`;
  // Elsewhere a lead has no stage of this kind.
  const staged = crms.length === 1 ? isLead : `{any: [${isLead}, {field: stage, op: is_empty}]}`;
  return `{all: [${recent}, ${staged}]}`;
};

interface Guess {
  readonly pool: string;
  readonly team: string;
  readonly countries: readonly string[];
  readonly sentence: string;
}

/** A country that two teams' names speak of equally is nobody's: those teams get no rule. The narrowest goes first. */
const guessRules = ({ teams }: ProposalOf, pools: ReadonlyMap<string, string>): readonly Guess[] => {
  const spoken = teams.flatMap(({ id, name }) => {
    const countries = countriesOfTeam(name);
    return countries === null ? [] : [{ id, name, countries }];
  });
  const same = (a: readonly string[], b: readonly string[]) => [...a].sort().join() === [...b].sort().join();
  return spoken
    .filter((one) => !spoken.some((other) => other !== one && same(one.countries, other.countries)))
    .sort((a, b) => a.countries.length - b.countries.length || (a.id < b.id ? -1 : 1))
    .map(({ id, name, countries }) => ({
      pool: pools.get(id)!,
      team: name,
      countries,
      sentence: `Leads from ${countries.join(', ')} go to ${name}: guessed from the team’s name.`,
    }));
};

const ruleLines = (guesses: readonly Guess[]): readonly string[] =>
  guesses.length === 0
    ? [
        '# No team’s name says which leads are its own: every lead goes to everybody, and the pools are ready for rules.',
      ]
    : [
        'rules:',
        ...guesses.flatMap(({ pool, team, countries, sentence }) => [
          `  # A guess. ${sentence.replace(/\s+/g, ' ')} Correct it or delete it.`,
          `  - id: ${quoted(`${pool}-by-name`)}`,
          `    name: ${quoted(`${team} (a guess from the name)`)}`,
          `    when: {field: country, op: in, value: [${countries.map(quoted).join(', ')}]}`,
          `    then: [{pool: ${quoted(pool)}}]`,
        ]),
      ];
