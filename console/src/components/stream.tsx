import { Button, Skeleton } from '@mantine/core';
import { ArrowUp } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Overview } from '../../../server/assignments/queries.ts';
import type { useFeed } from '../api/use-feed.ts';
import { useNow } from '../lib/use-now.ts';
import { EmptyStream } from './empty-stream.tsx';
import { EVERYTHING, type Filter, matches, StreamFilters } from './stream-filters.tsx';
import { StreamRow } from './stream-row.tsx';

const PAGE = 100;

interface Props {
  readonly feed: ReturnType<typeof useFeed>;
  readonly overview: Overview | null;
}

/** Leads as they are decided, newest first. While the pointer or the focus rests here, new ones wait behind a button. */
export function Stream({ feed, overview }: Props) {
  const [filter, setFilter] = useState<Filter>(EVERYTHING);
  const [rows, setRows] = useState(PAGE);
  const now = useNow();
  const found = useMemo(() => feed.shown.filter((item) => matches(item, filter)), [feed.shown, filter]);
  const more = found.length > rows || feed.older !== null;
  return (
    <section
      className="panel stream"
      id="decisions"
      aria-labelledby="stream-title"
      tabIndex={-1}
      onMouseEnter={() => feed.hold(true)}
      onMouseLeave={() => feed.hold(false)}
      onFocus={() => feed.hold(true)}
      onBlur={() => feed.hold(false)}
    >
      <div className="panel-head">
        <h2 id="stream-title">Decisions</h2>
        <StreamFilters filter={filter} change={setFilter} pools={overview?.pools ?? []} />
      </div>
      <div className="news" aria-live="polite">
        {feed.held.length > 0 && (
          <Button size="compact-sm" radius="xl" leftSection={<ArrowUp size={14} />} onClick={feed.showHeld}>
            {feed.held.length} new
          </Button>
        )}
      </div>
      {feed.status === 'loading' && <Waiting />}
      {feed.status !== 'loading' && feed.shown.length === 0 && <EmptyStream />}
      {feed.shown.length > 0 && found.length === 0 && (
        <p className="muted pad">
          None of the leads shown fits.{' '}
          <button type="button" className="hint" onClick={() => setFilter(EVERYTHING)}>
            Show all
          </button>
        </p>
      )}
      <ol className="rows" aria-label="Decided leads, newest first">
        {found.slice(0, rows).map((item) => (
          <StreamRow key={item.id} item={item} now={now} />
        ))}
      </ol>
      {found.length > 0 && more && (
        <Button
          variant="subtle"
          color="gray"
          fullWidth
          onClick={() => (found.length > rows ? setRows(rows + PAGE) : void feed.loadOlder())}
        >
          Show older
        </Button>
      )}
    </section>
  );
}

const Waiting = () => (
  <div className="pad" aria-hidden="true">
    {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
      <Skeleton key={key} height={52} mb={10} radius="md" />
    ))}
  </div>
);
