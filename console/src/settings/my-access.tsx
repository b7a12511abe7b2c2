import { Button, Group } from '@mantine/core';
import { useMe, useSignOut } from '../api/use-me.ts';
import { useMySessions, usePeople } from '../api/use-people.ts';
import { signInAddress, useWays } from '../api/use-ways.ts';
import { Failure } from '../components/failure.tsx';
import { browserName } from '../lib/browser-name.ts';
import { ago } from '../lib/time.ts';
import { useNow } from '../lib/use-now.ts';
import { Section } from './section.tsx';

/** How one signs in oneself, and where one is signed in. Nothing for a browser on the service's own machine. */
export function MyAccess() {
  const { data: me } = useMe();
  if (!me?.person) return null;
  return (
    <Section id="you" title="You" says="How you sign in, and the browsers you are signed in in.">
      <Ways id={me.person.id} />
      <Sessions />
    </Section>
  );
}

function Ways({ id }: { id: string }) {
  const { data: ways } = useWays();
  const { data } = usePeople();
  const mine = data?.people.find((one) => one.id === id)?.providers;
  if (!ways || !mine) return null;
  return (
    <>
      {mine.length === 0 && (
        <p className="alert" role="alert">
          You came by a link that serves once. Add a way to sign in before your session ends.
        </p>
      )}
      <Group gap="xs">
        {ways.map((way) =>
          mine.includes(way.id) ? (
            <span key={way.id} className="tag" data-tone="given">
              {way.name}
            </span>
          ) : (
            <Button
              key={way.id}
              component="a"
              size="compact-md"
              variant="default"
              href={signInAddress(way.id, '/settings', true)}
            >
              Also sign in with {way.name}
            </Button>
          ),
        )}
      </Group>
    </>
  );
}

function Sessions() {
  const { data, error } = useMySessions();
  const signOut = useSignOut();
  const now = useNow(60_000);
  if (!data) return <Failure error={error} />;
  return (
    <>
      <ul className="people" aria-label="Browsers you are signed in in">
        {data.map(({ id, agent, openedAt, seenAt }) => (
          <li key={id} className="person">
            <div>
              <strong>{browserName(agent)}</strong>
              <p className="muted">
                since {ago(openedAt, now)} · last used {ago(seenAt, now)}
              </p>
            </div>
          </li>
        ))}
      </ul>
      <div>
        <Button size="compact-md" variant="default" onClick={() => void signOut(true)}>
          Sign out everywhere
        </Button>
      </div>
    </>
  );
}
