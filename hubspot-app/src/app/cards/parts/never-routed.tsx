import { EmptyState, Flex, LoadingButton, Text } from '@hubspot/ui-extensions';
import { messages } from '../wording/messages.ts';

interface NeverRoutedProps {
  readonly busy: boolean;
  readonly onRefresh: () => Promise<void>;
}

/** No decision was made about the record. */
export function NeverRouted({ busy, onRefresh }: NeverRoutedProps) {
  return (
    <EmptyState title={messages.neverRouted.title} layout="vertical" imageName="leads" imageWidth={120} flush>
      <Flex direction="column" align="start" gap="sm">
        <Text>{messages.neverRouted.text}</Text>
        <LoadingButton size="sm" variant="secondary" loading={busy} onClick={() => void onRefresh()}>
          {messages.refresh}
        </LoadingButton>
      </Flex>
    </EmptyState>
  );
}
