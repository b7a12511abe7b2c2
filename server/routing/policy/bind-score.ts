import { bindCondition } from '../conditions/bind-condition.ts';
import type { ConditionDocument } from '../conditions/condition-document.ts';
import type { Report } from '../conditions/report.ts';
import type { Scope } from '../conditions/scope.ts';
import type { Score } from './score.ts';

/** Binds the conditions that points depend on. */
export const bindScore = (score: Score<ConditionDocument>, scope: Scope, report: Report): Score => ({
  ...score,
  points: score.points.map((points, i) => ({
    ...points,
    when: bindCondition(points.when, scope, ['score', 'points', i, 'when'], report),
  })),
});
