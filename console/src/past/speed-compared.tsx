import type { PastSimulation } from '../../../server/assignments/publishing/publishing.ts';
import { TableScroll } from '../components/table-scroll.tsx';
import { percent, whole } from '../lib/figures.ts';

type Result = PastSimulation['policy'];

/** How soon somebody at work has the leads, and who waits or stays without a rep, before and after. */
export const SpeedCompared = ({ said, other }: { said: PastSimulation; other: string }) => {
  const columns = [said.against, said.policy].filter((one) => one !== null);
  const row = (name: string, figure: (result: Result) => string) => (
    <tr>
      <th scope="row">{name}</th>
      {columns.map((result) => (
        <td key={result === said.policy ? 'draft' : 'other'}>{figure(result)}</td>
      ))}
    </tr>
  );
  return (
    <section aria-labelledby="speed-title">
      <h4 id="speed-title">Speed, waiting and leads without a rep</h4>
      <p className="muted">
        Until somebody at work has the lead, counting the policy’s hours only. The minutes are those of the
        SLAs, and 5 and 60.
      </p>
      <TableScroll label="How soon, and who waits">
        <table className="compared">
          <thead>
            <tr>
              <td />
              {said.against !== null && <th scope="col">{other}</th>}
              <th scope="col">this draft</th>
            </tr>
          </thead>
          <tbody>
            {said.policy.speed.within.map(({ minutes }, i) => (
              <tr key={minutes}>
                <th scope="row">Within {whole(minutes)} minutes</th>
                {columns.map((result) => (
                  <td key={result === said.policy ? 'draft' : 'other'}>
                    <ShareBar share={result.speed.within[i]?.share ?? 0} />
                  </td>
                ))}
              </tr>
            ))}
            {row('Half of them within', ({ speed }) => span(speed.working.median))}
            {row('Nine of ten within', ({ speed }) => span(speed.working.p90))}
            {row('Had to wait', ({ waited }) => whole(waited.leads))}
            {row('Still waiting a week after the last lead', ({ unowned }) => whole(unowned.waiting))}
            {row('In queues', ({ unowned }) =>
              whole(unowned.queues.reduce((sum, { leads }) => sum + leads, 0)),
            )}
            {row('Not routed', ({ unowned }) => whole(unowned.notRouted))}
          </tbody>
        </table>
      </TableScroll>
    </section>
  );
};

const ShareBar = ({ share }: { share: number }) => (
  <span className="share-bar">
    <i style={{ width: `${100 * share}%` }} aria-hidden="true" />
    <span>{percent(share)}</span>
  </span>
);

const MINUTE = 60_000;

/** Milliseconds for people, to the minute; long ones in hours or days. */
const span = (milliseconds: number | null): string => {
  if (milliseconds === null) return '–';
  const minutes = Math.round(milliseconds / MINUTE);
  if (minutes === 0) return 'at once';
  if (minutes < 120) return `${minutes} min`;
  return minutes < 2_880 ? `${(minutes / 60).toFixed(1)} h` : `${(minutes / 1_440).toFixed(1)} days`;
};
