import { type Path, type PolicyProblem, problemAt } from './problems.ts';
import type { Rep } from './reps.ts';
import { nearest } from './strict-object.ts';

/** What is wrong among reps: ids or e-mails given twice, a manager nobody answers to. */
export const repProblems = (reps: readonly Rep[], path: Path = []): readonly PolicyProblem[] => {
  const names = new Set(reps.flatMap(({ id, email }) => (email === null ? [id] : [id, email])));
  const seen = new Set<string>();
  const problems: PolicyProblem[] = [];
  const once = (value: string | null, at: Path, what: string): void => {
    if (value !== null && seen.has(`${what} ${value}`))
      problems.push(problemAt(at, `${value} is given twice; each rep has an ${what} of their own`));
    seen.add(`${what} ${value}`);
  };
  reps.forEach((rep, i) => {
    once(rep.id, [...path, i, 'id'], 'id');
    once(rep.email, [...path, i, 'email'], 'e-mail');
    if (rep.manager === null || names.has(rep.manager) || names.has(rep.manager.toLowerCase())) return;
    const near = nearest(rep.manager, [...names]);
    const remedy = near === null ? 'write the id or e-mail of a rep' : `did you mean ${near}?`;
    problems.push(problemAt([...path, i, 'manager'], `${rep.manager} is no rep; ${remedy}`));
  });
  return problems;
};
