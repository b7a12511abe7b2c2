import { AppError } from '../../base/app-error.ts';
import type { Policy } from '../../routing/policy/schema.ts';
import type { Checked } from './check-document.ts';
import type { DraftSimulation, PolicyFinding, PublishingRules } from './ports.ts';

/** Whoever may publish does, at once: where a tenant says nothing else. */
export const NO_RULES: PublishingRules = Object.freeze({
  approvals: 0,
  cleanCheck: false,
  simulation: false,
});

/** The policy, where nothing keeps it from going live. Throws AppError `invalid_policy` or `check_not_clean`. */
export const readyPolicy = ({ policy, findings }: Checked, rules: PublishingRules): Policy => {
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (policy === null || errors.length > 0) throw refusedFor('invalid_policy', errors);
  const warnings = findings.filter(({ severity }) => severity === 'warning');
  if (rules.cleanCheck && warnings.length > 0) throw refusedFor('check_not_clean', warnings);
  return policy;
};

const MESSAGES = {
  invalid_policy: 'The policy was not published. Correct what is named and send it again.',
  check_not_clean:
    'The policy was not published: here only one that the check has nothing to say against goes live. Correct what is named and send it again.',
} as const;

const refusedFor = (code: keyof typeof MESSAGES, findings: readonly PolicyFinding[]): AppError =>
  new AppError(code, MESSAGES[code], {
    status: 422,
    problems: findings.map(({ field, message }) => ({ field, message })),
  });

/** Throws AppError `simulation_needed` where a draft has to be tried on the past and this one was not. */
export const requireSimulation = (
  rules: PublishingRules,
  simulation: DraftSimulation | null,
  draft: boolean,
): void => {
  if (!rules.simulation || simulation !== null) return;
  throw new AppError(
    'simulation_needed',
    draft
      ? 'This draft has to be tried on the past before it goes live: open it and press “Try it on the past”, or POST /api/v1/policy/drafts/{id}/simulate.'
      : 'Here a policy is tried on the past before it goes live: save it as a draft, try that, and publish it.',
    { status: 409 },
  );
};

/** Throws AppError `approval_needed` where a second person has to agree and none has. */
export const requireApproval = (rules: PublishingRules, approvedBy: string | null, draft: boolean): void => {
  if (rules.approvals === 0 || approvedBy !== null) return;
  throw new AppError(
    'approval_needed',
    draft
      ? 'A second person has to approve this draft before it goes live: somebody who wrote none of it.'
      : 'Two people publish here: save the policy as a draft, and have it approved by somebody who wrote none of it.',
    { status: 409 },
  );
};
