import { Check } from 'lucide-react';
import type { RefObject } from 'react';

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

/** One of the first steps: done with what came of it, or what is to be done now. */
export const Step = ({ number, title, state, summary, children, now }: StepProps) => (
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
    {children && <div className="step-body">{children}</div>}
  </li>
);
