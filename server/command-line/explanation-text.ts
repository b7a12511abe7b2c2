import { explainRules } from '../routing/explain/explain-rules.ts';
import { momentText } from '../routing/render/moment-text.ts';
import { renderDecision } from '../routing/render/render-decision.ts';
import type { Routed } from './create-routing.ts';
import type { Showing } from './view-routed.ts';

/** One lead for people: who has it, why, and each rule up to the one that matched with the values that settled it. */
export const explanationText = (
  { row, decided, taker }: Routed,
  { policy, names, reader }: Showing,
): readonly string[] => {
  const now = decided.inputs.now;
  const { reason } = renderDecision(decided, { names, reader, decidedAt: now });
  const outcome = decided.outcome.kind.replaceAll('_', ' ');
  const who =
    taker === null ? (decided.logOnly ? `${outcome}, for the log only` : outcome) : names.rep(taker);
  const when = `${new Date(now).toISOString().slice(0, 10)} ${momentText(now, now, reader)}`;
  const rules = explainRules(policy, row.values, decided, now).map(
    ({ name, matched, because }) => `    ${matched ? '✓' : '✗'} ${name}: ${because}`,
  );
  return [`${row.id} → ${who} (${when})`, `    ${reason}`, ...rules, ''];
};
