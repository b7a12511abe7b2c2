import { Flex, StatusTag, type StatusTagProps, Text } from '@hubspot/ui-extensions';
import type { CandidateView } from '../record-card.ts';
import { messages } from '../wording/messages.ts';
import { Folded } from './folded.tsx';

interface CandidatesProps {
  readonly candidates: readonly CandidateView[];
}

const LABELS: Readonly<Record<string, string>> = messages.codes;
const VARIANTS: Readonly<Record<string, StatusTagProps['variant']>> = {
  chosen: 'success',
  outranked: 'info',
  at_capacity: 'warning',
  declined_before: 'warning',
  unreachable: 'danger',
};

/** Everyone who could have had the lead: the one who got it first, and why not each other one. */
export function Candidates({ candidates }: CandidatesProps) {
  const manyPools = new Set(candidates.map(({ pool }) => pool)).size > 1;
  const chosenFirst = [...candidates].sort(
    (one, other) => Number(other.code === 'chosen') - Number(one.code === 'chosen'),
  );
  return (
    <Folded title={messages.candidates(candidates.length)} items={chosenFirst}>
      {({ rep, name, code, detail, pool }) => (
        <Flex key={`${pool}/${rep}`} direction="column">
          <Flex justify="between" align="center" gap="xs" wrap="wrap">
            <Text format={{ fontWeight: 'demibold' }}>{name}</Text>
            <StatusTag variant={VARIANTS[code] ?? 'default'} hollow={code !== 'chosen'}>
              {LABELS[code] ?? code.replaceAll('_', ' ')}
            </StatusTag>
          </Flex>
          <Text variant="microcopy">{manyPools ? `${pool}: ${detail}` : detail}</Text>
        </Flex>
      )}
    </Folded>
  );
}
