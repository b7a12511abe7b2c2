import type { MyLead, MyOffer } from '../api/use-my-home.ts';

/** Who a lead is, with the way to them in the CRM where it is known. */
export function LeadName({ lead: { person, crm } }: { lead: MyLead | MyOffer }) {
  const name = person?.name ?? person?.company ?? 'A lead';
  return (
    <div>
      {person?.url ? (
        <a href={person.url} target="_blank" rel="noreferrer">
          {name}
        </a>
      ) : (
        <strong>{name}</strong>
      )}
      <p className="muted">{[person?.name && person.company, crm].filter(Boolean).join(' · ')}</p>
    </div>
  );
}
