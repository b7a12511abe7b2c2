import { momentText } from '../routing/render/moment-text.ts';
import { renderDecision } from '../routing/render/render-decision.ts';
import type { Routed } from './create-routing.ts';
import { type Showing, tracesOf } from './view-routed.ts';

/** One lead for people: who has it, why, and each rule up to the one that matched with the values that settled it. */
export const explanationText = (
  { row, decided, taker }: Routed,
  { policy, names, reader }: Showing,
): readonly string[] => {
  const now = decided.inputs.now;
  const { reason } = renderDecision(decided, { names, reader, decidedAt: now });
  const who = taker === null ? decided.outcome.kind.replaceAll('_', ' ') : names.rep(taker);
  const when = `${new Date(now).toISOString().slice(0, 10)} ${momentText(now, now, reader)}`;
  const rules = tracesOf(row, decided, policy).map(
    ({ name, matched, because }) => `    ${matched ? '✓' : '✗'} ${name}: ${because}`,
  );
  return [`${row.id} → ${who} (${when})`, `    ${reason}`, ...rules, ''];
};
