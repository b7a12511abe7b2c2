import { Flex, Heading, StatusTag, Text } from '@hubspot/ui-extensions';
import type { RecordCard } from '../record-card.ts';
import { messages } from '../wording/messages.ts';
import { standingLook } from '../wording/standing-look.ts';
import { moment, type Reader } from '../wording/time.ts';
import { OfferClock } from './offer-clock.tsx';

interface StandingProps {
  readonly card: RecordCard;
  readonly reader: Reader;
}

/** Who has the lead, or what it waits for. */
export function Standing({ card, reader }: StandingProps) {
  const { standing, explanation } = card;
  const look = standingLook(card);
  const again = standing?.state === 'waiting' ? standing.retryAt : null;
  return (
    <Flex direction="column" gap="xs">
      <StatusTag variant={look.variant}>{look.label}</StatusTag>
      <Heading>{standing?.headline ?? explanation?.reason ?? look.label}</Heading>
      {standing?.state === 'offered' && <OfferClock expiresAt={standing.expiresAt} reader={reader} />}
      {again !== null && (
        <Text variant="microcopy">{messages.clock.again(moment(again, Date.now(), reader))}</Text>
      )}
      {standing?.written === 'pending' && <Text variant="microcopy">{messages.ownerPending}</Text>}
    </Flex>
  );
}
