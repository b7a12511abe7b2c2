import { Box, Flex, Icon, Text } from '@hubspot/ui-extensions';
import type { RuleTrace } from '../record-card.ts';
import { messages } from '../wording/messages.ts';
import { Folded } from './folded.tsx';

interface RulesTriedProps {
  readonly rules: readonly RuleTrace[];
}

/** The rules in the order they were tried, up to the one that matched, and the value that settled each. */
export const RulesTried = ({ rules }: RulesTriedProps) => (
  <Folded title={messages.rules(rules.length)} items={rules}>
    {({ rule, name, matched, because }) => (
      <Flex key={rule} gap="sm" align="start">
        <Icon
          name={matched ? 'success' : 'right'}
          size="sm"
          screenReaderText={matched ? messages.matched : messages.passed}
        />
        <Box flex={1}>
          <Text format={{ fontWeight: 'demibold' }}>{name}</Text>
          <Text variant="microcopy">{because}</Text>
        </Box>
      </Flex>
    )}
  </Folded>
);
