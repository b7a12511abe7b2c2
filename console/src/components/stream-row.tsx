import { CheckCheck, CircleAlert, LoaderCircle } from 'lucide-react';
import { memo } from 'react';
import type { DecisionSummary } from '../../../server/assignments/queries.ts';
import { leadName, presentLook, sourceLabel } from '../lib/outcome.ts';
import { go } from '../lib/route.ts';
import { Ago } from './ago.tsx';

interface Props {
  readonly item: DecisionSummary;
  readonly now: number;
}

/** One decided lead: who, what became of it, who has it, and whether the CRM knows. */
export function StreamRow({ item, now }: Props) {
  const look = presentLook(item);
  return (
    <li className="row">
      <a
        className="row-link"
        href={`/decisions/${item.id}`}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          go(`/decisions/${item.id}`);
        }}
      >
        <span className="row-who">
          <bdi className="row-name">{leadName(item.person)}</bdi>
          <span className="row-sub">
            {item.person?.company && item.person.name && <bdi>{item.person.company}</bdi>}
            <span>{sourceLabel(item.source, item.person?.url ?? null)}</span>
          </span>
        </span>
        <span className="tag" data-tone={look.tone}>
          {look.label}
        </span>
        <span className="row-to">
          <bdi className="row-rep">{holder(item)}</bdi>
          <span className="row-sub">{[item.pool?.name, item.rule?.name].filter(Boolean).join(' · ')}</span>
        </span>
        <Written written={item.written} />
        <Ago iso={item.decidedAt} now={now} />
      </a>
    </li>
  );
}

function holder(item: DecisionSummary): string {
  if (item.current) return item.current.name;
  switch (item.outcome) {
    case 'offered':
      return item.offer.to.length === 1 ? item.offer.to[0]!.name : `${item.offer.to.length} reps`;
    case 'in_queue':
      return item.queue.name;
    case 'assigned':
      return item.rep.name;
    case 'not_routed':
      return item.rep?.name ?? '–';
    case 'waiting':
    case 'merged':
      return '–';
  }
}

const WRITTEN = {
  pending: { icon: <LoaderCircle size={16} />, text: 'Owner is being written' },
  done: { icon: <CheckCheck size={16} />, text: 'Owner stands in the CRM' },
  refused: { icon: <CircleAlert size={16} />, text: 'The CRM refused the owner: open to see what to do' },
} as const;

const Written = memo(({ written }: { written: DecisionSummary['written'] }) =>
  written === 'none' ? (
    <span className="written" />
  ) : (
    <span
      className="written"
      data-written={written}
      title={WRITTEN[written].text}
      role="img"
      aria-label={WRITTEN[written].text}
    >
      {WRITTEN[written].icon}
    </span>
  ),
);
