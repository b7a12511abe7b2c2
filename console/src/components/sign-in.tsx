import { Button } from '@mantine/core';
import { LogIn, Plus } from 'lucide-react';
import { useMe } from '../api/use-me.ts';
import { type SignInWay, signInAddress, useWays } from '../api/use-ways.ts';
import { signInAgain } from '../lib/sign-in-again.ts';
import { signInTold } from '../lib/sign-in-told.ts';
import { Brand } from './brand.tsx';

/** Where one came from, to come back to; from the sign-in page itself, what its address says. */
const wayBack = (): string =>
  location.pathname.startsWith('/sign-in')
    ? signInAgain(location.search).back
    : location.pathname + location.search;

/** Whom one signs in with. Also for who is signed in and wants to be somebody else. */
export function SignIn() {
  const { data } = useWays();
  const ways = data?.ways;
  const { data: me } = useMe();
  const told = signInTold(location.search);
  const again = me && signInAgain(location.search).again;
  return (
    <main className="sign-in">
      <Brand />
      <h1>{heading(me?.name, again === true)}</h1>
      {told && (
        <p className="alert" role="alert">
          {told}
        </p>
      )}
      {again && (
        <p>
          What you were about to do is for who has just signed in. You come back to where you were, and do it
          again there.
        </p>
      )}
      {me && <a href={wayBack()}>{again ? 'Go back without' : `Go on as ${me.name}`}</a>}
      <ul className="sign-in-ways">
        {ways?.map(({ id, name }) => (
          <li key={id}>
            <Button
              component="a"
              href={signInAddress(id, wayBack(), again ? 'again' : undefined)}
              size="md"
              fullWidth
              leftSection={<LogIn size={17} aria-hidden="true" />}
            >
              Sign in with {name}
            </Button>
          </li>
        ))}
      </ul>
      {ways?.length !== 0 && !again && (
        <p className="muted">
          New here? An owner of your workspace invites you by e-mail, or lets you in once you have signed in
          with an account that is connected.
        </p>
      )}
      {data?.newWorkspaces && !again && <Begin ways={data.ways} />}
      {ways?.length === 0 && <NoWays />}
    </main>
  );
}

/** For a company that is not here yet. Who is known to a workspace comes into that one all the same. */
const Begin = ({ ways }: { readonly ways: readonly SignInWay[] }) => (
  <section className="sign-in-begin" aria-labelledby="begin-title">
    <h2 id="begin-title">Is your company new here?</h2>
    <p className="muted">Begin a workspace, with you as its owner. Sign in with the account you work with.</p>
    <ul className="sign-in-ways">
      {ways.map(({ id, name }) => (
        <li key={id}>
          <Button
            component="a"
            href={signInAddress(id, wayBack(), 'begin')}
            variant="default"
            fullWidth
            leftSection={<Plus size={16} aria-hidden="true" />}
          >
            Begin with {name}
          </Button>
        </li>
      ))}
    </ul>
  </section>
);

const heading = (name: string | undefined, again: boolean): string => {
  if (name === undefined) return 'You are not signed in';
  return again ? `Sign in again, ${name}` : `You are signed in as ${name}`;
};

const NoWays = () => (
  <p className="muted">
    No way to sign in is set up here yet. Whoever runs Fairlead sets a vendor’s app or their own provider, as
    docs/signing-in.md says, and prints a link to come in by: <code>npm run -s fairlead -- owner-link</code>
  </p>
);
