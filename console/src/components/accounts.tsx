import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ConnectionEntry, InstallWay } from '../api/use-installs.ts';
import { useMay } from '../api/use-me.ts';
import { connectAt } from '../lib/install-told.ts';
import { DisconnectDialog } from './disconnect-dialog.tsx';

const STATUS: Readonly<Record<ConnectionEntry['status'], string>> = {
  active: 'Connected',
  needs_reconnecting: 'Needs reconnecting',
  uninstalled: 'Removed there',
  disconnected: 'Disconnected',
};

interface AccountsProps {
  readonly accounts: readonly ConnectionEntry[];
  /** null: its vendor's app is not set up here. */
  readonly way: InstallWay | null;
}

/** The accounts of one vendor, each with what it lacks and what can be done with it. */
export const Accounts = ({ accounts, way }: AccountsProps) => (
  <ul className="accounts">
    {accounts.map((account) => (
      <Account key={account.id} account={account} way={way} />
    ))}
  </ul>
);

function Account({ account, way }: { account: ConnectionEntry; way: InstallWay | null }) {
  const [asking, setAsking] = useState(false);
  const may = useMay('administer');
  const { name, externalId, status, missing } = account;
  return (
    <li className="account">
      <div className="account-line">
        <i className="dot" data-ok={status === 'active'} aria-hidden="true" />
        <strong>{name}</strong> <span className="muted">{externalId}</span>
        <span>{STATUS[status]}</span>
        <span className="account-actions">
          {may && way && status !== 'active' && (
            <Button size="compact-sm" onClick={() => again(account, way)}>
              Connect again
            </Button>
          )}
          {may && status !== 'disconnected' && (
            <Button
              size="compact-sm"
              variant="default"
              aria-label={`Disconnect ${name}`}
              onClick={() => setAsking(true)}
            >
              Disconnect
            </Button>
          )}
        </span>
      </div>
      <Says account={account} />
      {missing.length > 0 && <Missing account={account} way={may ? way : null} />}
      {asking && <DisconnectDialog account={account} close={() => setAsking(false)} />}
    </li>
  );
}

/** What an account that is not connected means, and what is still to be done at its vendor. */
function Says({ account: { status, left } }: { account: ConnectionEntry }) {
  if (status === 'active') return null;
  if (status === 'needs_reconnecting')
    return <p className="account-says">Its tokens are no longer accepted. Leads and writes wait for it.</p>;
  if (status === 'uninstalled')
    return (
      <p className="account-says">
        Fairlead was removed there. What was queued for it goes on once it is connected again.
      </p>
    );
  return (
    <>
      {left.map(({ step, trying, byHand }) => (
        <p key={step} className="account-says">
          {trying && 'Its vendor did not answer; it is asked again for a day. Sooner, by hand: '}
          {byHand}
        </p>
      ))}
    </>
  );
}

function Missing({ account, way }: { account: ConnectionEntry; way: InstallWay | null }) {
  const reasons = [...new Set(account.missing.map(({ without }) => without))];
  return (
    <div className="account-says">
      Something Fairlead asks for is not granted, or not in the account’s plan. For want of it:
      <ul>
        {reasons.map((without) => (
          <li key={without}>
            {without}{' '}
            <span className="muted">
              {account.missing
                .filter((one) => one.without === without)
                .map(({ scope }) => scope)
                .join(', ')}
            </span>
          </li>
        ))}
      </ul>
      {way && (
        <Button size="compact-sm" variant="default" onClick={() => again(account, way)}>
          Grant at {way.name}…
        </Button>
      )}
    </div>
  );
}

/** Back to the vendor's page, with what was said there the first time. */
const again = ({ vendor, settings }: ConnectionEntry, { asks }: InstallWay): void =>
  connectAt(
    vendor,
    Object.fromEntries(
      asks.flatMap(({ name }) => {
        const said = settings[name];
        return typeof said === 'string' ? [[name, said] as const] : [];
      }),
    ),
  );
