import type { MyLead, MyOffer } from '../api/use-my-home.ts';
import { webLink } from '../lib/links.ts';

/** Who a lead is, with the way to them in the CRM where it is known. */
export function LeadName({ lead: { person, crm } }: { lead: MyLead | MyOffer }) {
  const name = person?.name ?? person?.company ?? 'A lead';
  const page = webLink(person?.url);
  return (
    <div>
      {page === null ? (
        <strong dir="auto">{name}</strong>
      ) : (
        <a href={page} target="_blank" rel="noreferrer" dir="auto">
          {name}
        </a>
      )}
      <p className="muted">{[person?.name && person.company, crm].filter(Boolean).join(' · ')}</p>
    </div>
  );
}
