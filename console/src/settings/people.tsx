import { Button, Group, Select, Skeleton, TextInput } from '@mantine/core';
import { UserPlus } from 'lucide-react';
import { type Role, useMay, useMe } from '../api/use-me.ts';
import {
  type Invitation,
  type PeopleDeed,
  type PersonEntry,
  usePeople,
  usePeopleDeed,
} from '../api/use-people.ts';
import { useWays } from '../api/use-ways.ts';
import { At } from '../components/ago.tsx';
import { AskedButton } from '../components/asked-button.tsx';
import { Failure } from '../components/failure.tsx';
import { ROLE_CHOICES, ROLES } from '../lib/roles.ts';
import { ago } from '../lib/time.ts';
import { useNow } from '../lib/use-now.ts';
import { PROVIDERS } from '../lib/vendors.ts';
import { Section } from './section.tsx';

type Do = (deed: PeopleDeed) => void;

/** Who may sign in, and as what. */
export const People = () => (
  <Section id="people" title="People" says="Who may sign in, and what each may do.">
    <Body />
  </Section>
);

function Body() {
  const { data, error } = usePeople();
  const deed = usePeopleDeed();
  const owns = useMay('own');
  const administers = useMay('administer');
  if (!data) return error ? <Failure error={error} /> : <Skeleton height={200} />;
  const waiting = data.people.filter(({ role }) => role === null);
  const inside = data.people.filter(({ role }) => role !== null);
  const act = owns ? deed.mutate : null;
  return (
    <>
      <Failure error={deed.error} />
      {waiting.length > 0 && <Waiting people={waiting} act={act} />}
      <ul className="people" aria-label="People">
        {inside.map((person) => (
          <Person
            key={person.id}
            person={person}
            act={act}
            signOut={
              person.sessions > 0 && (owns || (administers && person.role !== 'owner'))
                ? () => deed.mutate({ do: 'sign-out', id: person.id })
                : null
            }
          />
        ))}
      </ul>
      {!data.whole && <ByName others={data.others} />}
      {data.whole && inside.length === 0 && <p className="muted">Nobody has signed in yet.</p>}
      {data.invitations.length > 0 && <Invitations invitations={data.invitations} act={act} />}
      {owns && <Invite deed={deed} />}
      {owns && <Admission admits={data.admits} act={deed.mutate} />}
      <Roles />
    </>
  );
}

/** What is seen of the others by who does not look after who has access. */
const ByName = ({ others }: { others: readonly { readonly id: string; readonly name: string }[] }) => (
  <>
    <ul className="people" aria-label="Others">
      {others.map(({ id, name }) => (
        <li key={id} className="person">
          <strong>{name}</strong>
        </li>
      ))}
    </ul>
    <p className="muted">Owners, admins and auditors see who is what, and who is invited.</p>
  </>
);

const Waiting = ({ people, act }: { people: readonly PersonEntry[]; act: Do | null }) => (
  <div className="waiting-people">
    <h4>Waiting to be let in</h4>
    <p className="muted">They signed in with an account that is connected here.</p>
    <ul className="people" aria-label="Waiting to be let in">
      {people.map((person) => (
        <li key={person.id} className="person">
          <Name person={person} />
          {act && (
            <Group gap="xs">
              <RoleSelect
                label={`Let ${person.name} in as`}
                value={null}
                choose={(role) => act({ do: 'role', id: person.id, role })}
              />
              <Remove name={person.name} remove={() => act({ do: 'remove', id: person.id })} />
            </Group>
          )}
        </li>
      ))}
    </ul>
  </div>
);

interface PersonProps {
  readonly person: PersonEntry;
  readonly act: Do | null;
  /** null: they are signed in nowhere, or it is not for who looks at them. */
  readonly signOut: (() => void) | null;
}

function Person({ person, act, signOut }: PersonProps) {
  const me = useMe().data?.person?.id === person.id;
  const { id, name, role } = person;
  return (
    <li className="person">
      <Name person={person} me={me} />
      <Group gap="xs">
        {act === null ? (
          <span>{role && ROLES[role].name}</span>
        ) : (
          <RoleSelect
            label={`Role of ${name}`}
            value={role}
            choose={(chosen) => act({ do: 'role', id, role: chosen })}
          />
        )}
        {signOut && !me && <SignOut name={name} signOut={signOut} />}
        {act && <Remove name={name} remove={() => act({ do: 'remove', id })} />}
      </Group>
    </li>
  );
}

