import { type ConnectionEntry, useDisconnect } from '../api/use-installs.ts';
import { VENDORS } from '../lib/vendors.ts';
import { Question } from './question.tsx';

const STOPS = {
  slack: [
    'No card, reminder or notice is sent to its people, and the buttons on cards that are there do nothing.',
    'Offers that were not delivered go to others, and leads are given directly, with a task in the CRM.',
  ],
  crm: [
    'Nothing is read from it or written to it, and leads that come in there are not routed.',
    'Its open leads end: an offer nobody has answered is withdrawn and its turn given back; whoever has a lead keeps it, as the CRM says.',
    'Writes that were not sent stand among the refused ones.',
  ],
} as const;

/** Says what stops before an account is disconnected. */
export function DisconnectDialog({ account, close }: { account: ConnectionEntry; close: () => void }) {
  const disconnect = useDisconnect();
  const vendor = VENDORS[account.vendor] ?? account.vendor;
  return (
    <Question
      title={`Disconnect ${account.name}?`}
      deed="Disconnect"
      close={close}
      act={() => disconnect.mutate(account.id, { onSuccess: close })}
      pending={disconnect.isPending}
      error={disconnect.error}
    >
      <ul className="stops">
        {STOPS[account.vendor === 'slack' ? 'slack' : 'crm'].map((stops) => (
          <li key={stops}>{stops}</li>
        ))}
        <li>
          {vendor} is told that Fairlead’s permission ends, and its tokens are deleted here. Policies, reps,
          decisions and ledgers stay.
        </li>
        <li>
          Connected again, it goes on: leads nobody had are decided anew, and what was not written is written.
        </li>
      </ul>
    </Question>
  );
}
