import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { WorkspaceView } from '../../../server/assignments/lifecycle/views.ts';
import { useNameOf } from '../api/use-people.ts';
import { useDelete, useTakeBack } from '../api/use-workspace.ts';
import { At } from '../components/ago.tsx';
import { Dialog } from '../components/dialog.tsx';
import { Failure } from '../components/failure.tsx';

/** The end of the workspace, and the way back while there is one. */
export const DeleteWorkspace = ({ workspace, owns }: { workspace: WorkspaceView; owns: boolean }) =>
  workspace.deletion ? <Ending deletion={workspace.deletion} owns={owns} /> : <Ask name={workspace.name} />;

function Ending({ deletion, owns }: { deletion: NonNullable<WorkspaceView['deletion']>; owns: boolean }) {
  const back = useTakeBack();
  const nameOf = useNameOf();
  return (
    <div className="data-part data-ending" role="status">
      <h4>This workspace is to be deleted</h4>
      <p>
        {nameOf(deletion.askedBy)} asked for it. Nothing is decided, read or sent any more, and every row goes{' '}
        <strong>
          <At iso={deletion.deletesAt} />
        </strong>
        . Export before then what you want to keep.
      </p>
      <Failure error={back.error} />
      {owns && (
        <div>
          <Button loading={back.isPending} onClick={() => back.mutate(undefined)}>
            Take it back and go on
          </Button>
        </div>
      )}
    </div>
  );
}

function Ask({ name }: { name: string }) {
  const [opened, setOpened] = useState(false);
  return (
    <div className="data-part">
      <h4>Delete the workspace</h4>
      <p className="muted">
        At once nothing is decided or sent any more; after some days, in which it can be taken back, the
        accounts are disconnected and every row goes. Your CRMs keep what is in them.
      </p>
      <div>
        <Button variant="outline" color="var(--coral)" onClick={() => setOpened(true)}>
          Delete {name}…
        </Button>
      </div>
      <Confirm name={name} opened={opened} close={() => setOpened(false)} />
    </div>
  );
}

function Confirm({ name, opened, close }: { name: string; opened: boolean; close: () => void }) {
  const [typed, setTyped] = useState('');
  const ask = useDelete();
  const confirm = (event: React.FormEvent): void => {
    event.preventDefault();
    ask.mutate(typed, { onSuccess: close });
  };
  return (
    <Dialog opened={opened} close={close} title={`Delete ${name}`} size="lg">
      <form className="data-part" onSubmit={confirm}>
        <p>
          Leads that arrive from now on are not routed. Offers that are open stay unanswered. Have you
          exported what you want to keep?
        </p>
        <TextInput
          label={`Type ${name} to go on`}
          autoComplete="off"
          data-autofocus
          value={typed}
          onChange={({ currentTarget: { value } }) => setTyped(value)}
        />
        <Failure error={ask.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Keep it
          </Button>
          <Button type="submit" color="red.9" disabled={typed.trim() !== name} loading={ask.isPending}>
            Delete the workspace
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
