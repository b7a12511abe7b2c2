import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type ApiError, postJson } from '../api/client.ts';
import { Brand } from './brand.tsx';
import { Failure } from './failure.tsx';

/** Where a link that the operator printed leads: nothing is used up before the button is pressed. */
export function OwnerLink() {
  const redeem = useMutation<unknown, ApiError, string>({
    mutationFn: (name) => postJson('/oauth/sign-in/owner', { token: location.hash.slice(1), name }),
    onSuccess: () => location.replace('/settings'),
  });
  const send = (event: React.FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    redeem.mutate(String(new FormData(event.currentTarget).get('name')));
  };
  if (location.hash.length < 2) return <Cut />;
  return (
    <main className="sign-in">
      <Brand />
      <h1>Become an owner</h1>
      <p>
        This link serves once. Afterwards choose, under Settings, how you sign in from now on, and invite
        others.
      </p>
      <form className="sign-in-form" onSubmit={send}>
        <TextInput name="name" label="Your name" required maxLength={200} autoComplete="name" />
        <Failure error={redeem.error} />
        <Button type="submit" loading={redeem.isPending}>
          Become an owner
        </Button>
      </form>
    </main>
  );
}

/** The link's secret stands after its #, and is missing. */
const Cut = () => (
  <main className="sign-in">
    <Brand />
    <h1>This link was cut short</h1>
    <p>Open all of it, to the last character, as it was printed when Fairlead started.</p>
    <a href="/sign-in">Sign in another way</a>
  </main>
);
