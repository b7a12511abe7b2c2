import type { Finding } from './finding.ts';
import { SEVERITIES } from './finding.ts';
import { findDeadRules } from './findings/dead-rules.ts';
import { findGaps, fullLead } from './findings/gaps.ts';
import { findOverlaps } from './findings/overlaps.ts';
import { type CheckInput, makeSubject } from './subject.ts';

export type { Finding } from './finding.ts';
export type { CheckInput } from './subject.ts';

/** Search steps that all questions about a policy may take together: some seconds. */
const STEPS = 2_000_000;

/**
 * Proves what can be proven of a policy. Exact for the conditions that are taken apart; what is not, or takes too many
 * steps, is `undetermined` and never guessed. Pure: the same input gives the same findings.
 */
export const check = (input: CheckInput): readonly Finding[] => {
  const full = fullLead(input.compiled.policy);
  const subject = makeSubject(input, [full], { left: STEPS });
  const { reached, findings } = findDeadRules(subject);
  const all = [...findings, ...findGaps(subject, full), ...findOverlaps(subject, reached)];
  return all.sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
};
