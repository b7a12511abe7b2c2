import { Box, Flex, Icon, type IconNames, Text } from '@hubspot/ui-extensions';
import type { StoryEntry } from '../record-card.ts';
import { messages } from '../wording/messages.ts';
import { moment, type Reader } from '../wording/time.ts';
import { Folded } from './folded.tsx';

interface HistoryProps {
  readonly story: readonly StoryEntry[];
  readonly reader: Reader;
}

const ICONS: Readonly<Record<string, IconNames>> = {
  assigned: 'contact',
  offered: 'send',
  claimed: 'success',
  declined: 'block',
  expired: 'delay',
  waiting: 'clock',
  queued: 'inbox',
  owner_written: 'dataSync',
  owner_refused: 'warning',
  unreachable: 'notificationOff',
  reassigned_outside: 'rotate',
  native_rule: 'rotate',
  reassigned: 'rotate',
  sla_missed: 'delay',
  sla_met: 'success',
  sla_reassigned: 'rotate',
  sla_kept: 'delay',
};

/** What happened to the lead, the latest first. */
export function History({ story, reader }: HistoryProps) {
  const now = Date.now();
  return (
    <Folded title={messages.history(story.length)} items={[...story].reverse()}>
      {({ at, kind, text }, index) => (
        <Flex key={`${at}/${kind}/${index}`} gap="sm" align="start">
          <Icon name={ICONS[kind] ?? 'circleFilled'} size="sm" />
          <Box flex={1}>
            <Text>{text}</Text>
            <Text variant="microcopy">{moment(at, now, reader)}</Text>
          </Box>
        </Flex>
      )}
    </Folded>
  );
}
