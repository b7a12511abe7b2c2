/** What a caller may do. Roles of people and scopes of API keys are sets of these; every endpoint names the one it needs. */
export const PERMISSIONS = Object.freeze({
  read: 'see decisions, pools, the policy, reps and connections',
  route: 'give leads to be routed',
  answer: 'claim and decline leads',
  manage: 'reassign leads, credit turns, take reps out, retry writes',
  administer: 'change the policy, reps, settings and connections',
  own: 'decide who else has access, and end the workspace',
} as const);

export type Permission = keyof typeof PERMISSIONS;

export const ALL_PERMISSIONS = Object.freeze(Object.keys(PERMISSIONS) as Permission[]);
