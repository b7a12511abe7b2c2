import { bindCondition, type Report } from '../conditions/bind-condition.ts';
import type { ConditionDocument } from '../conditions/condition-document.ts';
import { describeIssue, type Path, type PolicyProblem, problemAt, problemsOf, tooDeep } from './problems.ts';
import { checkReferences } from './references.ts';
import { resolveReps } from './resolve-reps.ts';
import { type Policy, type PolicyDocument, policyDocument } from './schema.ts';
import { bindTests } from './tests.ts';

export type ParsedPolicy =
  | { readonly ok: true; readonly policy: Policy }
  | { readonly ok: false; readonly problems: readonly PolicyProblem[] };

/**
 * Reads a policy document (parsed YAML or JSON). All mistakes of a kind are reported at once: first shapes and
 * words, then references and values. A file's own `reps` resolve its rep references; otherwise the directory must
 * (`resolveReps`).
 */
export const parsePolicy = (document: unknown): ParsedPolicy => {
  if (tooDeep(document)) return refused([problemAt([], 'is nested too deeply; keep to 64 levels')]);
  const parsed = policyDocument.safeParse(document, { error: describeIssue });
  if (!parsed.success) return refused(problemsOf(parsed.error.issues));
  const problems: PolicyProblem[] = [];
  const report: Report = (path, message) => problems.push(problemAt(path, message));
  checkReferences(parsed.data, report);
  const policy = bindPolicy(parsed.data, report);
  if (policy.reps === null) return problems.length > 0 ? refused(problems) : { ok: true, policy };
  const resolved = resolveReps(policy, policy.reps);
  problems.push(...resolved.problems);
  return problems.length > 0 ? refused(problems) : { ok: true, policy: resolved.policy };
};

const refused = (problems: readonly PolicyProblem[]): ParsedPolicy => ({ ok: false, problems });

const bindPolicy = (document: PolicyDocument, report: Report): Policy => {
  const fields = document.fields ?? {};
  const bind = (condition: ConditionDocument, path: Path) => bindCondition(condition, fields, path, report);
  const bindOptional = (condition: ConditionDocument | undefined, path: Path) =>
    condition === undefined ? null : bind(condition, path);
  return {
    fairlead: 1,
    name: document.name,
    timezone: document.timezone ?? 'UTC',
    hours: document.hours ?? null,
    fields,
    intake: {
      when: bindOptional(document.intake?.when, ['intake', 'when']),
      owned: document.intake?.owned ?? 'keep',
      again: 'never',
    },
    crmOfRecord: document.crmOfRecord ?? null,
    ...(document.entry && { entry: document.entry }),
    openWork: bindOptional(document.openWork, ['openWork']),
    queues: document.queues ?? [],
    pools: document.pools ?? [],
    rules: (document.rules ?? []).map((rule, i) => ({
      id: rule.id,
      name: rule.name ?? rule.id,
      when: bind(rule.when, ['rules', i, 'when']),
      steps: rule.then,
    })),
    fallback: document.fallback ?? [],
    reps: document.reps ?? null,
    ...(document.tests && { tests: bindTests(document.tests, document, report) }),
  };
};
