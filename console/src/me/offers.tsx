import { Button, Group, Menu } from '@mantine/core';
import type { MyHome, MyOffer, useMyDeed } from '../api/use-my-home.ts';
import { countdown } from '../lib/time.ts';
import { useNow } from '../lib/use-now.ts';
import { LeadName } from './lead-name.tsx';

type Deed = ReturnType<typeof useMyDeed>;

const REASONS: Readonly<Record<string, string>> = {
  not_my_area: 'Not my area',
  too_busy: 'Too busy right now',
  conflict: 'Conflict of interest',
  bad_lead: 'Not a real lead',
  other: 'Something else',
};

/** What is offered to a rep, with both answers. */
export const Offers = ({ home, deed }: { home: MyHome; deed: Deed }) => (
  <section className="panel" aria-labelledby="my-offers">
    <div className="panel-head">
      <h2 id="my-offers">Offered to you</h2>
    </div>
    {home.offers.total === 0 && <p className="muted pad">Nothing waits for your answer.</p>}
    <ul>
      {home.offers.shown.map((offer) => (
        <Offer key={offer.assignmentId} offer={offer} rep={home.rep.id} deed={deed} />
      ))}
    </ul>
  </section>
);

const timeLeft = (expiresAt: string | null, now: number): string => {
  if (expiresAt === null) return 'your time starts once the offer has reached you';
  const left = countdown(expiresAt, now);
  return left === null ? 'time has run out' : `${left} left`;
};

function Offer({ offer, rep, deed }: { offer: MyOffer; rep: string; deed: Deed }) {
  const now = useNow();
  const { assignmentId: assignment, expiresAt, offerees, pool } = offer;
  const told = [pool?.name, offerees > 1 && `${offerees} of you: the first has it`, timeLeft(expiresAt, now)];
  return (
    <li className="my-row">
      <LeadName lead={offer} />
      <span className="muted">{told.filter(Boolean).join(' · ')}</span>
      <Group gap="xs">
        <Button
          size="compact-md"
          loading={
            deed.isPending && deed.variables.do === 'claim' && deed.variables.assignment === assignment
          }
          disabled={deed.isPending}
          onClick={() => deed.mutate({ do: 'claim', assignment, rep })}
        >
          Claim
        </Button>
        <Menu position="bottom-end" withArrow>
          <Menu.Target>
            <Button size="compact-md" variant="default" disabled={deed.isPending}>
              Decline…
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {Object.entries(REASONS).map(([reason, text]) => (
              <Menu.Item key={reason} onClick={() => deed.mutate({ do: 'decline', assignment, rep, reason })}>
                {text}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </Group>
    </li>
  );
}
