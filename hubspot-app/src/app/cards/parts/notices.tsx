import { Alert, Text } from '@hubspot/ui-extensions';
import type { RecordCard } from '../record-card.ts';
import type { RecordCardState } from '../state/use-record-card.ts';
import { messages } from '../wording/messages.ts';

interface NoticesProps {
  readonly lead: RecordCardState;
  readonly card: RecordCard;
}

/** What the person who looks should know before they do anything. */
export function Notices({ lead, card }: NoticesProps) {
  const { refusal, trouble } = lead;
  const { standing, explanation } = card;
  return (
    <>
      {refusal !== null && (
        <Alert title={messages.refused} variant="warning">
          {refusal}
        </Alert>
      )}
      {trouble !== null && (
        <Alert title={messages.troubles[trouble.what].title} variant="danger">
          <Text>{trouble.detail ?? messages.troubles[trouble.what].text}</Text>
          <Text>{messages.stale}</Text>
        </Alert>
      )}
      {standing?.written === 'refused' && (
        <Alert title={messages.ownerRefused.title} variant="danger">
          {standing.remedy ?? messages.ownerRefused.text}
        </Alert>
      )}
      {explanation?.logOnly && (
        <Alert title={messages.logOnly.title} variant="info">
          {messages.logOnly.text}
        </Alert>
      )}
    </>
  );
}
