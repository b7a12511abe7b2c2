import { decide } from '../../server/routing/decide/decide.ts';
import type { LeadValues } from '../../server/routing/lead.ts';
import { parsePolicy } from '../../server/routing/policy/parse-policy.ts';
import { renderDecision } from '../../server/routing/render/render-decision.ts';
import { leadOf, NOW, policyOf, worldOf } from './routing-world.ts';

export const fields = {
  country: { type: 'country' },
  region: { type: 'text' },
  city: { type: 'text' },
  postal: { type: 'text' },
  employees: { type: 'number' },
};

export const territories = [
  {
    id: 'west',
    name: 'West',
    match: [
      { country: 'US', region: ['CA', 'OR'] },
      { country: 'US', postal: ['9*'] },
    ],
  },
  { id: 'east', name: 'East', match: [{ country: 'US', region: ['NY', 'MA'] }] },
  { id: 'us', match: [{ country: 'US' }] },
];

export const problemsOf = (document: Record<string, unknown>): readonly string[] => {
  const parsed = parsePolicy({ fairlead: 1, name: 'Test', fields, ...document });
  return parsed.ok ? [] : parsed.problems.map(({ field, message }) => `${field} ${message}`);
};

export const toQueue = (...whens: unknown[]) => ({
  queues: [{ id: 'q' }],
  rules: whens.map((when, i) => ({ id: `r${i}`, when, then: [{ queue: 'q' }] })),
});

export const ruleOf = (document: Record<string, unknown>, values: LeadValues, now = NOW) =>
  decide(leadOf('lead', { values }), policyOf({ fields, ...document }), worldOf([]).state, now).rule;

const names = Object.fromEntries(
  ['rep', 'pool', 'rule', 'queue', 'territory', 'tier', 'points'].map((kind) => [kind, (id: string) => id]),
) as unknown as Parameters<typeof renderDecision>[1]['names'];
export const reasonOf = (decided: ReturnType<typeof decide>) =>
  renderDecision(decided, { names, reader: { timezone: 'UTC', language: 'en' }, decidedAt: NOW }).reason;
