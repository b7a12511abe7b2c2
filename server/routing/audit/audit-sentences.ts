import { leadsText, percentText, wholeText } from '../words/figures.ts';
import type { Audit, OwnerAudit } from './audit.ts';
import type { AuditReport } from './audit-report.ts';

/** What an audit says, in sentences. */
export const auditSentences = (report: AuditReport): readonly string[] => [
  ...spread(report.owners),
  chanceText(report),
  ...streak(report.owners),
  ...missing(report),
  'An equal share is of the leads that came between an owner’s first and last; territories, part time and skills are not known here and may be good reasons for another.',
];

const spread = (owners: readonly OwnerAudit[]): readonly string[] => {
  const ratio = (one: OwnerAudit) => one.leads / one.owed;
  const sorted = owners.toSorted((a, b) => ratio(b) - ratio(a));
  const [most, least] = [sorted[0]!, sorted.at(-1)!];
  if (most === least) return [`${most.owner} had every lead.`];
  return [
    `${most.owner} had ${ratio(most).toFixed(2)} times an equal share, ${least.owner} ${ratio(least).toFixed(2)} times.`,
    `Turns would keep everybody within 1 lead of it; here somebody was ${Math.max(
      ...owners.map(({ worstLag }) => Math.abs(worstLag)),
    ).toFixed(1)} leads away.`,
  ];
};

const chanceText = ({ test, owners }: Audit): string => {
  if (owners.length < 2) return 'With one owner there is nothing to compare.';
  if (test === null) return 'There are too few leads for each owner to tell this from chance.';
  const { chance } = test;
  if (chance >= 0.05)
    return `Dealt at random with equal chances, a spread at least this uneven comes up ${percentText(chance)} of the time: it may well be chance.`;
  const odds =
    chance < 1e-9
      ? 'less than once in a billion times'
      : `about once in ${wholeText(Math.round(1 / chance))} times`;
  return `Dealt at random with equal chances, a spread this uneven comes up ${odds}: it is no chance.`;
};

const streak = (owners: readonly OwnerAudit[]): readonly string[] => {
  const longest = owners.reduce((a, b) => (b.longestStreak > a.longestStreak ? b : a));
  if (longest.longestStreak < 2) return [];
  return [`${longest.owner} once had ${wholeText(longest.longestStreak)} leads in a row.`];
};

const missing = ({ withoutOwner, withoutTime, datesOnly }: AuditReport): readonly string[] => [
  ...(datesOnly ? ['The file gives days only: leads of one day count in its order.'] : []),
  ...(withoutOwner > 0 ? [`Not counted, without an owner: ${leadsText(withoutOwner)}.`] : []),
  ...(withoutTime > 0 ? [`Not counted, without a time: ${leadsText(withoutTime)}.`] : []),
];
