/** What of the first steps is shown, in one place for whoever draws it. */
export type { FoundPeople, FoundPerson, FoundTeam } from './found-people.ts';
export type { FirstPolicy } from './propose-first-policy.ts';
export type { ComparisonView, PoolShares } from './read-comparison.ts';
export type { StepConnection, Steps } from './read-steps.ts';
