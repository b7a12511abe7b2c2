import { Bar, BarChart, LabelList, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { signed, whole } from '../lib/figures.ts';

/** Somebody's leads before and after. */
export interface Change {
  readonly id: string;
  readonly name: string;
  readonly before: number;
  readonly after: number;
}

/** Bars that are drawn: the others stand in the table. */
const DRAWN = 12;
const ROW = 38;

/** Who gains and who loses: the largest changes as bars, everybody in a table. */
export function BeforeAfter({ changes, what }: { changes: readonly Change[]; what: string }) {
  const sorted = changes.toSorted((a, b) => b.after - b.before - (a.after - a.before));
  const drawn = changes
    .toSorted((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before))
    .slice(0, DRAWN);
  const shown = sorted.filter((one) => drawn.includes(one));
  if (changes.length === 0) return <p className="muted">Nobody had any of these leads.</p>;
  return (
    <>
      <p className="bar-key" aria-hidden="true">
        <i data-of="before" /> {what} <i data-of="after" /> this draft
      </p>
      <div className="chart" role="img" aria-label={inWords(sorted)}>
        <ResponsiveContainer width="100%" height={shown.length * ROW + 8}>
          <BarChart
            data={shown}
            layout="vertical"
            barGap={2}
            barCategoryGap={8}
            margin={{ top: 0, right: 56, bottom: 0, left: 0 }}
            accessibilityLayer={false}
          >
            <XAxis type="number" hide />
            <YAxis
              type="category"
              dataKey="name"
              width={150}
              axisLine={false}
              tickLine={false}
              interval={0}
              tick={{ fill: 'var(--ink)', fontSize: 13 }}
            />
            <Bar
              dataKey="before"
              fill="var(--slate)"
              fillOpacity={0.45}
              radius={3}
              isAnimationActive={false}
            />
            <Bar dataKey="after" fill="var(--sea)" radius={3} isAnimationActive={false}>
              <LabelList
                valueAccessor={({ payload }: { payload?: Change }) =>
                  payload ? signed(payload.after - payload.before) : ''
                }
                position="right"
                fill="var(--muted)"
                fontSize={12}
              />
            </Bar>
          </BarChart>
        </ResponsiveContainer>
      </div>
      <details className="figures-table" open={changes.length <= 6}>
        <summary>All {whole(changes.length)} in figures</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">Rep</th>
              <th scope="col">{what}</th>
              <th scope="col">this draft</th>
              <th scope="col">change</th>
            </tr>
          </thead>
          <tbody>
            {sorted.map(({ id, name, before, after }) => (
              <tr key={id}>
                <th scope="row">{name}</th>
                <td>{whole(before)}</td>
                <td>{whole(after)}</td>
                <td data-side={after < before ? 'less' : after > before ? 'more' : undefined}>
                  {signed(after - before)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  );
}

const inWords = (sorted: readonly Change[]): string => {
  const most = sorted[0]!;
  const least = sorted.at(-1)!;
  if (most.after === most.before && least.after === least.before) return 'Nobody gains or loses.';
  return `${most.name} gains most, ${signed(most.after - most.before)}; ${least.name} loses most, ${signed(least.after - least.before)}. Everybody’s figures are in the table below.`;
};
