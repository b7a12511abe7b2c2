import type { ComparisonView, PoolShares } from '../../../server/assignments/first-steps/first-steps.ts';

/** Members drawn of one pool, at most; those furthest from their share come first. */
const MOST = 12;

/** Pool by pool, how far each member is from the share they were owed: today, and with Fairlead. */
export function PoolsByShare({ pools }: { pools: ComparisonView['pools'] }) {
  const used = pools.filter(({ leads }) => leads > 0);
  if (used.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="shares-title">
      <div className="panel-head">
        <h2 id="shares-title">Each pool against the shares it owes</h2>
        <p className="bar-key">
          <i data-side="theirs" /> today <i data-side="ours" /> with Fairlead
        </p>
      </div>
      <p className="pad muted">
        Both are measured on the same leads: those that Fairlead gives to the pool. Each is owed to the
        members who could have had it when it came, by their weights; rules, hours and time off count.
      </p>
      <div className="pool-shares-list">
        {used.map(({ pool, leads, logOnly, shares }) => (
          <article key={pool.id} className="pool-shares">
            <h3>
              {pool.name} <span className="muted">{countOf(shares?.leads ?? leads)}</span>
            </h3>
            {shares === null ? (
              <p className="muted">{logOnly ? TRIED_OUT : NOT_MEASURED}</p>
            ) : (
              <>
                <p>{shares.said}</p>
                <Shares shares={shares} name={pool.name} />
              </>
            )}
          </article>
        ))}
      </div>
    </section>
  );
}

const TRIED_OUT =
  'For the log only by the policy: its turns do not move while it is tried out, so its shares are not measured.';
const NOT_MEASURED =
  'Nothing to measure yet: nobody has these leads so far, or they are offered to several at once.';

const countOf = (leads: number): string => (leads === 1 ? '1 lead' : `${leads.toLocaleString()} leads`);

function Shares({ shares: { members }, name }: { shares: PoolShares; name: string }) {
  const off = members.flatMap(({ owed, theirs, ours }) => [Math.abs(theirs - owed), Math.abs(ours - owed)]);
  const scale = Math.max(1, ...off);
  return (
    <table className="shares">
      <caption className="sr">{name}: leads too many or too few</caption>
      <thead>
        <tr>
          <th scope="col">Rep</th>
          <th scope="col" className="shares-scale">
            <span>too few</span>
            <span>their share</span>
            <span>too many</span>
          </th>
          <th scope="col">Owed</th>
          <th scope="col">Today</th>
          <th scope="col">Fairlead</th>
        </tr>
      </thead>
      <tbody>
        {members.slice(0, MOST).map(({ rep, owed, theirs, ours }) => (
          <tr key={rep.id}>
            <th scope="row">{rep.name}</th>
            <td>
              <Track theirs={(theirs - owed) / scale} ours={(ours - owed) / scale} />
            </td>
            <td>{owed.toFixed(1)}</td>
            <td>{theirs.toLocaleString()}</td>
            <td>{ours.toLocaleString()}</td>
          </tr>
        ))}
      </tbody>
      {members.length > MOST && (
        <tfoot>
          <tr>
            <td colSpan={5} className="muted">
              and {members.length - MOST} more, nearer to their share
            </td>
          </tr>
        </tfoot>
      )}
    </table>
  );
}

/** Two dots either side of the share that is owed, from -1 to 1. The numbers beside it say the same. */
const Track = ({ theirs, ours }: { theirs: number; ours: number }) => (
  <span className="share-track" aria-hidden="true">
    <i className="share-dot" data-side="theirs" style={{ insetInlineStart: placeOf(theirs) }} />
    <i className="share-dot" data-side="ours" style={{ insetInlineStart: placeOf(ours) }} />
  </span>
);

const placeOf = (part: number): string => `${50 + 48 * part}%`;
