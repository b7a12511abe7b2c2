import type { Condition } from './condition.ts';
import { eventField, SCORE, TERRITORY, TIER } from './scope.ts';

/** Which of what is worked out of a lead a condition asks for. */
export interface Asked {
  readonly territory: boolean;
  readonly tier: boolean;
  readonly score: boolean;
  readonly event: boolean;
}

/** What a condition asks for besides fields and the time. */
export const askedOf = (condition: Condition): Asked => {
  const names = new Set(fieldsOf(condition));
  return {
    territory: names.has(TERRITORY),
    tier: names.has(TIER),
    score: names.has(SCORE),
    event: [...names].some((name) => name.startsWith(eventField(''))),
  };
};

const fieldsOf = (condition: Condition): readonly string[] => {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.of.flatMap(fieldsOf);
    case 'not':
      return fieldsOf(condition.of);
    case 'time':
      return [];
    case 'fields':
      return [condition.field, condition.other];
    default:
      return [condition.field];
  }
};
