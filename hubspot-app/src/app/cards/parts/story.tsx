import { Flex } from '@hubspot/ui-extensions';
import type { RecordCard } from '../record-card.ts';
import type { Reader } from '../wording/time.ts';
import { Candidates } from './candidates.tsx';
import { History } from './history.tsx';
import { RulesTried } from './rules-tried.tsx';
import { Why } from './why.tsx';

interface StoryProps {
  readonly card: RecordCard;
  readonly reader: Reader;
}

/** Why the lead stands where it stands. */
export function Story({ card: { explanation, standing }, reader }: StoryProps) {
  if (explanation === null) return null;
  return (
    <Flex direction="column" gap="sm">
      <Why explanation={explanation} standing={standing} reader={reader} />
      <Candidates candidates={explanation.candidates} />
      <RulesTried rules={explanation.rules} />
      <History story={explanation.story} reader={reader} />
    </Flex>
  );
}
