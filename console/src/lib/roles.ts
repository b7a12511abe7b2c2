import type { Role } from '../api/use-me.ts';

/** Roles from the most one may do to the least, with what each may. */
export const ROLES: Readonly<Record<Role, { readonly name: string; readonly may: string }>> = {
  owner: { name: 'Owner', may: 'everything, and who else has access' },
  admin: { name: 'Admin', may: 'the policy, reps, settings and connections' },
  manager: { name: 'Manager', may: 'sees all, reassigns leads and credits turns' },
  rep: { name: 'Rep', may: 'their own leads and time off' },
  auditor: { name: 'Auditor', may: 'sees all and changes nothing' },
};

/** For a choice of roles. */
export const ROLE_CHOICES = Object.entries(ROLES).map(([value, { name }]) => ({ value, label: name }));
