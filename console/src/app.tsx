import { useFeed } from './api/use-feed.ts';
import { useOverview } from './api/use-overview.ts';
import { AuditPage } from './audit/audit-page.tsx';
import { Alerts } from './components/alerts.tsx';
import { Connections } from './components/connections.tsx';
import { Failing } from './components/failing.tsx';
import { Header } from './components/header.tsx';
import { KeyNumbers } from './components/key-numbers.tsx';
import { LeadDrawer } from './components/lead-drawer.tsx';
import { Pools } from './components/pools.tsx';
import { RefusedWrites } from './components/refused-writes.tsx';
import { SignIn } from './components/sign-in.tsx';
import { Stream } from './components/stream.tsx';
import { FairnessPage } from './fairness/fairness-page.tsx';
import {
  useConnectionsOpen,
  useOnPolicyPage,
  useOpenDecision,
  useOwnPage,
  useRefusedOpen,
} from './lib/route.ts';
import { PolicyPage } from './policy/policy-page.tsx';

/** The live page: what Fairlead decides as it decides it, how fair each pool is, and any lead's whole story. */
export function App() {
  const feed = useFeed();
  const overview = useOverview();
  const open = useOpenDecision();
  const policy = useOnPolicyPage();
  const own = useOwnPage();
  const refused = useRefusedOpen();
  const connections = useConnectionsOpen();
  if (feed.status === 'signed_out') return <SignIn />;
  return (
    <>
      <a className="skip" href={own !== null ? '#page' : policy ? '#policy' : '#decisions'}>
        {own !== null ? 'Skip to the page' : policy ? 'Skip to the policy' : 'Skip to decisions'}
      </a>
      <Header overview={overview.data ?? null} />
      {own?.page === 'fairness' && <FairnessPage key={own.pool} pool={own.pool} />}
      {own?.page === 'audit' && <AuditPage />}
      {policy && (
        <main className="page">
          {feed.status === 'reconnecting' && <Failing since={feed.downSince} />}
          <Alerts alerts={overview.data?.alerts ?? []} />
          <PolicyPage />
        </main>
      )}
      {!policy && own === null && (
        <main className="page">
          {feed.status === 'reconnecting' && <Failing since={feed.downSince} />}
          <Alerts alerts={overview.data?.alerts ?? []} />
          <KeyNumbers overview={overview.data ?? null} />
          <div className="columns">
            <Stream feed={feed} overview={overview.data ?? null} />
            <Pools overview={overview.data ?? null} />
          </div>
        </main>
      )}
      <LeadDrawer id={open} />
      <RefusedWrites open={refused} />
      <Connections open={connections} />
    </>
  );
}
