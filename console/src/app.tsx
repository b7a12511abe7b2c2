import { useFeed } from './api/use-feed.ts';
import { useOverview } from './api/use-overview.ts';
import { ComparePage } from './compare/compare-page.tsx';
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
import { type Page, useConnectionsOpen, useOpenDecision, usePage, useRefusedOpen } from './lib/route.ts';
import { PolicyPage } from './policy/policy-page.tsx';
import { StartPage } from './start/start-page.tsx';

/** What is skipped to on each page: the id of its content, and how it is called. */
const CONTENT: Readonly<Record<Page, readonly [string, string]>> = {
  live: ['decisions', 'decisions'],
  policy: ['policy', 'the policy'],
  compare: ['compare', 'the comparison'],
  start: ['start', 'the first steps'],
};

/** The live page (what Fairlead decides as it decides it, how fair each pool is, any lead's whole story) and the others. */
export function App() {
  const feed = useFeed();
  const overview = useOverview();
  const open = useOpenDecision();
  const asked = usePage();
  const refused = useRefusedOpen();
  const connections = useConnectionsOpen();
  if (feed.status === 'signed_out') return <SignIn />;
  // Without a policy nothing can be live: whoever comes here begins.
  const page = asked === 'live' && overview.data?.tenant.policyVersion === 0 ? 'start' : asked;
  const [content, name] = CONTENT[page];
  return (
    <>
      <a className="skip" href={`#${content}`}>
        Skip to {name}
      </a>
      <Header overview={overview.data ?? null} page={page} />
      <main className="page">
        {feed.status === 'reconnecting' && <Failing since={feed.downSince} />}
        <Alerts alerts={overview.data?.alerts ?? []} />
        {page === 'policy' && <PolicyPage />}
        {page === 'start' && <StartPage />}
        {page === 'compare' && <ComparePage tenant={overview.data?.tenant ?? null} />}
        {page === 'live' && (
          <>
            <KeyNumbers overview={overview.data ?? null} />
            <div className="columns">
              <Stream feed={feed} overview={overview.data ?? null} />
              <Pools overview={overview.data ?? null} />
            </div>
          </>
        )}
      </main>
      <LeadDrawer id={open} />
      <RefusedWrites open={refused} />
      <Connections open={connections} />
    </>
  );
}
