import { Button, Checkbox, Group, Skeleton } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type {
  FirstPolicy,
  FoundPeople,
  FoundTeam,
} from '../../../server/assignments/first-steps/first-steps.ts';
import { usePeople, useProposePolicy, usePublishForLog } from '../api/use-first-steps.ts';
import { Failure } from '../components/failure.tsx';
import { follow } from '../lib/route.ts';
import { Words } from '../policy/words.tsx';

/** A first policy, proposed from the people, to be read and published for the log only. */
export function PolicyStep() {
  const people = usePeople();
  const propose = useProposePolicy();
  if (people.error) return <Failure error={people.error} />;
  if (!people.data) return <Skeleton height={160} />;
  return (
    <>
      {propose.data === undefined && (
        <Teams found={people.data} busy={propose.isPending} propose={(teams) => propose.mutate(teams)} />
      )}
      <Failure error={propose.error} />
      {propose.data && <Proposed proposed={propose.data} />}
    </>
  );
}

interface TeamsProps {
  readonly found: FoundPeople;
  readonly busy: boolean;
  readonly propose: (teams: readonly string[]) => void;
}

function Teams({ found, busy, propose }: TeamsProps) {
  const [ticks, setTicks] = useState<Readonly<Record<string, boolean>>>({});
  const reps = new Set(found.people.filter(({ state }) => state === 'rep').map(({ email }) => email));
  const teams = found.teams
    .map((team) => ({ ...team, members: team.members.filter((email) => reps.has(email)) }))
    .filter(({ members }) => members.length > 0);
  const wanted = ({ id, members }: FoundTeam) =>
    ticks[id] ?? (members.length > 1 && members.length < reps.size);
  return (
    <>
      <p>
        A policy says who gets which lead. Fairlead writes a first one: new leads only, a fair pool for each
        team you tick, and one of everybody for the rest. It is for the log only: nothing in your CRM changes.
      </p>
      {teams.length > 0 && (
        <fieldset className="team-ticks">
          <legend className="label">A pool for</legend>
          {teams.map((team) => (
            <Checkbox
              key={team.id}
              checked={wanted(team)}
              onChange={(event) => setTicks({ ...ticks, [team.id]: event.target.checked })}
              label={
                <>
                  {team.name}{' '}
                  <span className="muted">
                    {team.members.length === reps.size
                      ? 'everybody'
                      : `${team.members.length} ${team.members.length === 1 ? 'rep' : 'reps'}`}
                  </span>
                </>
              }
            />
          ))}
        </fieldset>
      )}
      <Group mt="md">
        <Button loading={busy} onClick={() => propose(teams.filter(wanted).map(({ id }) => id))}>
          Propose a policy
        </Button>
      </Group>
    </>
  );
}

function Proposed({ proposed: { draft, words, guesses } }: { proposed: FirstPolicy }) {
  const publish = usePublishForLog();
  const text = useRef<HTMLDivElement>(null);
  // The button that proposed it is gone, and the focus with it.
  useEffect(() => text.current?.focus({ preventScroll: true }), []);
  const told = draft.findings.filter(({ severity }) => severity !== 'info');
  return (
    <>
      {guesses.length > 0 && (
        <p className="guess">
          {guesses.length === 1 ? 'One rule is a guess' : `${guesses.length} rules are guesses`} from your
          teams’ names, and marked so. Everything can be changed before and after it is published.
        </p>
      )}
      <div className="proposed" ref={text} tabIndex={-1}>
        <Words words={words} />
      </div>
      {told.map(({ line, message }) => (
        <p key={`${line} ${message}`} className="muted">
          Line {line}: {message}
        </p>
      ))}
      <details className="proposed-text">
        <summary>The policy as it is written</summary>
        <pre>{draft.text}</pre>
      </details>
      <Failure error={publish.error} />
      <Group mt="md">
        <Button
          loading={publish.isPending}
          disabled={draft.needs.length > 0}
          onClick={() => publish.mutate({ id: draft.id, revision: draft.revision })}
        >
          Publish for the log only
        </Button>
        <a href="/policy" onClick={follow('/policy')}>
          Edit it first
        </a>
      </Group>
    </>
  );
}
