import { Button, Checkbox, Group, Skeleton } from '@mantine/core';
import { useState } from 'react';
import type { FoundPeople, FoundPerson } from '../../../server/assignments/first-steps/first-steps.ts';
import { useConfirmPeople, useImportPeople, usePeople } from '../api/use-first-steps.ts';
import { Failure } from '../components/failure.tsx';
import { Offboarding } from '../components/offboarding.tsx';
import { cityOf } from '../lib/time.ts';
import { VENDORS } from '../lib/vendors.ts';

/** Who was found in the CRMs, to be confirmed. Whoever is in the directory already stays as they are there. */
export function PeopleStep({ connections }: { connections: readonly string[] }) {
  const people = usePeople();
  const again = useImportPeople();
  if (people.error) return <Failure error={people.error} />;
  if (!people.data) return <Skeleton height={240} />;
  const unsaid = people.data.people.filter(({ state }) => state === 'new');
  return (
    <>
      {unsaid.length > 0 && <Confirm found={people.data} unsaid={unsaid} />}
      {unsaid.length === 0 && people.data.reps === 0 && (
        <p className="muted" role="status">
          The people of your CRM are being read; this takes a few seconds.
        </p>
      )}
      {people.data.gone.length > 0 && <Gone gone={people.data.gone} />}
      {people.data.nameless > 0 && (
        <p className="muted">
          {people.data.nameless} {people.data.nameless === 1 ? 'owner has' : 'owners have'} no e-mail address
          and cannot be matched.
        </p>
      )}
      <Failure error={again.error} />
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        loading={again.isPending}
        onClick={() => again.mutate(connections)}
      >
        Read the people again
      </Button>
    </>
  );
}

/** The ticks of whoever was looked at; the others are as they were proposed. */
function Confirm({ found, unsaid }: { found: FoundPeople; unsaid: readonly FoundPerson[] }) {
  const [ticks, setTicks] = useState<Readonly<Record<string, boolean>>>({});
  const confirm = useConfirmPeople();
  const takes = ({ email, doubt }: FoundPerson) => ticks[email] ?? doubt === null;
  const reps = unsaid.filter(takes);
  const teams = new Map(found.teams.map(({ id, name }) => [id, name]));
  return (
    <>
      <p>
        {found.reps === 0 ? 'These people own records in your CRM. ' : 'These people are new in your CRM. '}
        Untick whoever takes no leads.
      </p>
      <table className="found-people">
        <thead>
          <tr>
            <th scope="col">Takes leads</th>
            <th scope="col">Teams</th>
            <th scope="col">Works in</th>
            <th scope="col">Found in</th>
            <th scope="col">Slack</th>
          </tr>
        </thead>
        <tbody>
          {unsaid.map((person) => (
            <tr key={person.email} data-takes={takes(person)}>
              <td>
                <Checkbox
                  checked={takes(person)}
                  onChange={(event) => setTicks({ ...ticks, [person.email]: event.target.checked })}
                  label={
                    <>
                      {person.name} <span className="muted">{person.email}</span>
                    </>
                  }
                  description={DOUBTS[person.doubt ?? '']}
                />
              </td>
              <td data-label="Teams">{person.teams.map((id) => teams.get(id) ?? id).join(', ') || '–'}</td>
              <td data-label="Works in">
                {person.timezone === null ? '–' : cityOf(person.timezone)}
                {person.hours && <span className="muted"> own hours</span>}
              </td>
              <td data-label="Found in">
                {person.vendors.map((vendor) => VENDORS[vendor] ?? vendor).join(', ')}
              </td>
              <td data-label="Slack">{SLACK[String(person.inSlack)]}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Failure error={confirm.error} />
      <Group mt="md">
        <Button
          loading={confirm.isPending}
          disabled={found.reps === 0 && reps.length === 0}
          onClick={() =>
            confirm.mutate({
              reps: reps.map(({ email }) => email),
              noReps: unsaid.filter((one) => !takes(one)).map(({ email }) => email),
            })
          }
        >
          {takersOf(reps)}
        </Button>
      </Group>
    </>
  );
}

const takersOf = ([first, ...others]: readonly FoundPerson[]): string => {
  if (first === undefined) return 'None of them takes leads';
  return others.length === 0 ? `${first.name} takes leads` : `These ${others.length + 1} take leads`;
};

const DOUBTS: Readonly<Record<string, string>> = {
  shared_address: 'Looks like an address of several people or of a program.',
  invited: 'Has not accepted the invitation to the CRM yet.',
};

const SLACK: Readonly<Record<string, string>> = { true: 'found', false: 'not found', null: '–' };

function Gone({ gone }: { gone: FoundPeople['gone'] }) {
  const [leaving, setLeaving] = useState<FoundPeople['gone'][number] | null>(null);
  return (
    <div className="gone">
      <p>No connected CRM has these reps any more. Have their leads given to others, or leave them be.</p>
      <ul>
        {gone.map((rep) => (
          <li key={rep.id}>
            {rep.name}{' '}
            <Button variant="default" size="compact-sm" onClick={() => setLeaving(rep)}>
              {rep.name} leaves…
            </Button>
          </li>
        ))}
      </ul>
      {leaving && <Offboarding rep={leaving} close={() => setLeaving(null)} />}
    </div>
  );
}
