import { Button, ErrorState, Flex, Text } from '@hubspot/ui-extensions';
import type { Trouble, TroubleKind } from '../service/answer.ts';
import { messages } from '../wording/messages.ts';

interface TroubleStateProps {
  readonly trouble: Trouble;
  readonly onRetry?: () => Promise<void>;
}

const LOOKS: Readonly<Record<TroubleKind, 'error' | 'support' | 'lock'>> = {
  unreachable: 'error',
  not_connected: 'lock',
  not_known: 'lock',
  not_accepted: 'lock',
  busy: 'error',
  unreadable: 'support',
  not_set_up: 'support',
};

/** Nothing can be shown: why, and what to do. */
export function TroubleState({ trouble, onRetry }: TroubleStateProps) {
  const { title, text } = messages.troubles[trouble.what];
  return (
    <ErrorState title={title} type={LOOKS[trouble.what]}>
      <Flex direction="column" align="start" gap="sm">
        <Text>{trouble.detail ?? text}</Text>
        {onRetry && (
          <Button size="sm" onClick={() => void onRetry()}>
            {messages.tryAgain}
          </Button>
        )}
      </Flex>
    </ErrorState>
  );
}
