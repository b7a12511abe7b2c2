import { Area, AreaChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { Overview } from '../../../server/assignments/queries.ts';
import { TOOLTIP } from '../lib/chart-style.ts';
import { clock } from '../lib/time.ts';

const summary = (perMinute: Overview['perMinute']): string =>
  `${perMinute.reduce((sum, { decided }) => sum + decided, 0)} decisions in the last hour, at most ${Math.max(0, ...perMinute.map(({ decided }) => decided))} in a minute`;

/** Decisions per minute over the last hour. */
export const MinuteChart = ({ perMinute }: { perMinute: Overview['perMinute'] }) => (
  <div className="chart" role="img" aria-label={summary(perMinute)}>
    <ResponsiveContainer width="100%" height={72}>
      <AreaChart
        data={[...perMinute]}
        margin={{ top: 4, right: 0, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
        <defs>
          <linearGradient id="minute-fill" x1="0" y1="0" x2="0" y2="1">
            <stop offset="0" stopColor="var(--sea)" stopOpacity={0.35} />
            <stop offset="1" stopColor="var(--sea)" stopOpacity={0.02} />
          </linearGradient>
        </defs>
        <XAxis dataKey="at" hide />
        <YAxis hide domain={[0, (max: number) => Math.max(4, max)]} />
        <Tooltip
          isAnimationActive={false}
          labelFormatter={(at) => clock(String(at), Date.now())}
          formatter={(value) => [`${value} decided`, '']}
          separator=""
          contentStyle={TOOLTIP}
        />
        <Area
          dataKey="decided"
          type="monotone"
          stroke="var(--sea)"
          strokeWidth={2}
          fill="url(#minute-fill)"
          isAnimationActive={false}
        />
      </AreaChart>
    </ResponsiveContainer>
  </div>
);
