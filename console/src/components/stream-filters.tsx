import { Select, TextInput } from '@mantine/core';
import { Search } from 'lucide-react';
import type { DecisionSummary, Overview } from '../../../server/assignments/queries.ts';

export interface Filter {
  readonly outcome: string | null;
  readonly pool: string | null;
  readonly text: string;
}

export const EVERYTHING: Filter = { outcome: null, pool: null, text: '' };

const OUTCOMES = [
  { value: 'assigned', label: 'Assigned' },
  { value: 'offered', label: 'Offered' },
  { value: 'waiting', label: 'Waiting' },
  { value: 'in_queue', label: 'In queue' },
  { value: 'not_routed', label: 'Not routed' },
];

const words = (item: DecisionSummary): string =>
  [item.person?.name, item.person?.company, item.current?.name, item.pool?.name, item.rule?.name]
    .filter(Boolean)
    .join(' ')
    .toLowerCase();

/** Whether a decision is among those looked for. */
export const matches = (item: DecisionSummary, { outcome, pool, text }: Filter): boolean =>
  (outcome === null || item.outcome === outcome) &&
  (pool === null || item.pool?.id === pool) &&
  (text === '' || words(item).includes(text.toLowerCase()));

interface Props {
  readonly filter: Filter;
  readonly change: (filter: Filter) => void;
  readonly pools: Overview['pools'];
}

export const StreamFilters = ({ filter, change, pools }: Props) => (
  <search className="filters">
    <TextInput
      size="xs"
      aria-label="Find a lead, rep, pool or rule"
      placeholder="Find"
      leftSection={<Search size={14} />}
      value={filter.text}
      onChange={({ currentTarget }) => change({ ...filter, text: currentTarget.value })}
    />
    <Select
      size="xs"
      aria-label="Outcome"
      placeholder="Any outcome"
      clearable
      data={OUTCOMES}
      value={filter.outcome}
      onChange={(outcome) => change({ ...filter, outcome })}
    />
    <Select
      size="xs"
      aria-label="Pool"
      placeholder="Any pool"
      clearable
      data={pools.map(({ id, name }) => ({ value: id, label: name }))}
      value={filter.pool}
      onChange={(pool) => change({ ...filter, pool })}
    />
  </search>
);
