import type { LeadsAudit } from '../../../server/assignments/audit-leads.ts';
import { LagBar } from '../components/lag-bar.tsx';
import { TableScroll } from '../components/table-scroll.tsx';
import { percent, signed, whole } from '../lib/figures.ts';
import { moment } from '../lib/time.ts';
import { HoursChart } from './hours-chart.tsx';

/** What a file says of how its leads were shared. */
export const AuditResult = ({ audit }: { audit: LeadsAudit }) => (
  <section className="try-result" aria-label="What the file says">
    <p className="lead-text">
      {whole(audit.leads)} leads of {audit.owners.length} owners, {moment(audit.from)} to {moment(audit.to)}.
    </p>
    <ul className="says">
      {audit.says.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
    <Owners audit={audit} />
    {audit.hours && <HoursChart hours={audit.hours} leads={audit.leads} timezone={audit.timezone} />}
  </section>
);

const Owners = ({ audit }: { audit: LeadsAudit }) => {
  const most = Math.max(...audit.owners.map(({ leads, owed }) => Math.max(leads, owed)));
  const scale = Math.max(1, audit.worstLag);
  return (
    <TableScroll label="Owners’ leads">
      <p className="bar-key" aria-hidden="true">
        <i data-of="after" /> leads <i data-of="mark" /> an equal share
      </p>
      <table className="compared" aria-label="Owners">
        <thead>
          <tr>
            <th scope="col">Owner</th>
            <th scope="col">Leads beside an equal share</th>
            <th scope="col">Leads</th>
            <th scope="col">Equal share</th>
            <th scope="col">Ahead or behind</th>
            <th scope="col">Furthest ever</th>
            <th scope="col">In a row</th>
            <th scope="col">Longest without</th>
          </tr>
        </thead>
        <tbody>
          {audit.owners.map((one) => (
            <tr key={one.owner}>
              <th scope="row">{one.owner}</th>
              <td>
                <span
                  className="owner-bar"
                  role="img"
                  aria-label={`${whole(one.leads)} leads, an equal share is ${one.owed.toFixed(1)}`}
                >
                  <i style={{ width: `${(100 * one.leads) / most}%` }} />
                  <b style={{ left: `${(100 * one.owed) / most}%` }} />
                </span>
              </td>
              <td>
                {whole(one.leads)} <small className="muted">{percent(one.share)}</small>
              </td>
              <td>{one.owed.toFixed(1)}</td>
              <td>
                <span className="lag-cell">
                  <LagBar lag={one.owed - one.leads} scale={scale} />
                  {signed(one.leads - one.owed, 1)}
                </span>
              </td>
              <td>{signed(-one.worstLag, 1)}</td>
              <td>{whole(one.longestStreak)}</td>
              <td>{gap(one.longestGap)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
};

const HOUR = 3_600_000;
const gap = (milliseconds: number): string => {
  const hours = milliseconds / HOUR;
  if (hours === 0) return '–';
  return hours < 48 ? `${hours.toFixed(1)} h` : `${(hours / 24).toFixed(1)} days`;
};
