import { Skeleton } from '@mantine/core';
import type { StepConnection } from '../../../server/assignments/first-steps/first-steps.ts';
import { type InstallWay, useInstalls } from '../api/use-installs.ts';
import { Failure } from '../components/failure.tsx';
import { InstallForm } from '../components/install-form.tsx';
import { NoVendorApp } from '../components/no-vendor-app.tsx';
import { returnToStart } from '../lib/install-return.ts';
import { ConnectionRow } from './connection-row.tsx';

interface ConnectProps {
  readonly connected: readonly StepConnection[];
  /** Which of the vendors. */
  readonly offers: (way: InstallWay) => boolean;
  /** Whether vendors are offered beside what is connected. */
  readonly more: boolean;
  /** Whether it is the thing to do now. */
  readonly first: boolean;
}

/** What is connected, with a test, and the vendors that can be. */
export function ConnectStep({ connected, offers, more, first }: ConnectProps) {
  const installs = useInstalls(true);
  if (installs.error) return <Failure error={installs.error} />;
  if (!installs.data) return <Skeleton height={90} />;
  const ways = installs.data.ways.filter(offers);
  const open = ways.filter(({ vendor }) => !connected.some((one) => one.vendor === vendor));
  return (
    <>
      {connected.map((connection) => (
        <ConnectionRow key={connection.id} connection={connection} />
      ))}
      {more && <Ways ways={open} first={first} />}
      {ways.length === 0 && <NoVendorApp />}
    </>
  );
}

const Ways = ({ ways, first }: { ways: readonly InstallWay[]; first: boolean }) => (
  <ul className="ways">
    {ways.map((way) => (
      <li key={way.vendor}>
        <h3>{way.name}</h3>
        <InstallForm
          way={way}
          label={`Connect ${way.name}`}
          variant={first ? 'filled' : 'default'}
          begun={returnToStart}
        />
      </li>
    ))}
  </ul>
);
