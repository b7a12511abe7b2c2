import type { ComparisonView } from '../../../server/assignments/first-steps/first-steps.ts';
import { follow } from '../lib/route.ts';
import { ago, took } from '../lib/time.ts';
import { useNow } from '../lib/use-now.ts';

/** The latest leads, each with both choices; a lead opens with why. */
export function ComparedLeads({ leads }: { leads: ComparisonView['recent'] }) {
  const now = useNow();
  return (
    <section className="panel" aria-labelledby="compared-title">
      <div className="panel-head">
        <h2 id="compared-title">Lead by lead</h2>
      </div>
      <div className="compared-scroll">
        <table className="compared-leads">
          <thead>
            <tr>
              <th scope="col">Lead</th>
              <th scope="col">Today</th>
              <th scope="col">With Fairlead</th>
              <th scope="col">Came</th>
            </tr>
          </thead>
          <tbody>
            {leads.map((lead) => (
              <tr key={lead.decision}>
                <td>
                  <a href={`/decisions/${lead.decision}`} onClick={follow(`/decisions/${lead.decision}`)}>
                    <bdi>{lead.lead?.name ?? lead.lead?.company ?? 'Somebody'}</bdi>
                  </a>
                  {lead.lead?.name && lead.lead.company && (
                    <bdi className="compared-sub">{lead.lead.company}</bdi>
                  )}
                </td>
                <td>
                  {lead.theirs?.name ?? <span className="muted">nobody yet</span>}
                  {lead.theirs && lead.ownedAt && (
                    <span className="compared-sub">{takenAfter(lead.at, lead.ownedAt)}</span>
                  )}
                </td>
                <td data-same={lead.theirs !== null && lead.theirs.id === lead.ours?.id}>
                  {lead.ours?.name ?? <span className="muted">waits for somebody</span>}
                  <span className="compared-sub">{lead.pool?.name}</span>
                </td>
                <td className="muted">{ago(lead.at, now)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

const takenAfter = (at: string, ownedAt: string): string => {
  const ms = Date.parse(ownedAt) - Date.parse(at);
  return ms < 1000 ? 'at once' : `after ${took(ms)}`;
};
