import type { Finding } from './finding.ts';
import { SEVERITIES } from './finding.ts';
import { findCapacity } from './findings/capacity.ts';
import { findDeadRules } from './findings/dead-rules.ts';
import { findFailedTests } from './findings/failed-tests.ts';
import { findGaps, fullLead } from './findings/gaps.ts';
import { findImpossibleTests } from './findings/impossible-tests.ts';
import { findUnreachableMembers, poolMembersOf } from './findings/members.ts';
import { findOverlaps } from './findings/overlaps.ts';
import { poolHours } from './findings/pool-hours.ts';
import { findUnservable } from './findings/unservable.ts';
import { type CheckInput, makeSubject, type Subject } from './subject.ts';
import { NO_WITNESS } from './witness.ts';

export type { Finding } from './finding.ts';
export type { CheckInput } from './subject.ts';

/** Search steps that all questions about a policy may take together: a few seconds. */
const STEPS = 250_000;

/**
 * Proves what can be proven of a policy. Exact for the conditions that are taken apart; what is not, or takes too many
 * steps, is `undetermined` and never guessed. Pure: the same input gives the same findings, the gravest first.
 */
export const check = (input: CheckInput): readonly Finding[] => {
  const full = fullLead(input.compiled.policy);
  const hours = poolHours(input);
  const members = poolMembersOf(input);
  const asked = [
    full,
    ...hours.flatMap(({ whenClosed, daysOff }) => [
      whenClosed,
      ...daysOff.slice(0, 1).map(({ when }) => when),
    ]),
    ...members.flatMap(({ suits }) => suits ?? []),
  ];
  const subject = makeSubject(input, asked, { left: STEPS });
  const { reached, findings } = findDeadRules(subject);
  const all = [
    ...findFailedTests(input),
    ...findings,
    ...findCapacity(input),
    ...findUnservable(subject, hours),
    ...findUnreachableMembers(subject, members),
    ...findImpossibleTests(subject),
    ...findGaps(subject, full),
    ...findOverlaps(subject, reached),
    ...cutShort(subject),
  ];
  return all.sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
};

/** Where the steps did not suffice, what was not looked at is said. */
const cutShort = ({ budget }: Subject): readonly Finding[] =>
  budget.left > 0
    ? []
    : [
        {
          severity: 'info',
          code: 'undetermined',
          rules: [],
          message:
            'There are too many rules to look at all of them together: some overlaps, gaps and members were not.',
          ...NO_WITNESS,
        },
      ];
