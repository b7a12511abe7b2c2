import { Button, Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { KeyDeed } from '../api/use-keys.ts';
import { Dialog } from '../components/dialog.tsx';

interface MakeKeyProps {
  readonly givable: readonly { readonly scope: string; readonly words: string }[];
  readonly act: (deed: KeyDeed) => Promise<unknown>;
  readonly pending: boolean;
}

/** Another key, with no more than its maker may. */
export function MakeKey({ givable, act, pending }: MakeKeyProps) {
  const [opened, setOpened] = useState(false);
  return (
    <div>
      <Button variant="default" onClick={() => setOpened(true)}>
        Make a key…
      </Button>
      <Dialog opened={opened} close={() => setOpened(false)} title="Make an API key" size="lg">
        <Form givable={givable} pending={pending} act={(deed) => act(deed).then(() => setOpened(false))} />
      </Dialog>
    </div>
  );
}

function Form({ givable, act, pending }: MakeKeyProps) {
  const [scopes, setScopes] = useState<readonly string[]>(['route']);
  const make = (event: React.FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const until = String(given.get('until') ?? '');
    void act({
      do: 'make',
      name: String(given.get('name')),
      scopes,
      expiresAt: until === '' ? null : new Date(`${until}T23:59:59`).toISOString(),
    });
  };
  return (
    <form className="api-key-form" onSubmit={make}>
      <TextInput
        name="name"
        label="What uses it"
        placeholder="website"
        required
        maxLength={60}
        data-autofocus
      />
      <Checkbox.Group label="What it may do" value={[...scopes]} onChange={setScopes}>
        {givable.map(({ scope, words }) => (
          <Checkbox key={scope} value={scope} mt={8} label={words} />
        ))}
      </Checkbox.Group>
      <TextInput name="until" type="date" label="Until" description="Left empty, it does not expire." />
      <div>
        <Button type="submit" loading={pending} disabled={scopes.length === 0}>
          Make the key
        </Button>
      </div>
    </form>
  );
}
