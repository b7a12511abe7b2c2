import { bindCondition } from '../conditions/bind-condition.ts';
import type { ConditionDocument } from '../conditions/condition-document.ts';
import type { Report } from '../conditions/report.ts';
import type { Scope } from '../conditions/scope.ts';
import type { AccountList, AccountListDocument } from './accounts.ts';
import { bindScopes } from './bind-scopes.ts';
import { bindScore } from './bind-score.ts';
import { bindTerritories } from './bind-territories.ts';
import type { Fields } from './fields.ts';
import { JUNK_WITHIN } from './junk.ts';
import { describeIssue, type Path, type PolicyProblem, problemAt, problemsOf, tooDeep } from './problems.ts';
import { checkReferences } from './references.ts';
import { resolveReps } from './resolve-reps.ts';
import { type Policy, type PolicyDocument, policyDocument } from './schema.ts';
import { bindSla } from './slas.ts';
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
  const scopes = bindScopes(document, report);
  const bind = (condition: ConditionDocument, path: Path, scope: Scope = scopes.all) =>
    bindCondition(condition, scope, path, report);
  const bindOptional = (condition: ConditionDocument | undefined, path: Path, scope?: Scope) =>
    condition === undefined ? null : bind(condition, path, scope);
  const { territories, events, score, tiers, hold } = document;
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
    ...(document.accounts && { accounts: document.accounts.map((list) => withCompany(list, fields)) }),
    ...(document.duplicates && { duplicates: document.duplicates }),
    ...(document.junk && {
      junk: {
        when: bindOptional(document.junk.when, ['junk', 'when']),
        within: document.junk.within ?? JUNK_WITHIN,
      },
    }),
    openWork: bindOptional(document.openWork, ['openWork'], scopes.fields),
    ...(territories && { territories: bindTerritories(territories, fields, report) }),
    ...(events && { events }),
    ...(score && { score: bindScore(score, scopes.score, report) }),
    ...(tiers && {
      tiers: tiers.map((tier, i) => ({ ...tier, when: bind(tier.when, ['tiers', i, 'when'], scopes.tiers) })),
    }),
    ...(hold && {
      hold: {
        until: bind(hold.until, ['hold', 'until']),
        atMost: hold.atMost,
        ...(hold.meanwhile && { meanwhile: hold.meanwhile }),
      },
    }),
    queues: document.queues ?? [],
    pools: document.pools ?? [],
    ...(document.slas && {
      slas: document.slas.map((sla, i) => bindSla(sla, ['slas', i], bind)),
    }),
    rules: (document.rules ?? []).map((rule, i) => ({
      id: rule.id,
      name: rule.name ?? rule.id,
      when: bind(rule.when, ['rules', i, 'when']),
      steps: rule.then,
      ...(rule.sla && { slas: rule.sla }),
      ...(rule.log && { logOnly: true as const }),
    })),
    fallback: document.fallback ?? [],
    reps: document.reps ?? null,
    ...(document.tests && { tests: bindTests(document.tests, document, report) }),
  };
};

/** The field `company` holds a lead's company, unless the list names another. */
const withCompany = (list: AccountListDocument, fields: Fields): AccountList => ({
  id: list.id,
  name: list.name ?? list.id,
  company: list.company ?? (fields.company?.type === 'text' ? 'company' : null),
  entries: list.entries,
});
