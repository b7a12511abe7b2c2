import { Button } from '@mantine/core';
import { useState } from 'react';
import type { PastSimulation } from '../../../server/assignments/publishing/publishing.ts';
import { TableScroll } from '../components/table-scroll.tsx';
import { whole } from '../lib/figures.ts';
import { moment } from '../lib/time.ts';
import { becauseText, placeText } from './place-text.ts';

/** Leads shown before somebody asks for more. */
const FIRST = 20;

/** The newest leads that would go elsewhere, each with why; each opens. */
export function MovedLeads({ said, other }: { said: PastSimulation; other: string }) {
  const [all, setAll] = useState(false);
  const moved = said.movedLeads ?? [];
  const shown = all ? moved : moved.slice(0, FIRST);
  return (
    <section aria-labelledby="moved-title">
      <h4 id="moved-title">Leads that would go elsewhere</h4>
      {moved.length === 0 && <p className="muted">None: every lead goes where the {other} sends it.</p>}
      {moved.length > 0 && (
        <TableScroll label="Each with both places and why">
          <table className="compared moved">
            <thead>
              <tr>
                <th scope="col">Lead</th>
                <th scope="col">{other}</th>
                <th scope="col">this draft</th>
                <th scope="col">why</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((lead) => (
                <tr key={lead.lead + lead.arrivedAt}>
                  <th scope="row">
                    <LeadLink lead={lead} person={said.people[lead.lead]} />
                  </th>
                  <td>{placeText(lead.before, said.names)}</td>
                  <td>{placeText(lead.after, said.names)}</td>
                  <td className="muted">{becauseText(lead, said.names)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableScroll>
      )}
      {!all && moved.length > FIRST && (
        <Button variant="default" size="compact-md" onClick={() => setAll(true)}>
          Show all {whole(moved.length)}
        </Button>
      )}
    </section>
  );
}

interface LeadLinkProps {
  readonly lead: NonNullable<PastSimulation['movedLeads']>[number];
  readonly person: PastSimulation['people'][string] | undefined;
}

const LeadLink = ({ lead, person }: LeadLinkProps) => {
  const name = person?.name ?? person?.company ?? 'Somebody without a name';
  const when = moment(lead.arrivedAt);
  return (
    <>
      {lead.decision === null ? (
        name
      ) : (
        // What the try said stays open beside it.
        <a href={`/decisions/${lead.decision}`} target="_blank" rel="noreferrer">
          {name}
          <span className="sr"> (opens beside)</span>
        </a>
      )}
      <small className="muted">
        {person?.name && person.company ? `${person.company}, ` : ''}
        {when}
      </small>
    </>
  );
};
