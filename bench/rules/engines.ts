import { ZenEngine } from '@gorules/zen-engine';
import { Engine } from 'json-rules-engine';
import { evaluate } from '../../server/routing/conditions/evaluate.ts';
import type { LeadValues } from '../../server/routing/lead.ts';
import { compileRules } from '../../server/routing/match-rules/compile-rules.ts';
import { type MixedRule, type Test, toCondition } from './rule-mix.ts';

/** An engine loaded with rules. `match` gives the first matching rule's index for each lead, or -1. */
export interface Loaded {
  readonly match: (leads: readonly LeadValues[]) => Promise<readonly number[]> | readonly number[];
  readonly close: () => void;
}

export interface MatchEngine {
  readonly name: string;
  readonly load: (rules: readonly MixedRule[]) => Loaded;
}

const nothing = () => {};

export const fairlead: MatchEngine = {
  name: 'Fairlead',
  load: (rules) => {
    const match = compileRules(rules.map(toCondition), 'UTC');
    return { match: (leads) => leads.map((lead) => match(lead, 0)), close: nothing };
  },
};

/** The meaning itself: rules tried one by one. What every engine must agree with. */
export const oneByOne: MatchEngine = {
  name: 'one by one',
  load: (rules) => {
    const conditions = rules.map(toCondition);
    const moment = { now: 0, timezone: 'UTC' };
    return {
      match: (leads) =>
        leads.map((lead) => conditions.findIndex((condition) => evaluate(condition, lead, moment) === true)),
      close: nothing,
    };
  },
};

/**
 * json-rules-engine has no first-match mode. There are two ways to have one: all rules at once and the least index of
 * those that fired, or a priority for each rule and a stop at the first success. Few rules favour the first way, many
 * the second; both are measured and the faster one counts.
 */
const jsonRulesEngineBy = (way: 'all at once' | 'by priority'): MatchEngine => ({
  name: `json-rules-engine, ${way}`,
  load: (rules) => {
    const engine = new Engine([], { allowUndefinedFacts: true });
    engine.addOperator('holds', (value: string, part: string) => value.includes(part));
    rules.forEach((tests, index) => {
      engine.addRule({
        conditions: { all: tests.flatMap(toJsonRules) },
        event: { type: 'match', params: { index } },
        priority: way === 'by priority' ? rules.length - index : 1,
      });
    });
    if (way === 'by priority') engine.on('success', () => engine.stop());
    const one = async (lead: LeadValues): Promise<number> => {
      const { events } = await engine.run({ ...lead });
      const fired = events.map(({ params }) => params!.index as number);
      return fired.length === 0 ? -1 : Math.min(...fired);
    };
    return {
      match: async (leads) => {
        const found: number[] = [];
        for (const lead of leads) found.push(await one(lead));
        return found;
      },
      close: nothing,
    };
  },
});

export const jsonRulesEngines: readonly MatchEngine[] = [
  jsonRulesEngineBy('all at once'),
  jsonRulesEngineBy('by priority'),
];

const toJsonRules = (test: Test): { fact: string; operator: string; value: unknown }[] => {
  const fact = test.field;
  switch (test.op) {
    case 'eq':
      return [{ fact, operator: 'equal', value: test.value }];
    case 'ne':
      return [{ fact, operator: 'notEqual', value: test.value }];
    case 'contains':
      return [{ fact, operator: 'holds', value: test.value }];
    case 'in':
      return [{ fact, operator: 'in', value: test.values }];
    case 'gte':
      return [{ fact, operator: 'greaterThanInclusive', value: test.value }];
    case 'lt':
      return [{ fact, operator: 'lessThan', value: test.value }];
    case 'between':
      return [
        { fact, operator: 'greaterThanInclusive', value: test.from },
        { fact, operator: 'lessThanInclusive', value: test.to },
      ];
    case 'same':
      return [{ fact, operator: 'equal', value: { fact: test.other } }];
    default:
      return test satisfies never;
  }
};

/** A decision table with hit policy `first`, one row a rule; leads are handed over together, as its threads allow. */
export const zenEngine: MatchEngine = {
  name: 'zen-engine',
  load: (rules) => {
    const engine = new ZenEngine();
    const decision = engine.createDecision(toTable(rules));
    const one = async (lead: LeadValues): Promise<number> => {
      const { result } = await decision.evaluate(lead);
      return typeof result?.index === 'number' ? result.index : -1;
    };
    return { match: (leads) => Promise.all(leads.map(one)), close: () => engine.dispose() };
  },
};

const toTable = (rules: readonly MixedRule[]): object => {
  const fields = [...new Set(rules.flat().map(({ field }) => field))];
  const row = (tests: MixedRule, index: number) => ({
    _id: String(index),
    ...Object.fromEntries(fields.map((field) => [field, ''])),
    ...Object.fromEntries(tests.map((test) => [test.field, toCell(test)])),
    index: String(index),
  });
  const content = {
    hitPolicy: 'first',
    rules: rules.map(row),
    inputs: fields.map((field) => ({ id: field, name: field, type: 'expression', field })),
    outputs: [{ id: 'index', name: 'index', type: 'expression', field: 'index' }],
  };
  const position = { x: 0, y: 0 };
  return {
    nodes: [
      { id: 'in', name: 'in', type: 'inputNode', position },
      { id: 'table', name: 'table', type: 'decisionTableNode', position, content },
      { id: 'out', name: 'out', type: 'outputNode', position },
    ],
    edges: [
      { id: 'a', type: 'edge', sourceId: 'in', targetId: 'table' },
      { id: 'b', type: 'edge', sourceId: 'table', targetId: 'out' },
    ],
  };
};

const toCell = (test: Test): string => {
  switch (test.op) {
    case 'eq':
      return JSON.stringify(test.value);
    case 'ne':
      return `!= ${JSON.stringify(test.value)}`;
    case 'contains':
      return `contains($, ${JSON.stringify(test.value)})`;
    case 'in':
      return test.values.map((value) => JSON.stringify(value)).join(', ');
    case 'gte':
      return `>= ${test.value}`;
    case 'lt':
      return `< ${test.value}`;
    case 'between':
      return `[${test.from}..${test.to}]`;
    case 'same':
      return `$ == ${test.other}`;
    default:
      return test satisfies never;
  }
};
