import { Button, Drawer, Skeleton } from '@mantine/core';
import {
  type ConnectionEntry,
  type InstallWay,
  useClaimInstall,
  useConnectionList,
  useInstalls,
} from '../api/use-installs.ts';
import { useMay } from '../api/use-me.ts';
import { installTold } from '../lib/install-told.ts';
import { isDialogOpen } from '../lib/open-dialogs.ts';
import { follow, go } from '../lib/route.ts';
import { useFocusBack } from '../lib/use-focus-back.ts';
import { VENDORS } from '../lib/vendors.ts';
import { Accounts } from './accounts.tsx';
import { Failure } from './failure.tsx';
import { InstallForm } from './install-form.tsx';
import { NoVendorApp } from './no-vendor-app.tsx';

/** The accounts that are connected, and how to connect others. */
export function Connections({ open }: { open: boolean }) {
  useFocusBack(open);
  const told = open ? installTold(location.search) : null;
  return (
    <Drawer.Root
      opened={open}
      onClose={() => isDialogOpen() || go('/')}
      position="right"
      size="min(680px, 100%)"
    >
      <Drawer.Overlay />
      <Drawer.Content>
        <div className="drawer-head">
          <Drawer.Title>Connections</Drawer.Title>
          <Drawer.CloseButton aria-label="Close" />
        </div>
        <Drawer.Body>
          {told && (
            <p className={told.ok ? 'told' : 'alert'} role={told.ok ? 'status' : 'alert'}>
              {told.text}
            </p>
          )}
          <Body open={open} />
          <p className="muted">
            <a href="/start" onClick={follow('/start')}>
              Getting started
            </a>{' '}
            says what remains to be set up, and tests each connection.
          </p>
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

function Body({ open }: { open: boolean }) {
  const may = useMay('administer');
  const installs = useInstalls(open);
  const connections = useConnectionList(open);
  const error = installs.error ?? connections.error;
  if (error) return <Failure error={error} />;
  if (!installs.data || !connections.data) return <Skeleton height={240} />;
  const { ways, parked } = installs.data;
  const of = (vendor: string) => connections.data.filter((one) => one.vendor === vendor);
  const others = connections.data.filter(({ vendor }) => !ways.some((way) => way.vendor === vendor));
  return (
    <>
      {parked && may && <Parked account={parked} />}
      <ul className="install-list" aria-label="Accounts">
        {ways.map((way) => (
          <Way key={way.vendor} way={way} accounts={of(way.vendor)} may={may} />
        ))}
        {others.map((account) => (
          <li key={account.id} className="install">
            <h3>{VENDORS[account.vendor] ?? account.vendor}</h3>
            <Accounts accounts={[account]} way={null} />
          </li>
        ))}
      </ul>
      {ways.length === 0 && <NoVendorApp />}
    </>
  );
}

/** Somebody may have sent this browser here with an account of their own: it is named, and connected only on a press. */
function Parked({ account }: { account: { readonly vendor: string; readonly name: string } }) {
  const claim = useClaimInstall();
  return (
    <section className="parked" aria-label="From the marketplace">
      <p>
        <strong>
          {VENDORS[account.vendor] ?? account.vendor}: {account.name}
        </strong>{' '}
        was installed from the marketplace in this browser. Connect it only if that is your account.
      </p>
      <Failure error={claim.error} />
      <Button loading={claim.isPending} onClick={() => claim.mutate()}>
        Connect {account.name}
      </Button>
    </section>
  );
}

interface WayProps {
  readonly way: InstallWay;
  readonly accounts: readonly ConnectionEntry[];
  /** Whether who looks may connect any. */
  readonly may: boolean;
}

const Way = ({ way, accounts, may }: WayProps) => (
  <li className="install">
    <h3>{way.name}</h3>
    <Accounts accounts={accounts} way={way} />
    {may && (
      <InstallForm
        way={way}
        label={accounts.length === 0 ? `Connect ${way.name}` : 'Connect or reconnect an account'}
        variant={accounts.length === 0 ? 'filled' : 'subtle'}
      />
    )}
  </li>
);
