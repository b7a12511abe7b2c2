import type { z } from 'zod';
import type { FieldProblem } from '../base/app-error.ts';
import { pointerPart } from '../base/plain-data.ts';

/** zod's issues as field problems; `root` is put before the path (`/query`). One problem per unknown key. */
export const toFieldProblems = (error: z.ZodError, root = ''): readonly FieldProblem[] =>
  error.issues.flatMap((issue) => describe(issue, root));

const describe = (issue: z.core.$ZodIssue, root: string): FieldProblem[] => {
  const at = `${root}${issue.path.map((part) => `/${pointerPart(part)}`).join('')}`;
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      field: `${at}/${pointerPart(key)}`,
      message: 'is not known here: remove it',
    }));
  if (issue.code === 'invalid_union') {
    const nested = issue.errors.flat();
    const deepest = nested.toSorted((a, b) => b.path.length - a.path.length)[0];
    if (deepest) return describe({ ...deepest, path: [...issue.path, ...deepest.path] }, root);
  }
  if (issue.code === 'invalid_type' && issue.input === undefined && /received undefined/.test(issue.message))
    return [{ field: at || '/', message: `is missing: give ${article(issue.expected)}` }];
  return [{ field: at || '/', message: lowerFirst(issue.message) }];
};

const article = (noun: string): string => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
