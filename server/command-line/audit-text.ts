import type { ArrivalHours } from '../routing/audit/arrival-hours.ts';
import type { AuditReport } from '../routing/audit/audit-report.ts';
import { auditSentences } from '../routing/audit/audit-sentences.ts';
import { durationInWords } from '../routing/policy/duration.ts';
import { leadsText, percentText, wholeText } from '../routing/words/figures.ts';
import { bar } from './bar.ts';
import { textTable } from './text-table.ts';

const BAR = 20;

/** How evenly the past shared its leads, for people. Lines. */
export const auditText = (report: AuditReport): readonly string[] => [
  title(report),
  '',
  ...textTable(ownersTable(report)),
  '',
  ...auditSentences(report),
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
