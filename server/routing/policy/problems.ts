import type { z } from 'zod';
import { shown } from './refusal.ts';

export type Path = readonly (string | number)[];

/** Something wrong in a policy or a directory: where, and a message that says the remedy. */
export interface PolicyProblem {
  /** JSON pointer, such as `/rules/0/when/value`. */
  readonly field: string;
  readonly path: Path;
  readonly message: string;
}

export const problemAt = (path: Path, message: string): PolicyProblem => ({
  field: path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
  path,
  message,
});

type Issue = z.core.$ZodIssue;

/**
 * One problem per mistake; a key that is not known stands at its own path, and what follows from its absence is not
 * told besides.
 */
export const problemsOf = (issues: readonly Issue[]): readonly PolicyProblem[] => {
  const strange = new Set(
    issues.flatMap(({ code, path }) => (code === 'unrecognized_keys' ? [path.join('/')] : [])),
  );
  return issues.flatMap((issue) => {
    const path = issue.path as Path;
    if (issue.code === 'unrecognized_keys') {
      const messages = issue.message.split('\n');
      return issue.keys.map((key, i) => problemAt([...path, key], messages[i] ?? issue.message));
    }
    if (issue.code === 'invalid_key')
      return [problemAt(path, `${shown(path.at(-1))} ${issue.issues[0]?.message}`)];
    if (issue.code === 'invalid_union') return problemsOfUnion(issue, path);
    if (issue.code === 'custom' && strange.has(issue.path.join('/'))) return [];
    return [problemAt(path, issue.message)];
  });
};

/** Of the ways a value may be written, the one it comes nearest to tells what is wrong. */
const problemsOfUnion = (issue: Issue & { code: 'invalid_union' }, path: Path): readonly PolicyProblem[] => {
  const deeper = issue.errors.filter((branch) =>
    branch.every((one) => one.path.length > 0 || one.code === 'unrecognized_keys' || one.code === 'custom'),
  );
  const nearest = deeper[0];
  if (nearest === undefined) return [problemAt(path, issue.message)];
  return problemsOf(nearest.map((one) => ({ ...one, path: [...issue.path, ...one.path] })));
};

const NAMES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object of keys and values',
  record: 'an object of keys and values',
};

const kindOf = (value: unknown): string => {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return `the text ${shown(value)}`;
  return typeof value === 'object' ? 'an object' : `the ${typeof value} ${shown(value)}`;
};

/** Words for the mistakes that a schema has no words of its own for. */
export const describeIssue: z.core.$ZodErrorMap = (issue) => {
  if (issue.code !== 'invalid_type') return undefined;
  const wanted = NAMES[issue.expected] ?? issue.expected;
  if (issue.input === undefined) return `is missing; write ${wanted}`;
  const quotes =
    issue.expected === 'string' && typeof issue.input !== 'object'
      ? `; put it in quotes: "${issue.input}"`
      : '';
  return `must be ${wanted}, but is ${kindOf(issue.input)}${quotes}`;
};

const DEEPEST = 64;

/** Whether a document is nested beyond what anybody writes: such a one is refused before it is looked at. */
export const tooDeep = (document: unknown, depth = 0): boolean => {
  if (typeof document !== 'object' || document === null) return false;
  return depth >= DEEPEST || Object.values(document).some((part) => tooDeep(part, depth + 1));
};