function Name({ person, me = false }: { person: PersonEntry; me?: boolean }) {
  const now = useNow(60_000);
  const ways = useWays().data?.ways;
  const { name, email, providers, sessions, signedInAt } = person;
  const told = [
    email !== name && email,
    providers.map((id) => ways?.find((way) => way.id === id)?.name ?? PROVIDERS[id] ?? id).join(', '),
    signedInAt && `signed in ${ago(signedInAt, now)}`,
    sessions > 0 && `${sessions} ${sessions === 1 ? 'browser' : 'browsers'}`,
  ];
  return (
    <div>
      <strong>{name}</strong>
      {me && <span className="muted"> (you)</span>}
      <p className="muted">{told.filter(Boolean).join(' · ')}</p>
    </div>
  );
}

interface RoleSelectProps {
  readonly label: string;
  readonly value: Role | null;
  readonly choose: (role: Role) => void;
}

const RoleSelect = ({ label, value, choose }: RoleSelectProps) => (
  <Select
    aria-label={label}
    placeholder="Let in as…"
    size="sm"
    w={140}
    data={ROLE_CHOICES}
    value={value}
    allowDeselect={false}
    onChange={(role) => role !== null && role !== value && choose(role as Role)}
  />
);

const Remove = ({ name, remove }: { name: string; remove: () => void }) => (
  <AskedButton
    label={`Remove ${name}`}
    title={`Remove ${name}?`}
    means="They are signed out at once and stay out until they are invited again. What they did stays."
    act={remove}
  >
    Remove
  </AskedButton>
);

/** For a browser that is lost, or sat at by somebody else. */
const SignOut = ({ name, signOut }: { name: string; signOut: () => void }) => (
  <AskedButton
    label={`Sign out ${name}`}
    title={`Sign out ${name}?`}
    means="They are signed out in every browser at once, keep their role, and may sign in again."
    act={signOut}
  >
    Sign out
  </AskedButton>
);

const Invitations = ({ invitations, act }: { invitations: readonly Invitation[]; act: Do | null }) => (
  <div>
    <h4>Invited</h4>
    <ul className="people" aria-label="Invited">
      {invitations.map(({ id, email, role, expiresAt }) => (
        <li key={id} className="person">
          <div>
            <strong>{email}</strong>
            <p className="muted">
              {ROLES[role].name} once they sign in, until <At iso={expiresAt} />
            </p>
          </div>
          {act && (
            <Button
              size="compact-sm"
              variant="subtle"
              color="gray"
              aria-label={`Take back the invitation to ${email}`}
              onClick={() => act({ do: 'uninvite', id })}
            >
              Take back
            </Button>
          )}
        </li>
      ))}
    </ul>
  </div>
);

function Invite({ deed }: { deed: ReturnType<typeof usePeopleDeed> }) {
  const send = (event: React.FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    const given = new FormData(form);
    deed.mutate(
      { do: 'invite', email: String(given.get('email')), role: given.get('role') as Role },
      { onSuccess: () => form.reset() },
    );
  };
  return (
    <form className="invite" onSubmit={send}>
      <TextInput
        name="email"
        type="email"
        required
        label="Invite by e-mail"
        description="The address they sign in with. Tell them to open this console and sign in."
        placeholder="jo@example.com"
      />
      <Select
        name="role"
        label="As"
        data={ROLE_CHOICES}
        defaultValue="manager"
        allowDeselect={false}
        w={140}
      />
      <Button type="submit" leftSection={<UserPlus size={15} aria-hidden="true" />} loading={deed.isPending}>
        Invite
      </Button>
    </form>
  );
}

const ADMITS = [
  { value: 'none', label: 'They wait until an owner lets them in' },
  { value: 'auditor', label: 'They come in as auditors' },
  { value: 'rep', label: 'They come in as reps' },
];

const Admission = ({ admits, act }: { admits: 'rep' | 'auditor' | null; act: Do }) => (
  <Select
    label="People of connected accounts who were not invited"
    description="Of the Slack workspace, Salesforce org, Entra tenant or HubSpot account that is connected here."
    data={ADMITS}
    value={admits ?? 'none'}
    allowDeselect={false}
    maw={420}
    onChange={(chosen) =>
      act({ do: 'admit', role: chosen === 'rep' || chosen === 'auditor' ? chosen : null })
    }
  />
);

const Roles = () => (
  <dl className="roles" aria-label="What each role may do">
    {Object.values(ROLES).map(({ name, may }) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd className="muted">{may}</dd>
      </div>
    ))}
  </dl>
);
