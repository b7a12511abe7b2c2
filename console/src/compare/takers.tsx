import type { ComparisonView } from '../../../server/assignments/first-steps/first-steps.ts';

/** How many leads each was given, and would have been. */
export function Takers({ takers }: { takers: ComparisonView['takers'] }) {
  const most = Math.max(1, ...takers.map(({ theirs, ours }) => Math.max(theirs, ours)));
  return (
    <section className="panel" aria-labelledby="takers-title">
      <div className="panel-head">
        <h2 id="takers-title">Who gets how many</h2>
        <p className="bar-key">
          <i data-side="theirs" /> today <i data-side="ours" /> with Fairlead
        </p>
      </div>
      <table className="takers">
        <thead className="sr">
          <tr>
            <th scope="col">Rep</th>
            <th scope="col">Leads</th>
          </tr>
        </thead>
        <tbody>
          {takers.map(({ id, name, isRep, theirs, ours }) => (
            <tr key={id}>
              <th scope="row">
                {name}
                {!isRep && <span className="muted"> no rep here</span>}
              </th>
              <td>
                <Bar side="theirs" count={theirs} most={most} />
                <Bar side="ours" count={ours} most={most} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface BarProps {
  readonly side: 'theirs' | 'ours';
  readonly count: number;
  readonly most: number;
}

const Bar = ({ side, count, most }: BarProps) => (
  <span className="taker-bar" data-side={side}>
    <i style={{ inlineSize: `${(100 * count) / most}%` }} aria-hidden="true" />
    <span>
      {count.toLocaleString()}
      <span className="sr">{side === 'theirs' ? ' today' : ' with Fairlead'}</span>
    </span>
  </span>
);
