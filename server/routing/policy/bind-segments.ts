import { bindCondition } from '../conditions/bind-condition.ts';
import type { Condition } from '../conditions/condition.ts';
import { NEVER, type Report } from '../conditions/report.ts';
import type { Scope } from '../conditions/scope.ts';
import type { SegmentDocument } from './segments.ts';

/**
 * Binds segments, each once and where it stands; one that is made of itself is reported by name. Gives the look-up
 * that `Scope.segment` is.
 */
export const bindSegments = (
  documents: readonly SegmentDocument[],
  scope: Omit<Scope, 'segment'>,
  report: Report,
): Scope['segment'] => {
  const indexes = new Map(documents.map(({ id }, i) => [id, i]));
  const bound = new Map<string, Condition>();
  const open: string[] = [];
  const look = (id: string): Condition => {
    const known = bound.get(id);
    if (known !== undefined) return known;
    const index = indexes.get(id)!;
    const path = ['segments', index, 'when'];
    if (open.includes(id)) {
      const circle = [...open.slice(open.indexOf(id)), id].join(' → ');
      report(path, `${circle}: a segment cannot be made of itself; break the circle`);
      return NEVER;
    }
    open.push(id);
    const { name, when } = documents[index]!;
    const of = [bindCondition(when, { ...scope, segment: look }, path, report)];
    open.pop();
    const condition: Condition = Object.freeze({ kind: 'all', of, segment: name });
    bound.set(id, condition);
    return condition;
  };
  // All of them, used or not: a mistake is told wherever it is.
  for (const { id } of documents) look(id);
  return look;
};
