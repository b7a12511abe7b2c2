import { Button, Group } from '@mantine/core';
import { useMe } from '../api/use-me.ts';
import { usePeople } from '../api/use-people.ts';
import { signInAddress, useWays } from '../api/use-ways.ts';
import { MySessions } from './my-sessions.tsx';
import { Section } from './section.tsx';

/** How one signs in oneself, and where one is signed in. Nothing for a browser on the service's own machine. */
export function MyAccess() {
  const { data: me } = useMe();
  if (!me?.person) return null;
  return (
    <Section id="you" title="You" says="How you sign in, and the browsers you are signed in in.">
      <Ways id={me.person.id} />
      <MySessions />
    </Section>
  );
}

function Ways({ id }: { id: string }) {
  const ways = useWays().data?.ways;
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
              href={signInAddress(way.id, '/settings', 'link')}
            >
              Also sign in with {way.name}
            </Button>
          ),
        )}
      </Group>
    </>
  );
}
