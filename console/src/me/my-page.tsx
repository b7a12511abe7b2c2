import { Skeleton } from '@mantine/core';
import { type MyHome, type MyLead, useMyDeed, useMyHome } from '../api/use-my-home.ts';
import { Ago } from '../components/ago.tsx';
import { Failure } from '../components/failure.tsx';
import { useNow } from '../lib/use-now.ts';
import { Availability } from './availability.tsx';
import { LeadName } from './lead-name.tsx';
import { Offers } from './offers.tsx';

/** A rep's own page: what waits for them, what is theirs, and their time. */
export function MyPage() {
  const { data: home, error } = useMyHome();
  const deed = useMyDeed();
  if (!home) return <div id="me">{error ? <Failure error={error} /> : <Skeleton height={420} />}</div>;
  return (
    <div className="my-page" id="me">
      <Failure error={deed.error} />
      {home.logOnly && <p className="told">Leads are only looked at now: nothing is offered to anybody.</p>}
      <Offers home={home} deed={deed} />
      <Leads home={home} />
      <Availability home={home} deed={deed} />
      <Standing home={home} />
    </div>
  );
}

const WRITTEN: Readonly<Record<MyLead['written'], string>> = {
  none: '',
  pending: 'being written to the CRM',
  done: '',
  refused: 'the CRM refused it: an admin is told',
};

function Leads({ home }: { home: MyHome }) {
  const now = useNow(30_000);
  const { shown, total } = home.leads;
  return (
    <section className="panel" aria-labelledby="my-leads">
      <div className="panel-head">
        <h2 id="my-leads">Your leads</h2>
        <span className="muted">{total > shown.length ? `the newest of ${total}` : total || ''}</span>
      </div>
      {total === 0 && <p className="muted pad">None is open.</p>}
      <ul>
        {shown.map((lead) => (
          <li key={lead.assignmentId} className="my-row">
            <LeadName lead={lead} />
            <span className="muted">
              {WRITTEN[lead.written]} <Ago iso={lead.since} now={now} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const standing = (lag: number): string => {
  const leads = Math.abs(lag).toFixed(2);
  if (lag >= 0.005) return `owed ${leads} of a lead`;
  return lag <= -0.005 ? `ahead by ${leads} of a lead` : 'even';
};

const Standing = ({ home }: { home: MyHome }) => (
  <section className="panel" aria-labelledby="my-pools">
    <div className="panel-head">
      <h2 id="my-pools">Your turns</h2>
    </div>
    {home.pools.length === 0 && <p className="muted pad">You are in no pool.</p>}
    <ul>
      {home.pools.map(({ id, name, lag, received }) => (
        <li key={id} className="my-row">
          <strong>{name}</strong>
          <span className="muted">
            {received} received · {standing(lag)}
          </span>
        </li>
      ))}
    </ul>
  </section>
);
