import { Flex, LoadingButton, Text } from '@hubspot/ui-extensions';
import type { RecordCard } from '../record-card.ts';
import type { RecordCardState } from '../state/use-record-card.ts';
import { messages } from '../wording/messages.ts';
import { moment, type Reader } from '../wording/time.ts';

interface FootingProps {
  readonly lead: RecordCardState;
  readonly card: RecordCard;
  readonly reader: Reader;
}

/** How fresh the card is, under which policy it was decided, and the way to a fresher one. */
export function Footing({ lead, card, reader }: FootingProps) {
  const version = card.explanation?.policy.version;
  const when = messages.asOf(moment(card.asOf, Date.now(), reader));
  const said = version === undefined ? when : `${when}, ${messages.policy(version)}`;
  return (
    <Flex justify="between" align="center" gap="sm" wrap="wrap">
      <Text variant="microcopy">{said}</Text>
      <LoadingButton
        size="xs"
        variant="secondary"
        loading={lead.busy === 'look'}
        disabled={lead.busy !== null}
        onClick={() => void lead.look()}
      >
        {messages.refresh}
      </LoadingButton>
    </Flex>
  );
}
