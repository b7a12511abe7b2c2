import { Button, Flex, LoadingButton, TextArea, Tile } from '@hubspot/ui-extensions';
import { type ReactNode, useState } from 'react';
import { messages } from '../wording/messages.ts';

interface DeedFormProps {
  readonly verb: string;
  readonly variant: 'primary' | 'destructive';
  readonly loading: boolean;
  readonly children: ReactNode;
  readonly onSend: (note: string | undefined) => Promise<void>;
  readonly onCancel: () => void;
}

/** Longest note the service takes. */
const NOTE_LENGTH = 500;

/** A question, an optional note, and the two ways out. */
export function DeedForm({ verb, variant, loading, children, onSend, onCancel }: DeedFormProps) {
  const [note, setNote] = useState('');
  return (
    <Tile compact>
      <Flex direction="column" gap="md">
        {children}
        <TextArea
          name="note"
          label={messages.note}
          value={note}
          rows={2}
          maxLength={NOTE_LENGTH}
          resize="vertical"
          onInput={setNote}
        />
        <Flex gap="sm" wrap="wrap">
          <LoadingButton
            size="sm"
            variant={variant}
            loading={loading}
            onClick={() => onSend(note.trim() || undefined)}
          >
            {verb}
          </LoadingButton>
          <Button size="sm" variant="transparent" disabled={loading} onClick={onCancel}>
            {messages.cancel}
          </Button>
        </Flex>
      </Flex>
    </Tile>
  );
}
