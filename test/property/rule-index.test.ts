import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluate } from '../../server/routing/conditions/evaluate.ts';
import { compileRules } from '../../server/routing/match-rules/compile-rules.ts';
import { conjunctionsOf } from '../../server/routing/match-rules/normal-form.ts';
import { conditions, leads, moments } from './condition-arbitraries.ts';

const timezone = 'Europe/London';

test('the index finds the rule that trying them one by one finds', () => {
  let matched = 0;
  fc.assert(
    fc.property(
      fc.array(conditions, { minLength: 1, maxLength: 40 }),
      fc.array(fc.tuple(leads, moments), { minLength: 1, maxLength: 10 }),
      (rules, visits) => {
        const match = compileRules(rules, timezone);
        for (const [values, now] of visits) {
          const plain = rules.findIndex((rule) => evaluate(rule, values, { now, timezone }) === true);
          expect(match(values, now)).toBe(plain);
          if (plain > 0) matched++;
        }
      },
    ),
    { numRuns: 1500 },
  );
  expect(matched).toBeGreaterThan(1000);
});

test('one condition alone is found exactly when it is true', () => {
  fc.assert(
    fc.property(conditions, leads, moments, (condition, values, now) => {
      const truth = evaluate(condition, values, { now, timezone });
      expect(compileRules([condition], timezone)(values, now)).toBe(truth === true ? 0 : -1);
    }),
    { numRuns: 3000 },
  );
});

test('spreading a condition over conjunctions keeps what it is true of', () => {
  fc.assert(
    fc.property(conditions, leads, moments, (condition, values, now) => {
      const moment = { now, timezone };
      const holds = conjunctionsOf(condition).some((conjunction) =>
        conjunction.every(({ test: part, negated }) => evaluate(part, values, moment) === !negated),
      );
      expect(holds).toBe(evaluate(condition, values, moment) === true);
    }),
    { numRuns: 3000 },
  );
});

test('double negation and De Morgan hold with unknown values', () => {
  fc.assert(
    fc.property(conditions, conditions, leads, moments, (a, b, values, now) => {
      const moment = { now, timezone };
      const not = (of: typeof a) => ({ kind: 'not', of }) as const;
      expect(evaluate(not(not(a)), values, moment)).toBe(evaluate(a, values, moment));
      expect(evaluate(not({ kind: 'all', of: [a, b] }), values, moment)).toBe(
        evaluate({ kind: 'any', of: [not(a), not(b)] }, values, moment),
      );
    }),
  );
});
