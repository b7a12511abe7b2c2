import type { StoryEntry } from '../../../server/assignments/views.ts';
import { clock, exact } from '../lib/time.ts';

/** What happened to the lead, oldest first. */
export const Timeline = ({ entries }: { entries: readonly StoryEntry[] }) =>
  entries.length === 0 ? null : (
    <section aria-label="What happened">
      <h4 className="label">What happened</h4>
      <ol className="timeline">
        {entries.map((entry) => (
          <li key={`${entry.at}/${entry.kind}/${entry.rep?.id ?? ''}/${entry.text}`} data-kind={entry.kind}>
            <time dateTime={entry.at} title={exact(entry.at)}>
              {clock(entry.at, Date.now())}
            </time>
            <span>{entry.text}</span>
          </li>
        ))}
      </ol>
    </section>
  );
