import { Button, Skeleton } from '@mantine/core';
import { useRef } from 'react';
import type { Steps } from '../../../server/assignments/first-steps/first-steps.ts';
import { useSteps } from '../api/use-first-steps.ts';
import { useMay } from '../api/use-me.ts';
import { Failure } from '../components/failure.tsx';
import { installTold } from '../lib/install-told.ts';
import { follow, go } from '../lib/route.ts';
import { useFocusWhenLost } from '../lib/use-focus-when-lost.ts';
import { ConnectStep } from './connect-step.tsx';
import { PeopleStep } from './people-step.tsx';
import { PolicyStep } from './policy-step.tsx';
import { Step } from './step.tsx';

/** From a CRM account to leads that are given: what is done, and what is next. */
export function StartPage() {
  const steps = useSteps();
  const told = toldOf(steps.data);
  const may = useMay('administer');
  return (
    <div className="start" id="start">
      <div className="start-head">
        <h1>Getting started</h1>
        {steps.data && <Progress steps={steps.data} />}
        {!may && <p className="muted">Owners and admins do these steps; you see how far they are.</p>}
      </div>
      {told && (
        <p className={told.ok ? 'told' : 'alert'} role={told.ok ? 'status' : 'alert'}>
          {told.text}
        </p>
      )}
      {steps.error && !steps.data && <Failure error={steps.error} />}
      {!steps.data && !steps.error && <Skeleton height={240} />}
      {steps.data && <List steps={steps.data} />}
    </div>
  );
}

/** What became of an install, until something came of it. */
const toldOf = (steps: Steps | undefined) => {
  const told = location.pathname === '/start' ? installTold(location.search) : null;
  if (!told?.ok || steps === undefined) return told;
  const { people, slack } = steps;
  const over = slack.length > 0 ? people.reachable > 0 : people.reps > 0;
  return over ? null : told;
};

const isLive = ({ policyVersion, mode }: Steps): boolean => policyVersion > 0 && mode === 'live';

const doneOf = (steps: Steps) => ({
  crm: steps.crms.length > 0,
  people: steps.people.reps > 0,
  slack: steps.slack.length > 0,
  policy: steps.policyVersion > 0,
  compare: steps.compared > 0 || isLive(steps),
  live: isLive(steps),
});

const Progress = ({ steps }: { steps: Steps }) => {
  const done = Object.values(doneOf(steps));
  const count = done.filter(Boolean).length;
  return (
    <p className="muted">
      {count === done.length
        ? 'Everything is set up. Leads are being given.'
        : `${count === 0 ? 'Six short steps' : `${count} of ${done.length} steps done`}. ${
            isLive(steps) ? 'Leads are being given.' : 'Nothing in your CRM changes before the last one.'
          }`}
    </p>
  );
};

/** A step shows once the one before is done: who has nothing sees only what is next. */
function List({ steps }: { steps: Steps }) {
  const done = doneOf(steps);
  const { crms, slack, people } = steps;
  const all = [...crms, ...slack].map(({ id }) => id);
  const now = useRef<HTMLLIElement>(null);
  useFocusWhenLost(now, Object.values(done).join());
  return (
    <ol className="step-list">
      <Step
        now={now}
        number={1}
        title="Connect your CRM"
        state={done.crm ? 'done' : 'now'}
        summary={done.crm && counted(crms.length, 'account')}
      >
        {!done.crm && <p>Where do your leads arrive? You agree at your CRM’s own page and come back here.</p>}
        <ConnectStep connected={crms} offers={({ vendor }) => vendor !== 'slack'} more={!done.crm} first />
      </Step>
      {done.crm && (
        <Step
          now={now}
          number={2}
          title="Say who takes leads"
          state={done.people ? 'done' : 'now'}
          summary={done.people && saidOf(people)}
        >
          {(!done.people || people.unsaid > 0 || people.gone > 0) && <PeopleStep connections={all} />}
        </Step>
      )}
      {done.people && (
        <Step
          now={now}
          number={3}
          title="Connect Slack"
          state={done.slack ? 'done' : 'open'}
          summary={
            done.slack
              ? `reaches ${people.reachable} of ${people.reps} reps`
              : 'Not needed yet: reps hear of leads and claim them there.'
          }
        >
          <ConnectStep
            connected={slack}
            offers={({ vendor }) => vendor === 'slack'}
            more={!done.slack}
            first={false}
          />
        </Step>
      )}
      {done.people && (
        <Step
          now={now}
          number={4}
          title="Publish a first policy, for the log only"
          state={done.policy ? 'done' : 'now'}
          summary={done.policy && <PolicyLink version={steps.policyVersion} />}
        >
          {!done.policy && <PolicyStep />}
        </Step>
      )}
      {done.policy && (
        <Step
          now={now}
          number={5}
          title="Compare with today"
          state={done.compare ? 'done' : 'now'}
          summary={steps.compared > 0 && counted(steps.compared, 'lead')}
        >
          <Compare steps={steps} />
        </Step>
      )}
      {done.compare && (
        <Step
          now={now}
          number={6}
          title="Go live"
          state={done.live ? 'done' : 'now'}
          summary={done.live && 'live'}
        >
          {!done.live && (
            <div>
              <p>When the comparison convinces you: all of it, or one pool first.</p>
              <Button mt="sm" onClick={() => go('/compare')}>
                Compare and go live
              </Button>
            </div>
          )}
        </Step>
      )}
    </ol>
  );
}

const counted = (count: number, what: string): string =>
  `${count.toLocaleString()} ${what}${count === 1 ? '' : 's'}`;

const saidOf = ({ reps, unsaid, gone }: Steps['people']): string =>
  [
    counted(reps, 'rep'),
    unsaid > 0 && `${unsaid} new in the CRM`,
    gone > 0 && `${gone} not in the CRM any more`,
  ]
    .filter(Boolean)
    .join(' · ');

const PolicyLink = ({ version }: { version: number }) => (
  <a href="/policy" onClick={follow('/policy')}>
    version {version}
  </a>
);

const Compare = ({ steps: { compared, decided, mode } }: { steps: Steps }) =>
  compared > 0 ? (
    <Button variant="default" onClick={() => go('/compare')}>
      See the comparison
    </Button>
  ) : mode === 'live' ? (
    <p className="muted">Leads are given in earnest: nothing is left to compare.</p>
  ) : (
    <p role="status" className="watching">
      <i className="pulse" aria-hidden="true" />
      {decided
        ? 'The first lead is decided. Its owner is looked at in a few seconds.'
        : 'Waiting for the next new lead. Whoever your CRM gives it to is compared with whom Fairlead would choose.'}
    </p>
  );
