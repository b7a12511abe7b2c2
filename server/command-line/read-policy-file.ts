import { type CompiledPolicy, compilePolicy } from '../routing/decide/compile-policy.ts';
import { parsePolicy } from '../routing/policy/parse-policy.ts';
import { parseReps } from '../routing/policy/parse-reps.ts';
import { policyHash } from '../routing/policy/policy-hash.ts';
import type { Path, PolicyProblem } from '../routing/policy/problems.ts';
import { resolveReps } from '../routing/policy/resolve-reps.ts';
import type { Rep } from '../routing/policy/schema.ts';
import { BadInput, badInput, type InputProblem } from './bad-input.ts';
import { asWritten, lineOf } from './line-of.ts';
import { readYaml, type YamlFile } from './read-yaml.ts';

/** A policy file ready to decide with, and the reps it lists. */
export interface PolicyFile {
  readonly compiled: CompiledPolicy;
  readonly reps: readonly Rep[];
  /** The line of the file (from 1) at which a part of the document stands. */
  readonly lineOf: (path: readonly (string | number)[]) => number;
}

/** A file has no versions; a published policy counts them from 1. */
const VERSION = 1;

/**
 * Reads a policy file (YAML or JSON) with its reps, or with others in their place. Throws BadInput with every mistake
 * and its line.
 */
export const readPolicyFile = async (file: string, others?: readonly Rep[]): Promise<PolicyFile> => {
  const yaml = await readYaml(file);
  const parsed = parsePolicy(yaml.value);
  if (!parsed.ok) throw refused(file, yaml, parsed.problems);
  const reps = others ?? parsed.policy.reps ?? [];
  const { policy, problems } = resolveReps(parsed.policy, reps);
  if (problems.length > 0) throw refused(file, yaml, problems);
  return {
    compiled: compilePolicy({ version: VERSION, hash: policyHash(policy), policy }),
    reps,
    lineOf: (path) => lineOf(yaml, path),
  };
};

/** Reads a file of reps: a list as under a policy's `reps`, or a document that has them there. Throws BadInput. */
export const readRepsFile = async (file: string): Promise<readonly Rep[]> => {
  const yaml = await readYaml(file);
  const { value } = yaml;
  const within = typeof value === 'object' && value !== null && 'reps' in value;
  if (!within && !Array.isArray(value))
    throw badInput(file, null, 'has no reps; write a list of them, or name a policy with reps');
  const parsed = parseReps(within ? value.reps : value);
  if (parsed.ok) return parsed.reps;
  const inFile = (path: Path): Path => (within ? ['reps', ...path] : path);
  throw refused(
    file,
    yaml,
    parsed.problems.map((problem) => ({ ...problem, path: inFile(problem.path) })),
  );
};

const refused = (file: string, yaml: YamlFile, problems: readonly PolicyProblem[]): BadInput =>
  new BadInput(
    problems
      .map((problem) => toInputProblem(file, yaml, problem))
      .sort((a, b) => (a.line ?? 0) - (b.line ?? 0)),
  );

/** A number that was to be text is shown as it was written, so that the remedy keeps its zeros. */
const toInputProblem = (file: string, yaml: YamlFile, { path, message }: PolicyProblem): InputProblem => {
  const written = asWritten(yaml, path);
  const said = written === null ? message : message.replaceAll(String(Number(written)), () => written);
  const named = message.startsWith(`${path.at(-1)} `);
  const place = placeText(named ? path.slice(0, -1) : path);
  return { file, line: lineOf(yaml, path), reason: place === '' ? said : `${place}: ${said}` };
};

/** `rules[2].when.value`, counted from 0 as in JSON. */
const placeText = (path: PolicyProblem['path']): string =>
  path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? part : `${text}.${part}`;
  }, '');
