import { Flex, Icon, Text } from '@hubspot/ui-extensions';
import { useNow } from '../state/use-now.ts';
import { messages } from '../wording/messages.ts';
import { moment, type Reader, timeLeft } from '../wording/time.ts';

interface OfferClockProps {
  /** null: the offer has not arrived yet. */
  readonly expiresAt: string | null;
  readonly reader: Reader;
}

/** How long the offer still stands. */
export function OfferClock({ expiresAt, reader }: OfferClockProps) {
  const now = useNow(expiresAt !== null);
  return (
    <Flex gap="xs" align="center">
      <Icon name="clock" size="sm" />
      <Text format={{ fontWeight: 'demibold' }}>{said(expiresAt, now, reader)}</Text>
    </Flex>
  );
}

const said = (expiresAt: string | null, now: number, reader: Reader): string => {
  if (expiresAt === null) return messages.clock.starts;
  const at = moment(expiresAt, now, reader);
  const left = timeLeft(expiresAt, now);
  return left === null ? messages.clock.over(at) : messages.clock.left(left, at);
};
