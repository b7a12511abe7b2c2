import type { Decided } from '../decision.ts';
import type { Derived } from '../derive/derive-values.ts';

/** What a decision keeps of what was worked out; nothing where there is nothing. Keys are in order: see `canonicalJson`. */
export const derivedCodes = ({ scored, territory, tier }: Derived): Pick<Decided, 'derived'> => {
  if (scored === null && territory === null && tier === null) return {};
  return {
    derived: {
      ...(scored !== null && { points: scored.points, score: scored.score }),
      ...(territory !== null && { territory }),
      ...(tier !== null && { tier: tier.id }),
      ...(tier?.urgent && { urgent: true }),
    },
  };
};
