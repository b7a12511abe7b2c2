import { AutoGrid, DescriptionList, DescriptionListItem, Flex, Text } from '@hubspot/ui-extensions';
import type { ExplanationView, NamedRef, RecordStanding } from '../record-card.ts';
import { messages } from '../wording/messages.ts';
import { moment, type Reader } from '../wording/time.ts';

/** Two beside each other in a sidebar. */
const COLUMN = 120;

interface WhyProps {
  readonly explanation: ExplanationView;
  readonly standing: RecordStanding | null;
  readonly reader: Reader;
}

/** The reason in sentences, then what it is about. */
export function Why({ explanation, standing, reader }: WhyProps) {
  const facts = [...holders(standing), ...origin(explanation, reader)];
  return (
    <Flex direction="column" gap="sm">
      <Flex direction="column" gap="xs">
        <Text format={{ fontWeight: 'demibold' }}>{messages.why}</Text>
        <Text>{explanation.reason}</Text>
      </Flex>
      <AutoGrid columnWidth={COLUMN} flexible gap="sm">
        {facts.map(([label, value]) => (
          <DescriptionList key={label}>
            <DescriptionListItem label={label}>{value}</DescriptionListItem>
          </DescriptionList>
        ))}
      </AutoGrid>
    </Flex>
  );
}

type Fact = readonly [label: string, value: string];

const named = (label: string, ref: NamedRef | null | undefined): Fact[] => (ref ? [[label, ref.name]] : []);

/** Who is asked, and who holds the record: for good, or while nobody has the lead yet. */
const holders = (standing: RecordStanding | null): Fact[] => {
  if (standing === null) return [];
  const { state, owner, queue, offeredTo } = standing;
  const asked = offeredTo.map(({ name }) => name).join(', ');
  const open = state === 'offered' || state === 'waiting';
  return [
    ...(asked === '' ? [] : [[messages.facts.offeredTo, asked] as const]),
    ...named(open ? messages.facts.meanwhile : messages.facts.owner, owner),
    ...named(open ? messages.facts.meanwhile : messages.facts.queue, queue),
  ];
};

const origin = ({ rule, pool, decidedAt }: ExplanationView, reader: Reader): Fact[] => [
  ...named(messages.facts.rule, rule),
  ...named(messages.facts.pool, pool),
  [messages.facts.decided, moment(decidedAt, Date.now(), reader)],
];
