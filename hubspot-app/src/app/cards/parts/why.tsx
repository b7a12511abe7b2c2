import { DescriptionList, DescriptionListItem, Flex, Text } from '@hubspot/ui-extensions';
import type { ExplanationView, NamedRef, RecordStanding } from '../record-card.ts';
import { messages } from '../wording/messages.ts';
import { moment, type Reader } from '../wording/time.ts';

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
      <DescriptionList direction="row">
        {facts.map(([label, value]) => (
          <DescriptionListItem key={label} label={label}>
            {value}
          </DescriptionListItem>
        ))}
      </DescriptionList>
    </Flex>
  );
}

type Fact = readonly [label: string, value: string];

const named = (label: string, ref: NamedRef | null | undefined): Fact[] => (ref ? [[label, ref.name]] : []);

/** Who holds the lead on its record, and who is asked. */
const holders = (standing: RecordStanding | null): Fact[] => {
  if (standing === null) return [];
  const asked = standing.offeredTo.map(({ name }) => name).join(', ');
  return [
    ...named(messages.facts.owner, standing.owner),
    ...named(messages.facts.queue, standing.queue),
    ...(asked === '' ? [] : [[messages.facts.offeredTo, asked] as const]),
  ];
};

const origin = ({ rule, pool, decidedAt }: ExplanationView, reader: Reader): Fact[] => [
  ...named(messages.facts.rule, rule),
  ...named(messages.facts.pool, pool),
  [messages.facts.decided, moment(decidedAt, Date.now(), reader)],
];
