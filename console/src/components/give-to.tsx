import { Button, Group, Select, Textarea } from '@mantine/core';
import { useId, useRef, useState } from 'react';
import type { ExplanationView } from '../../../server/assignments/views.ts';
import { useGive, useReps } from '../api/use-give.ts';
import { useMay } from '../api/use-me.ts';
import { Failure } from './failure.tsx';

/** Gives the lead to somebody else by hand, for who may; a closed lead is nobody's to give. */
export function GiveTo({ story }: { story: ExplanationView }) {
  const may = useMay('manage');
  const [open, setOpen] = useState(false);
  const [said, setSaid] = useState('');
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const closed = story.state === 'closed';
  // A lead that ends while somebody chooses leaves them what they chose, and the refusal.
  if (!may || (closed && !open)) return null;
  const close = (told: string) => {
    setOpen(false);
    setSaid(told);
    button.current?.focus();
  };
  return (
    <section className="give-to" aria-label="Give to somebody else">
      <Group gap="sm">
        <Button
          ref={button}
          size="compact-md"
          variant="default"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => (open ? close('') : setOpen(true))}
        >
          Give to…
        </Button>
        <span role="status">{said}</span>
      </Group>
      {open && <GiveForm id={id} story={story} close={close} />}
    </section>
  );
}

interface GiveFormProps {
  readonly id: string;
  readonly story: ExplanationView;
  /** Called with what came of it; empty: nothing. */
  readonly close: (told: string) => void;
}

function GiveForm({ id, story, close }: GiveFormProps) {
  const reps = useReps(true);
  const give = useGive(story.assignment);
  const [rep, setRep] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const [missed, setMissed] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const choices = (reps.data ?? [])
    .filter((one) => one.id !== story.current?.id)
    .map((one) => ({ value: one.id, label: one.name ?? one.id }))
    .sort((a, b) => a.label.localeCompare(b.label, 'en'));
  const name = choices.find(({ value }) => value === rep)?.label;
  const send = () => {
    setMissed(name === undefined);
    if (rep === null || name === undefined) return field.current?.focus();
    give.mutate(
      { rep, note: note.trim() || null },
      { onSuccess: ({ already }) => close(already ? `${name} has it already.` : `Given to ${name}.`) },
    );
  };
  return (
    <form
      id={id}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Select
        ref={field}
        label="Rep"
        placeholder="Choose a rep"
        searchable
        data-autofocus
        autoFocus
        limit={50}
        nothingFoundMessage={reps.data ? 'No rep of that name' : 'Asking for the reps'}
        comboboxProps={{ withinPortal: false }}
        data={choices}
        value={rep}
        error={missed && name === undefined ? 'Choose a rep.' : null}
        onChange={setRep}
      />
      <Textarea
        label="Note (optional)"
        maxLength={1_000}
        autosize
        minRows={2}
        value={note}
        onChange={({ currentTarget }) => setNote(currentTarget.value)}
      />
      <Failure error={give.error ?? reps.error} />
      <Group gap="sm">
        <Button type="submit" loading={give.isPending}>
          Give
        </Button>
        <Button variant="default" disabled={give.isPending} onClick={() => close('')}>
          Cancel
        </Button>
      </Group>
    </form>
  );
}
