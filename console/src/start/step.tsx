import { Check } from 'lucide-react';
import type { RefObject } from 'react';
import { useMay } from '../api/use-me.ts';

interface StepProps {
  readonly number: number;
  readonly title: string;
  readonly state: 'done' | 'now' | 'open';
  /** Beside the title, once there is something to say. */
  readonly summary?: React.ReactNode;
  readonly children?: React.ReactNode;
  /** The step that is to be done now. */
  readonly now: RefObject<HTMLLIElement | null>;
}

/** One of the first steps: done with what came of it, or what is to be done now, for who may do it. */
export function Step({ number, title, state, summary, children, now }: StepProps) {
  const may = useMay('administer');
  return (
    <li
      className="step-card panel"
      data-state={state}
      {...(state === 'now' && { ref: now, tabIndex: -1, 'aria-current': 'step' })}
    >
      <div className="step-head">
        <span className="step-mark" aria-hidden="true">
          {state === 'done' ? <Check size={16} strokeWidth={3} /> : number}
        </span>
        <h2>
          {title}
          {state === 'done' && <span className="sr"> (done)</span>}
        </h2>
        {summary && <span className="step-summary">{summary}</span>}
      </div>
      {children && may && <div className="step-body">{children}</div>}
    </li>
  );
}
