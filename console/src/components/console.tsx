import { useFeed } from '../api/use-feed.ts';
import { useOverview } from '../api/use-overview.ts';
import { AuditPage } from '../audit/audit-page.tsx';
import { ComparePage } from '../compare/compare-page.tsx';
import { FairnessPage } from '../fairness/fairness-page.tsx';
import {
  type Page,
  useConnectionsOpen,
  useOpenDecision,
  useOpenPool,
  usePage,
  useRefusedOpen,
} from '../lib/route.ts';
import { MyPage } from '../me/my-page.tsx';
import { PolicyPage } from '../policy/policy-page.tsx';
import { SettingsPage } from '../settings/settings-page.tsx';
import { StartPage } from '../start/start-page.tsx';
import { Alerts } from './alerts.tsx';
import { Connections } from './connections.tsx';
import { Failing } from './failing.tsx';
import { Header } from './header.tsx';
import { KeyNumbers } from './key-numbers.tsx';
import { LeadDrawer } from './lead-drawer.tsx';
import { MissingPage } from './missing-page.tsx';
import { Pools } from './pools.tsx';
import { RefusedWrites } from './refused-writes.tsx';
import { SignIn } from './sign-in.tsx';
import { Stream } from './stream.tsx';

const SKIP: Readonly<Record<Page, readonly [target: string, name: string]>> = {
  live: ['#decisions', 'decisions'],
  policy: ['#policy', 'the policy'],
  compare: ['#compare', 'the comparison'],
  start: ['#start', 'the first steps'],
  settings: ['#settings', 'the settings'],
  me: ['#me', 'your leads'],
  audit: ['#page', 'the audit'],
  fairness: ['#page', 'the pool'],
  missing: ['#page', 'what there is'],
};

/** The live page: what Fairlead decides as it decides it, how fair each pool is, and any lead's whole story. */
export function Console() {
  const feed = useFeed();
  const overview = useOverview();
  const open = useOpenDecision();
  const asked = usePage();
  // Without a policy nothing can be live: whoever comes here begins.
  const page = asked === 'live' && overview.data?.tenant.policyVersion === 0 ? 'start' : asked;
  const pool = useOpenPool();
  const [target, name] = SKIP[page];
  const refused = useRefusedOpen();
  const connections = useConnectionsOpen();
  if (feed.status === 'signed_out') return <SignIn />;
  return (
    <>
      <a className="skip" href={target}>
        Skip to {name}
      </a>
      <Header overview={overview.data ?? null} page={page} />
      <main className="page">
        {feed.status === 'reconnecting' && <Failing since={feed.downSince} />}
        <Alerts alerts={overview.data?.alerts ?? []} />
        {page === 'policy' && <PolicyPage />}
        {page === 'start' && <StartPage />}
        {page === 'compare' && <ComparePage tenant={overview.data?.tenant ?? null} />}
        {page === 'settings' && <SettingsPage />}
        {page === 'me' && <MyPage />}
        {page === 'audit' && <AuditPage />}
        {pool !== null && <FairnessPage key={pool} pool={pool} />}
        {page === 'missing' && <MissingPage />}
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
