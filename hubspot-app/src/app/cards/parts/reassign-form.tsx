import { Select } from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { RecordCard } from '../record-card.ts';
import type { Deed } from '../service/create-service.ts';
import type { Busy } from '../state/use-record-card.ts';
import { messages } from '../wording/messages.ts';
import { DeedForm } from './deed-form.tsx';

interface ReassignFormProps {
  readonly card: RecordCard;
  readonly busy: Busy;
  readonly onReassign: (deed: Deed, said: string) => Promise<void>;
  readonly onCancel: () => void;
}

/** Gives the lead to a named rep, past the policy. */
export function ReassignForm({ card, busy, onReassign, onCancel }: ReassignFormProps) {
  const [chosen, setChosen] = useState<string | null>(null);
  const [missed, setMissed] = useState(false);
  const rep = card.reps.find(({ id }) => id === chosen);
  const send = async (note: string | undefined) => {
    setMissed(rep === undefined);
    if (rep)
      await onReassign(
        { kind: 'reassign', rep: rep.id, ...(note && { note }) },
        messages.reassigned(rep.name),
      );
  };
  return (
    <DeedForm
      verb={messages.reassign}
      variant="primary"
      loading={busy === 'reassign'}
      onSend={send}
      onCancel={onCancel}
    >
      <Select
        name="rep"
        label={messages.rep}
        placeholder={messages.chooseRep}
        options={card.reps.map(({ id, name }) => ({ value: id, label: name }))}
        value={chosen ?? ''}
        error={missed && rep === undefined}
        validationMessage={missed && rep === undefined ? messages.chooseRep : ''}
        onChange={(value) => setChosen(String(value))}
      />
    </DeedForm>
  );
}
