import { Flex, Text } from '@hubspot/ui-extensions';
import type { RuleTrace } from '../record-card.ts';
import { messages } from '../wording/messages.ts';
import { Folded } from './folded.tsx';

interface RulesPassedProps {
  readonly rules: readonly RuleTrace[];
}

/** The rules that did not match, and the value that kept each from it: what would have changed the decision. */
export function RulesPassed({ rules }: RulesPassedProps) {
  const passed = rules.filter(({ matched }) => !matched);
  return (
    <Folded title={messages.rules(passed.length)} items={passed}>
      {({ rule, name, because }) => (
        <Flex key={rule} direction="column">
          <Text format={{ fontWeight: 'demibold' }}>{name}</Text>
          <Text variant="microcopy">{because}</Text>
        </Flex>
      )}
    </Folded>
  );
}
