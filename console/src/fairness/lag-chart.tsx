import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceArea,
  ReferenceDot,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import type { PoolFairness, PoolLags } from '../../../server/assignments/pool-fairness.ts';
import { TICK, TOOLTIP } from '../lib/chart-style.ts';
import { inLeads, leadsText } from '../lib/figures.ts';
import { clock, day, moment } from '../lib/time.ts';

/** Members that are drawn: those who were furthest away. */
const DRAWN = 6;
/** Up to this long, in milliseconds, the axis tells times; longer, days. */
const TIMES_UP_TO = 172_800_000;
const TONES: readonly string[] = [
  'var(--sea)',
  'var(--brass)',
  'var(--plum)',
  'var(--slate)',
  'var(--coral)',
  'var(--ink)',
];
/** Lines differ by more than their colour. */
const DASHES = ['', '7 3', '2 3', '10 3 2 3', '4 2', '1 2'];

/** Everybody's lag over time, with the proven bound as a band or the worst observed as lines, and the worst moment. */
export const LagChart = ({ fairness, lags }: { fairness: PoolFairness; lags: PoolLags }) => {
  const furthest = fairness.members.toSorted((a, b) => b.worstLag - a.worstLag);
  const drawn = furthest.slice(0, DRAWN).map(({ rep }) => rep);
  const limit = inLeads(fairness.bound ?? fairness.worstLag);
  const worst = furthest[0];
  const points = lags.points.map(({ at, lags: each }) => ({
    at: Date.parse(at),
    ...Object.fromEntries(lags.reps.map(({ id }, i) => [id, inLeads(each[i] ?? 0)])),
  }));
  const [from, to] = [Date.parse(fairness.from ?? ''), Date.parse(fairness.to ?? '')];
  const edge = Math.max(limit * 1.15, 0.5);
  return (
    <figure className="lag-figure">
      <ul className="bar-key" aria-hidden="true">
        {drawn.map(({ id, name }, i) => (
          <li key={id}>
            <svg width="22" height="6" aria-hidden="true">
              <line
                x1="0"
                y1="3"
                x2="22"
                y2="3"
                stroke={TONES[i]}
                strokeWidth="2.5"
                strokeDasharray={DASHES[i]}
              />
            </svg>
            {name}
          </li>
        ))}
      </ul>
      <div className="chart" role="img" aria-label={inWords(fairness)}>
        <ResponsiveContainer width="100%" height={300}>
          <LineChart
            data={points}
            margin={{ top: 8, right: 16, bottom: 0, left: -16 }}
            accessibilityLayer={false}
          >
            <CartesianGrid stroke="var(--line)" vertical={false} />
            {fairness.bound !== null && (
              <ReferenceArea y1={-limit} y2={limit} fill="var(--sea)" fillOpacity={0.09} />
            )}
            {[-limit, limit].map((y) => (
              <ReferenceLine
                key={y}
                y={y}
                stroke={fairness.bound === null ? 'var(--brass)' : 'var(--sea)'}
                strokeDasharray={fairness.bound === null ? '6 4' : undefined}
              />
            ))}
            <ReferenceLine y={0} stroke="var(--muted)" />
            <XAxis
              dataKey="at"
              type="number"
              domain={[from, to]}
              tickFormatter={(at: number) => (to - from > TIMES_UP_TO ? day(at) : clock(at, to))}
              tick={TICK}
              stroke="var(--line)"
              minTickGap={48}
            />
            <YAxis
              domain={[-edge, edge]}
              tickFormatter={(value: number) => value.toFixed(1)}
              tick={TICK}
              stroke="var(--line)"
            />
            <Tooltip
              isAnimationActive={false}
              labelFormatter={(at) => moment(Number(at))}
              formatter={(value, name) => [Number(value).toFixed(2), name]}
              contentStyle={TOOLTIP}
            />
            {drawn.map(({ id, name }, i) => (
              <Line
                key={id}
                dataKey={id}
                name={name}
                type="stepAfter"
                stroke={TONES[i] ?? 'var(--ink)'}
                strokeWidth={1.8}
                strokeDasharray={DASHES[i] ?? ''}
                dot={false}
                isAnimationActive={false}
              />
            ))}
            {worst?.worstAt && (
              <ReferenceDot
                x={Date.parse(worst.worstAt)}
                y={sideOf(worst.rep.id, worst.worstAt, lags) * inLeads(worst.worstLag)}
                r={5}
                fill="var(--coral)"
                stroke="var(--card)"
                strokeWidth={2}
              />
            )}
          </LineChart>
        </ResponsiveContainer>
      </div>
      <figcaption className="muted">
        {worst?.worstAt && (
          <>
            <i className="worst-dot" aria-hidden="true" /> The furthest: {worst.rep.name},{' '}
            {leadsText(worst.worstLag)} of a lead, {moment(Date.parse(worst.worstAt))}.{' '}
          </>
        )}
        {fairness.members.length > DRAWN &&
          `Drawn are the ${DRAWN} who were furthest away; everybody stands in the table.`}
      </figcaption>
    </figure>
  );
};

/** Whether somebody was owed (1) or ahead (-1) at a moment: as the nearest point has them. */
const sideOf = (rep: string, at: string, { reps, points }: PoolLags): 1 | -1 => {
  const place = reps.findIndex(({ id }) => id === rep);
  const near = points.find((point) => point.at >= at) ?? points.at(-1);
  return (near?.lags[place] ?? 0) < 0 ? -1 : 1;
};

const inWords = ({ bound, worstLag, members }: PoolFairness): string =>
  `Lags of ${members.length} members over time. ${
    bound === null
      ? `No bound is proven; the worst seen is ${leadsText(worstLag)} of a lead.`
      : `All stay within the proven bound of ${leadsText(bound)} lead; the worst is ${leadsText(worstLag)}.`
  } The table below has every member’s figures.`;
