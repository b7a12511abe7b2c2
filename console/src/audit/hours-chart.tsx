import { Bar, BarChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { LeadsAudit } from '../../../server/assignments/audit-leads.ts';
import { TICK, TOOLTIP } from '../lib/chart-style.ts';
import { percent, whole } from '../lib/figures.ts';

interface HoursProps {
  readonly hours: NonNullable<LeadsAudit['hours']>;
  readonly leads: number;
  readonly timezone: string;
}

/** When leads come, by hour of the day. */
export const HoursChart = ({ hours, leads, timezone }: HoursProps) => {
  const points = hours.byHour.map((count, hour) => ({ hour: `${String(hour).padStart(2, '0')}:00`, count }));
  return (
    <section aria-labelledby="hours-title">
      <h3 id="hours-title">When leads come</h3>
      <p className="muted">
        By the clock of {timezone}; {percent(hours.onWeekends / leads)} came on weekends.
      </p>
      <div className="chart" role="img" aria-label={inWords(points)}>
        <ResponsiveContainer width="100%" height={160}>
          <BarChart
            data={points}
            margin={{ top: 4, right: 0, bottom: 0, left: -20 }}
            accessibilityLayer={false}
          >
            <XAxis dataKey="hour" tick={TICK} stroke="var(--line)" />
            <YAxis tick={TICK} stroke="var(--line)" allowDecimals={false} />
            <Tooltip
              cursor={{ fill: 'var(--raised)' }}
              isAnimationActive={false}
              formatter={(value) => [`${value} leads`, '']}
              separator=""
              contentStyle={TOOLTIP}
            />
            <Bar dataKey="count" fill="var(--sea)" radius={[3, 3, 0, 0]} isAnimationActive={false} />
          </BarChart>
        </ResponsiveContainer>
      </div>
    </section>
  );
};

const inWords = (points: readonly { readonly hour: string; readonly count: number }[]): string => {
  const most = points.reduce((a, b) => (b.count > a.count ? b : a));
  return `Most leads come in the hour from ${most.hour}: ${whole(most.count)}. By hour: ${points
    .filter(({ count }) => count > 0)
    .map(({ hour, count }) => `${hour} ${whole(count)}`)
    .join(', ')}.`;
};
