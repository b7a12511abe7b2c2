import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { createLeadGenerator, type LeadWords, seededRandom } from '../../sandbox/people/lead-generator.ts';
import { parsePolicy } from '../../server/routing/policy/parse-policy.ts';
import { parseReps } from '../../server/routing/policy/parse-reps.ts';
import { resolveReps } from '../../server/routing/policy/resolve-reps.ts';

const textOf = (name: string) =>
  readFileSync(new URL(`../../examples/sample-company/${name}`, import.meta.url), 'utf8');
const company = JSON.parse(textOf('company.json')) as {
  hubspot: { people: { email: string; ownerId: string; userId: number }[] };
  slack: { users: { id: string; email: string }[] };
};
const words = JSON.parse(textOf('leads.json')) as LeadWords;

test('the policy and the reps are in order, and every rep it names is there', () => {
  const policy = parsePolicy(parse(textOf('policy.yaml')));
  const reps = parseReps(parse(textOf('reps.yaml')));
  if (!policy.ok || !reps.ok) throw new Error(JSON.stringify([policy, reps]));
  expect(resolveReps(policy.policy, reps.reps).problems).toEqual([]);
  expect(new Set(reps.reps.map((rep) => rep.timezone)).size).toBeGreaterThanOrEqual(4);
});

test('every rep is an owner in the CRM; all but one are in Slack; no two ids of a person are alike', () => {
  const reps = parse(textOf('reps.yaml')) as { email: string }[];
  const { people } = company.hubspot;
  expect(reps.filter((rep) => !people.some((person) => person.email === rep.email))).toEqual([]);
  expect(reps.filter((rep) => !company.slack.users.some((user) => user.email === rep.email))).toHaveLength(1);
  expect(new Set(people.flatMap((person) => [person.ownerId, String(person.userId)])).size).toBe(
    people.length * 2,
  );
});

test('the same seed makes the same leads; among many are names in other scripts and gaps', () => {
  const make = (seed: number) => {
    const next = createLeadGenerator(words, seededRandom(seed));
    return Array.from({ length: 400 }, next);
  };
  const leads = make(7);
  expect(make(7)).toEqual(leads);
  expect(make(8)).not.toEqual(leads);
  expect(new Set(leads.map((lead) => lead.contact.email)).size).toBe(400);
  expect(leads.every((lead) => /^[a-z0-9.]+@[a-z0-9.-]+\.example$/.test(lead.contact.email ?? ''))).toBe(
    true,
  );
  expect(leads.some((lead) => /\p{Script=Hebrew}/u.test(lead.contact.firstname ?? ''))).toBe(true);
  expect(leads.some((lead) => lead.contact.country === undefined)).toBe(true);
  expect(leads.some((lead) => lead.company === null)).toBe(true);
});
