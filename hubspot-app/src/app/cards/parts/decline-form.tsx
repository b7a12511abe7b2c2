import { ToggleGroup } from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { RecordCard } from '../record-card.ts';
import type { Deed } from '../service/create-service.ts';
import type { Busy } from '../state/use-record-card.ts';
import { messages } from '../wording/messages.ts';
import { DeedForm } from './deed-form.tsx';

interface DeclineFormProps {
  readonly card: RecordCard;
  readonly busy: Busy;
  readonly onDecline: (deed: Deed, said: string) => Promise<void>;
  readonly onCancel: () => void;
}

/** Asks for the reason: it tells the policy's owners what to mend. */
export function DeclineForm({ card, busy, onDecline, onCancel }: DeclineFormProps) {
  const [reason, setReason] = useState<string | null>(null);
  const [missed, setMissed] = useState(false);
  const send = async (note: string | undefined) => {
    setMissed(reason === null);
    if (reason !== null)
      await onDecline({ kind: 'decline', reason, ...(note && { note }) }, messages.declined);
  };
  return (
    <DeedForm
      verb={messages.decline}
      variant="destructive"
      loading={busy === 'decline'}
      onSend={send}
      onCancel={onCancel}
    >
      <ToggleGroup
        toggleType="radioButtonList"
        name="reason"
        label={messages.declineTitle}
        options={card.declineReasons.map(({ code, label }) => ({ value: code, label }))}
        value={reason ?? ''}
        error={missed && reason === null}
        validationMessage={missed && reason === null ? messages.chooseReason : ''}
        onChange={(value: string) => setReason(value)}
      />
    </DeedForm>
  );
}
