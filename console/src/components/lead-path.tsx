import { Check, ChevronDown, X } from 'lucide-react';
import { useState } from 'react';
import type { ExplanationView } from '../../../server/assignments/views.ts';

const SHOWN = 4;

/** The way through the policy: rules passed over and why, the rule that matched, the steps it took. */
export function LeadPath({ story }: { story: ExplanationView }) {
  const [all, setAll] = useState(false);
  const passed = story.rules.filter(({ matched }) => !matched);
  const matched = story.rules.find((rule) => rule.matched);
  const hidden = all ? 0 : Math.max(0, passed.length - SHOWN);
  return (
    <section aria-label="Path through the policy">
      <h4 className="label">Path through the policy</h4>
      <ol className="path">
        {hidden > 0 && (
          <li>
            <button type="button" className="hint" onClick={() => setAll(true)}>
              <ChevronDown size={14} aria-hidden="true" /> {hidden} earlier rules did not match
            </button>
          </li>
        )}
        {passed.slice(hidden).map((rule) => (
          <li key={rule.rule} data-took="false">
            <X size={15} aria-hidden="true" />
            <span>
              <b>{rule.name}</b> <span className="muted">{rule.because}</span>
            </span>
          </li>
        ))}
        {(matched || story.steps.length > 0) && (
          <li data-took="true">
            <Check size={15} aria-hidden="true" />
            <span>
              <b>{matched?.name ?? 'Fallback'}</b>{' '}
              <span className="muted">{matched?.because ?? 'no rule matched'}</span>
            </span>
          </li>
        )}
        {story.steps.map((step) => (
          <li key={step.key} data-took={step.took} className="step">
            {step.took ? <Check size={15} aria-hidden="true" /> : <X size={15} aria-hidden="true" />}
            <span>{step.text}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
