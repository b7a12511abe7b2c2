import type { ArrivalHours } from '../routing/audit/arrival-hours.ts';
import type { Audit, OwnerAudit } from '../routing/audit/audit.ts';
import { durationInWords } from '../routing/policy/duration.ts';
import { bar } from './bar.ts';
import { leadsText, percentText, wholeText } from './figures.ts';
import { textTable } from './text-table.ts';

const BAR = 20;

/** An audit with what could not be counted. */
export interface AuditReport extends Audit {
  /** null: the file gives days only. */
  readonly hours: ArrivalHours | null;
  readonly withoutOwner: number;
  readonly withoutTime: number;
  readonly datesOnly: boolean;
  readonly timezone: string;
}

/** How evenly the past shared its leads, for people. Lines. */
export const auditText = (report: AuditReport): readonly string[] => [
  title(report),
  '',
  ...textTable(ownersTable(report)),
  '',
  ...sentences(report),
  ...(report.hours === null ? [] : hoursText(report.hours, report)),
];

const title = ({ leads, owners, from, to, timezone }: AuditReport): string => {
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: timezone });
  return `${leadsText(leads)} of ${owners.length} owners, ${day.format(from)} to ${day.format(to)}`;
};

const ownersTable = ({ owners }: AuditReport): readonly (readonly string[])[] => {
  const most = Math.max(...owners.map(({ leads }) => leads));
  return [
    [
      'Owner',
      ' '.repeat(BAR),
      'leads',
      'share',
      'equal share',
      'ahead or behind',
      'furthest',
      'in a row',
      'longest without',
    ],
    ...owners.map((one) => [
      one.owner,
      bar(one.leads, most, BAR),
      wholeText(one.leads),
      percentText(one.share),
      percentText(one.idealShare),
      signed(one.leads - one.owed),
      signed(-one.worstLag),
      wholeText(one.longestStreak),
      one.longestGap === 0 ? '–' : durationInWords(one.longestGap),
    ]),
  ];
};

/** Leads more (+) or fewer (-) than an equal share. */
const signed = (leads: number): string => {
  const rounded = Math.round(leads * 10) / 10 + 0;
  return `${rounded > 0 ? '+' : ''}${rounded.toFixed(1)}`;
};

const sentences = (report: AuditReport): readonly string[] => [
  ...spread(report.owners),
  chanceText(report),
  ...streak(report.owners),
  ...missing(report),
  'An equal share is of the leads that came between an owner’s first and last; territories, part time and skills are',
  'not known here and may be good reasons for another.',
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

const hoursText = (
  { byHour, onWeekends, toAbsent }: ArrivalHours,
  { leads, timezone }: AuditReport,
): readonly string[] => {
  const most = Math.max(...byHour);
  return [
    '',
    ...textTable([
      [`Arrivals, ${timezone}`, ' '.repeat(BAR), 'leads'],
      ...byHour.map((count, hour) => [
        `${String(hour).padStart(2, '0')}:00`,
        bar(count, most, BAR),
        wholeText(count),
      ]),
    ]),
    '',
    `${percentText(onWeekends / leads)} arrived on weekends.`,
    ...(toAbsent === null || toAbsent.of === 0
      ? []
      : [`${percentText(toAbsent.leads / toAbsent.of)} went to somebody who was not at work then.`]),
  ];
};
