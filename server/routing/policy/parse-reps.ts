import { z } from 'zod';
import { describeIssue, type PolicyProblem, problemAt, problemsOf, tooDeep } from './problems.ts';
import { repProblems } from './rep-problems.ts';
import { type Rep, repSchema } from './reps.ts';

export type ParsedReps =
  | { readonly ok: true; readonly reps: readonly Rep[] }
  | { readonly ok: false; readonly problems: readonly PolicyProblem[] };

const directory = z.array(repSchema);

/** Reads a directory of reps, a list as under a policy file's `reps`. */
export const parseReps = (document: unknown): ParsedReps => {
  const parsed = parseStoredReps(document);
  const problems = parsed.ok ? repProblems(parsed.reps) : [];
  return problems.length > 0 ? { ok: false, problems } : parsed;
};

/**
 * Reads a directory as it is stored. It was looked at as a whole when it was put there; since then somebody's manager may
 * have left, or an address have come to two: that keeps nobody else from taking leads.
 */
export const parseStoredReps = (document: unknown): ParsedReps => {
  if (tooDeep(document))
    return { ok: false, problems: [problemAt([], 'is nested too deeply; keep to 64 levels')] };
  const parsed = directory.safeParse(document, { error: describeIssue });
  return parsed.success
    ? { ok: true, reps: parsed.data }
    : { ok: false, problems: problemsOf(parsed.error.issues) };
};
